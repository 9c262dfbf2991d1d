"""What people look at in a browser: the common frame, and the first page."""
