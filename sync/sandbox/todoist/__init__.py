"""Todoist's API v1, emulated: `/sync`, the REST endpoints, limits, and a person's own hands."""
