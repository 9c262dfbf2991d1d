"""A calendar at Google as a target.

In the order of an item's way: `fields` (an item as text), `events` (text as an event, and back, with
`titles`, `notes`, `recurrence`, `reminders` and `properties`), `writing` (what each write says to
Google, answer by answer), `rounds` (the writes of a group, talking at the same time), `batch` (many calls
in one request), `client` and `transport` (requests), `errors` (the one door for what Google refuses).
"""
