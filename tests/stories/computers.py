"""The computers of a home: folders with the program's configuration and state, and its commands."""

import json
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile, rmtree
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.desk import ZONE, Desk, Said
from tests.pages import ROOT
from tests.sign_ins import types

if TYPE_CHECKING:
    from tests.stories.home import Home

Json = dict[str, Any]

CONFIG = """\
timezone = "{zone}"
[google]
enabled = true
endpoint = "{url}"
[todoist]
enabled = true
endpoint = "{url}"
"""


@dataclass
class Computer:
    """A folder with the program's configuration and state, and the plans that are followed there."""

    home: "Home"
    folder: Path

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    def roadmap(self, slug: str) -> Path:
        return self.folder / "roadmaps" / f"{slug}.md"

    def run(self, *words: object, code: int = 0) -> Said:
        """Carry out a command on this computer, on the day that it is at home; it ends with this code."""
        self.home.clock.forward(minutes=1)
        day = self.home.clock().astimezone(ZoneInfo(ZONE)).date()
        said = Desk(self.folder).run("--config", self.config, *words, today=day)
        self.home.said.append(said)
        assert said.code == code, f"{words}: {said.code}\n{said.out}\n{said.err}"
        return said

    def told(self, *words: object, code: int = 0) -> Any:
        """The same with its JSON."""
        return self.run(*words, "--json", code=code).json

    def push(self, *words: object) -> "Push":
        return Push(self.told("push", "--yes", *words))

    def asks_once_each_and_writes_nothing(self, *words: object) -> bool:
        """Whether a push has nothing to do, and finds that out in one request to each service."""
        self.home.box.log.clear()
        done = self.push(*words)
        asked = {name: len(getattr(self.home.box, name).log.requests) for name in ("google", "todoist")}
        assert (done.effects, asked) == ([], {"google": 1, "todoist": 1})
        return True

    def status(self, slug: str) -> Json:
        (told,) = self.told("status", slug)["roadmaps"]
        return dict(told)

    def take(self, slug: str) -> None:
        """Follow one of the shipped plans."""
        copyfile(ROOT / "roadmaps" / f"{slug}.md", self.roadmap(slug))

    def edit(self, slug: str, old: str, new: str) -> None:
        """Change the text of a plan in one place."""
        text = self.roadmap(slug).read_text("utf-8")
        assert text.count(old) == 1, (old, text.count(old))
        self.roadmap(slug).write_text(text.replace(old, new), "utf-8")

    def sign_in(self) -> None:
        """Sign in to both services: Google's consent as a file, Todoist's token by the command."""
        token = self.state / "google-token.json"
        token.parent.mkdir(exist_ok=True)
        token.touch(0o600)
        token.write_text(json.dumps(self.home.box.google.authorized_user()))
        self.sign_in_to_todoist()

    def sign_in_to_todoist(self) -> None:
        types(self.home.monkeypatch, self.home.box.todoist.token)
        self.run("auth", "todoist", "--token-file", "-")

    def lose_state(self) -> None:
        """The disk is new: the plans come out of a backup, nothing else does."""
        rmtree(self.state)


@dataclass(frozen=True)
class Push:
    """What a push says it did."""

    json: Json

    @property
    def effects(self) -> list[tuple[str, str, str]]:
        """Target, action and title of what was done at a service; the feeds are another story."""
        return [
            (plan["target"], step["action"], step["title"])
            for plan in self.json["plans"]
            for step in plan["steps"]
            if plan["target"] != "ics" and step["action"] not in ("leave", "adopt", "forget")
        ]

    def of(self, target: str) -> list[tuple[str, str]]:
        return [(action, title) for where, action, title in self.effects if where == target]

    @property
    def requests(self) -> dict[str, int]:
        return {name: number for name, number in self.json["requests"].items() if name != "ics"}
