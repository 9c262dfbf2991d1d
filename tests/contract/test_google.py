"""A calendar at Google obeys the laws: Google's own client library talks to the sandbox over loopback."""

from collections.abc import Iterator

import pytest

from sync.sandbox import Sandbox
from sync.sandbox.google.quirks import Revival
from tests.contract.laws import TargetLaws
from tests.targets.google.hands import GoogleWorld

MOODS: dict[str, dict[str, object]] = {
    "on a good day": {},
    "in short and empty pages": {"page_limit": 2, "empty_pages": True},
    "telling little of what was deleted": {"bare_tombstones": True},
    "never bringing back what was deleted": {"revival": Revival.REFUSED},
}


class TestGoogle(TargetLaws):
    @pytest.fixture(params=MOODS)
    def world(self, request: pytest.FixtureRequest) -> Iterator[GoogleWorld]:
        with Sandbox() as box:
            for name, value in MOODS[request.param].items():
                setattr(box.google.quirks, name, value)
            made = GoogleWorld(box, zone="America/New_York")
            yield made
            made.close()
