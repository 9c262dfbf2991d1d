"""What only Google needs is loaded for Google alone."""

import subprocess
import sys

SERVICES = ("requests", "httplib2", "googleapiclient", "google")

LOADED = """
import sys
from sync.targets import registry
registry.names()
registry.factory({name!r})
print(*(name for name in {services!r} if name in sys.modules))
"""


def loaded(name: str) -> list[str]:
    code = LOADED.format(name=name, services=SERVICES)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_another_target_loads_nothing_of_google():
    assert loaded("ics") == []


def test_this_one_does():
    assert "googleapiclient" in loaded("google")
