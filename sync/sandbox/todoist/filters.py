"""The filter language, as far as it is needed: `#Project & @label & (today | overdue) & !search: word`."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sync.sandbox.todoist.account import Account
from sync.sandbox.todoist.due import begins
from sync.sandbox.todoist.refusals import invalid

Json = dict[str, Any]
Test = Callable[[Json], bool]

TOKEN = re.compile(r"\s*([()&|!]|[^()&|!]+)")
DEEPEST = 50
"""Brackets and negations in one query."""


class Filter:
    """A query that tasks can be held against; raises Refused (400) for what is not understood."""

    def __init__(self, query: str, account: Account) -> None:
        self._account = account
        self._words = [word.strip() for word in TOKEN.findall(query) if word.strip()]
        self._query = query
        self._at = 0
        if sum(word in "(!" for word in self._words) > DEEPEST:
            raise self._lost()
        self.test = self._either()
        if self._at < len(self._words):
            raise self._lost()

    def _lost(self) -> Exception:
        return invalid("query", f"The filter is not understood: {self._query}")

    def _took(self, word: str) -> bool:
        found = self._words[self._at : self._at + 1] == [word]
        self._at += found
        return found

    def _either(self) -> Test:
        parts = [self._both()]
        while self._took("|"):
            parts.append(self._both())
        return lambda item: any(part(item) for part in parts)

    def _both(self) -> Test:
        parts = [self._one()]
        while self._took("&"):
            parts.append(self._one())
        return lambda item: all(part(item) for part in parts)

    def _one(self) -> Test:
        if self._took("!"):
            negated = self._one()
            return lambda item: not negated(item)
        if self._took("("):
            inner = self._either()
            if not self._took(")"):
                raise self._lost()
            return inner
        if self._at == len(self._words) or self._words[self._at] in "()&|!":
            raise self._lost()
        self._at += 1
        return self._word(self._words[self._at - 1])

    def _word(self, word: str) -> Test:
        lower = word.lower()
        if lower.startswith("search:"):
            wanted = lower.removeprefix("search:").strip()
            return lambda item: wanted in item["content"].lower()
        if word.startswith("#"):
            ids = _named(self._account.living("projects"), word.lstrip("#"))
            return lambda item: item["project_id"] in ids
        if word.startswith("/"):
            ids = _named(self._account.living("sections"), word[1:])
            return lambda item: item["section_id"] in ids
        if word.startswith("@"):
            return lambda item: word[1:] in item["labels"]
        if lower in ("no date", "no due date"):
            return lambda item: item["due"] is None
        return self._by_day(lower)

    def _by_day(self, word: str) -> Test:
        today = self._account.now().astimezone(self._account.zone).date()
        tests: dict[str, Callable[[date], bool]] = {
            "today": lambda day: day == today,
            "tomorrow": lambda day: day == today + timedelta(days=1),
            "overdue": lambda day: day < today,
            "od": lambda day: day < today,
        }
        test = tests.get(word)
        if test is None:
            raise self._lost()
        zone = self._account.zone

        def by_day(item: Json) -> bool:
            """Hold the day on which a task is due against the word."""
            return item["due"] is not None and test(begins(item["due"], zone).astimezone(zone).date())

        return by_day


def _named(things: Any, name: str) -> set[str]:
    return {one["id"] for one in things if one["name"].lower() == name.strip().lower()}
