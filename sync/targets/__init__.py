"""Where dated items go: calendars and task lists; each target a stranger to the others."""
