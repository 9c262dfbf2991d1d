"""The log can be read without this program."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from sync.ledger.export import COLUMNS, as_csv, as_json_lines
from sync.ledger.progress import Entry, Progress
from sync.ledger.store import Ledger

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
WRITTEN = "2026-01-05T08:00:00.000000+00:00"


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    Progress(ledger).record(
        Entry("plan/día-1", "done", AT, "cli"),
        Entry("plan/día-1", "checkin", AT, "cli", hours=1.5, energy=6, note='=1+1, "quoted"\nnext line'),
    )
    return ledger


def test_json_lines_hold_every_entry_as_it_is(filled: Ledger):
    lines = list(as_json_lines(filled))

    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    assert [json.loads(line) for line in lines] == [
        dict(zip(COLUMNS, ("plan/día-1", "done", WRITTEN, "cli", None, None, ""), strict=True)),
        dict(
            zip(
                COLUMNS,
                ("plan/día-1", "checkin", WRITTEN, "cli", 1.5, 6, '=1+1, "quoted"\nnext line'),
                strict=True,
            )
        ),
    ]


def test_csv_is_read_back_and_no_note_is_a_formula(filled: Ledger):
    rows = list(csv.reader(io.StringIO("".join(as_csv(filled)), newline="")))

    assert rows == [
        list(COLUMNS),
        ["plan/día-1", "done", WRITTEN, "cli", "", "", ""],
        ["plan/día-1", "checkin", WRITTEN, "cli", "1.5", "6", '\'=1+1, "quoted"\nnext line'],
    ]
