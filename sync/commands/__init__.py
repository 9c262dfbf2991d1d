"""The commands, a file for each purpose; `cli` loads the one that is called."""
