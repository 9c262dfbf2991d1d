"""iCalendar files: a calendar and a task list for each roadmap, and one calendar for all of them.

`feed` turns schedules into bytes, `files` puts bytes into a folder; neither knows the other.
"""
