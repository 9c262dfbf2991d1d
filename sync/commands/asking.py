"""The questions that `add` asks a person, on a terminal and nowhere else."""

import sys
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import click

from sync.app.adding import Draft, Question, questions, with_answers
from sync.app.run import Run
from sync.commands.options import DAY, ZONE

MOST = 3
KINDS: dict[str, click.ParamType[Any]] = {"start": DAY, "event_date": DAY, "timezone": ZONE}


def asked(run: Run, made: Draft) -> Draft:
    """The draft with what a person answers; an empty line leaves a question open. Asks at most three.

    What an answer brings up (an event, once the start is known) is asked too.
    """
    if not sys.stdin.isatty():
        return made
    told: set[str] = set()
    while len(told) < MOST:
        question = next((each for each in questions(made) if each.name not in told), None)
        if question is None:
            break
        told.add(question.name)
        value = _answer(question, run.today)
        if value is not None:
            made = with_answers(run, made, replace(made.answers, **{question.name: value}))
    return made


def _answer(question: Question, today: date) -> Any:
    """What a person types, asked again until it can be read; None for an empty line."""
    kind = KINDS[question.name]
    how, near = (
        ("YYYY-MM-DD, ", {"today": today, "tomorrow": today + timedelta(1)}) if kind is DAY else ("", {})
    )

    def _read(text: str) -> Any:
        said = text.strip()
        return (near.get(said.casefold()) or kind.convert(said, None, None)) if said else None

    return click.prompt(
        f"{question.text} ({how}empty to leave it open)",
        default="",
        show_default=False,
        err=True,
        value_proc=_read,
    )
