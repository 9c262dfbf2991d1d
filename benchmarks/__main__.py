"""All benchmarks, one table after the other, each in a process of its own: `make bench`."""

import subprocess
import sys

TABLES = {
    "Text repair": "repair",
    "Reading": "reading",
    "Feeds": "ics",
    "Planning and ledger": "planning",
    "Whole commands": "app",
    "Google Calendar": "google",
    "Whole pushes": "pushes",
    "Everyday commands": "status",
}

for title, name in TABLES.items():
    print(f"\n{title}\n{'-' * len(title)}", flush=True)
    # memory is that of a whole process, and what one table took is not the next one's
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
