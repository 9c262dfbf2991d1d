"""Everything that is written to logs while a story goes on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

SPEAKERS = ("sync", "httpx", "httpcore", "urllib3", "requests", "google", "googleapiclient")
"""Loggers that see requests."""


class Heard(logging.Handler):
    """Everything that the program, and the libraries with which it speaks to services, write to a log."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    @contextmanager
    def from_all_that_speaks_http(self) -> Iterator[None]:
        loggers = [logging.getLogger(name) for name in SPEAKERS]
        levels = [each.level for each in loggers]
        for each in loggers:
            each.addHandler(self)
            each.setLevel(logging.DEBUG)
        yield
        for each, level in zip(loggers, levels, strict=True):
            each.removeHandler(self)
            each.setLevel(level)
