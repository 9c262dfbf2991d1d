"""Facts and their rendering, as text for a person or as JSON for a program; pure."""
