"""`status` as JSON: dates inclusive at their ends, null for what there is none of."""

from datetime import date

from sync.app.status import Survey
from sync.ledger.facts import CheckIns
from sync.ledger.schedules import Planned
from sync.reporting.planned import planned_document
from sync.reporting.status.facts import Account, Pace, Phase, Tally, accounts, totals

Json = dict[str, object]


def status_document(survey: Survey) -> Json:
    """Where the person stands in each roadmap, and in all of them together."""
    told = accounts(survey)
    everything = totals(survey, told)
    together: Json = {
        **_tally(everything.tally),
        "removed": everything.removed,
        "streak_days": everything.streak,
    }
    return {
        "today": survey.today.isoformat(),
        "roadmaps": [_roadmap(each) for each in told],
        "totals": together,
        "unread": [{"title": title, "hint": hint} for title, hint in survey.unread],
    }


def _roadmap(account: Account) -> Json:
    return {
        "slug": account.slug,
        "title": account.title,
        "start": _day(account.first),
        "end": _day(account.last),
        "phase": account.phase.key,
        **_tally(account.tally),
        "removed": account.removed,
        "next": _item(account.next),
        "next_step": _item(account.step),
        "next_milestone": _item(account.milestone),
        "today": [planned_document(each) for each in account.today],
        "overdue": [planned_document(each) for each in account.late],
        "streak_days": account.streak,
        "pace": _pace(account.pace),
        "phases": [_phase(each) for each in account.phases],
        "checkins": _checkins(account),
    }


def _tally(tally: Tally) -> Json:
    return {
        "done": tally.done,
        "total": tally.total,
        "percent": tally.percent,
        "late": tally.late,
        "due_today": tally.due_today,
        "undated": tally.undated,
    }


def _phase(phase: Phase) -> Json:
    told = {"key": phase.key, "title": phase.title, "start": _day(phase.first), "end": _day(phase.last)}
    return {**told, **_tally(phase.tally)}


def _pace(pace: Pace | None) -> Json | None:
    return None if pace is None else {"days": pace.days, "planned": pace.planned, "done": pace.done}


def _checkins(account: Account) -> Json | None:
    sums: CheckIns | None = account.checkins
    if sums is None:
        return None
    return {
        "count": sums.number,
        "hours": sums.hours,
        "hours_this_week": sums.recent,
        "energy": sums.energy,
        "note": sums.note,
        "entries": [each._asdict() for each in account.said],
    }


def _item(item: Planned | None) -> Json | None:
    return None if item is None else planned_document(item)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
