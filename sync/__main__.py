"""`python -m sync` is `roadmap-sync`."""

from sync.cli import main

if __name__ == "__main__":
    main()
