"""The task list: roadmaps as projects, phases as sections, work as tasks.

Read `fields` (an item as a task), `layout` (where it goes), then `target`.
"""
