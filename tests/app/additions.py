"""Documents that were added from a desk."""

from datetime import date
from pathlib import Path

from tests.desk import Desk

START = date(2026, 3, 2)


def added(desk: Desk, name: str, text: str | bytes, *words: str) -> Path:
    said = desk.run("add", desk.write(name, text), *words, "--json")
    assert said.code in {0, 4}, said.err
    return Path(said.json["written"])
