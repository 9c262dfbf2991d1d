"""roadmap-sync: a Markdown roadmap becomes a calendar and a task list that stay true."""

__version__ = "0.1.0"
