"""Google Calendar v3: its API, its sign-in, and the hands of the person who owns the account."""
