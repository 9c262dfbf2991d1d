"""How the things are shown: every field that the service's clients expect, kept or not."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sync.sandbox.todoist.account import Account, Json
from sync.sandbox.todoist.quirks import PRO_PLAN, Quirks

GROUPS_OF_NOTHING = (
    *("filters", "collaborators", "collaborator_states", "live_notifications", "locations"),
    *("reminders_location", "workspaces", "workspace_users", "workspace_filters", "view_options"),
    *("project_view_options_defaults", "project_notes", "calendars", "calendar_accounts", "folders"),
    *("role_actions", "suggestions"),
)
"""Resource types of which the sandbox never has any."""
SINGLE = {
    "user_settings": {"reminder_push": True, "reminder_desktop": True, "reminder_email": False},
    "notification_settings": {},
    "day_orders": {},
    "tooltips": {"scheduled": [], "seen": []},
    "stats": {"completed_count": 0, "days_items": [], "week_items": []},
}
"""Resource types that are one object and say nothing here."""


def project(account: Account, fields: Json) -> Json:
    """A project, in `/sync` as in REST."""
    usual: Json = {
        "access": None,
        "can_assign_tasks": False,
        "color": "charcoal",
        "created_at": fields["added_at"],
        "creator_uid": account.user_id,
        "default_order": 0,
        "description": "",
        "inbox_project": False,
        "is_archived": False,
        "is_collapsed": False,
        "is_favorite": False,
        "is_frozen": False,
        "is_shared": False,
        "parent_id": None,
        "public_key": fields["id"],
        "role": "CREATOR",
        "view_style": "list",
    }
    return {**usual, **{name: value for name, value in fields.items() if name != "added_at"}}


def task(account: Account, fields: Json, quirks: Quirks) -> Json:
    """A task, in `/sync` as in REST."""
    notes = sum(note.get("item_id") == fields["id"] for note in account.living("notes"))
    due = fields["due"]
    if due and quirks.fractions and "T" in due["date"]:
        bare = due["date"].removesuffix("Z")
        due = {**due, "date": f"{bare}.000000{'Z' if bare != due['date'] else ''}"}
    return {**fields, "due": due, "note_count": notes, "goal_ids": []}


def label(fields: Json) -> Json:
    """A label as REST shows it: without the dates, and with another word for its place."""
    kept = {name: fields[name] for name in ("id", "name", "color", "is_favorite")}
    return {**kept, "order": fields["item_order"]}


def reminder(fields: Json) -> Json:
    """A reminder: an absolute one has a date, a relative one an offset."""
    other = "minute_offset" if fields["type"] == "absolute" else "due"
    return {name: value for name, value in fields.items() if name != other}


def shown(account: Account, quirks: Quirks, kind: str, fields: Json) -> Json:
    """A thing of any kind as `/sync` shows it."""
    if kind == "projects":
        return project(account, fields)
    if kind == "items":
        return task(account, fields, quirks)
    return reminder(fields) if kind == "reminders" else dict(fields)


def user(account: Account, quirks: Quirks) -> Json:
    """The person."""
    paid = quirks.plan["plan_name"] != "free"
    return {
        "id": account.user_id,
        "email": account.email,
        "full_name": "You",
        "inbox_project_id": account.inbox_id,
        "tz_info": account.tz_info(),
        "lang": "en",
        "date_format": 0,
        "time_format": 0,
        "start_day": 1,
        "next_week": 1,
        "weekend_start_day": 6,
        "days_off": [6, 7],
        "daily_goal": 5,
        "weekly_goal": 25,
        "karma": 0.0,
        "karma_trend": "-",
        "completed_count": completed_count(account.living("items")),
        "completed_today": 0,
        "is_premium": paid,
        "premium_status": "current_personal_plan" if paid else "not_premium",
        "premium_until": None,
        "has_password": True,
        "is_deleted": False,
        "joined_at": "2020-01-01T00:00:00.000000Z",
        "start_page": "today",
        "theme_id": "11",
        "auto_reminder": 0,
        "features": {"restriction": 3, "karma_disabled": False, "dateist_lang": None},
    }


def plan_limits(quirks: Quirks) -> Json:
    """What the person's plan allows, and what the next better one would."""
    better = PRO_PLAN if quirks.plan["plan_name"] == "free" else None
    return {"current": dict(quirks.plan), "next": better}


def completed_count(items: Iterable[Json]) -> int:
    """How many tasks are done."""
    return sum(item["checked"] for item in items)


def completed_info(account: Account) -> list[dict[str, Any]]:
    """Counts of what is done, by project."""
    done = [item["project_id"] for item in account.living("items") if item["checked"]]
    return [
        {"project_id": name, "completed_items": done.count(name), "archived_sections": 0}
        for name in dict.fromkeys(done)
    ]


def seconds(moment: datetime) -> str:
    """A moment to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
