"""A demonstration: real commands, each a process of its own, on services that are emulated in this one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic

from sync.app.sandboxing import STATE, STORE
from sync.app.story import EVENING, STORY, TODAY, Scene, Stage
from sync.config.settings import FILE, set_value
from sync.errors import ConfigError, UsageError

PLANS = (
    "backend-month-3.md",
    "backend-team-2026.md",
    "january-2026.md",
    "mern-180-days.md",
    "system-design-week-1.md",
)
DOCUMENTS, FEEDS, LEGEND = "roadmaps", "feeds", "ABOUT.txt"
LIES = (
    (f"{FEEDS}/all.ics", "all five plans, for any calendar program"),
    (f"{FEEDS}/SLUG.ics", "the events of one plan; SLUG.tasks.ics has its tasks"),
    (f"{DOCUMENTS}/", "the plans: edit one, and push again"),
    (FILE, "the configuration; it points at the emulated services"),
    (f"{STATE}/", "what is remembered: keys, ticks, what was pushed"),
    (STORE, "what the services hold"),
)
"""What a demonstration leaves in its folder, worth a look."""
OURS = (FEEDS, DOCUMENTS, STATE, FILE, STORE, LEGEND, "client_secret.json")
"""Everything that it writes there."""
SHARED = ("--state", STATE, "--today", TODAY.isoformat())
"""The options of each command, besides what it says itself; its folder is the one of the story."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the commands are to write."""

    columns: int
    colours: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a scene."""

    scene: Scene
    command: str
    """As a person would type it."""
    output: str
    exit: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Demo:
    """A story that was told to its end, or up to the step that failed."""

    folder: Path
    steps: tuple[Step, ...]

    @property
    def exit(self) -> int:
        """The exit code of the step that failed, 0 where none did."""
        return self.steps[-1].exit


Event = Path | Scene | Step
"""What happens: it begins in a folder, a scene is about to be played, and what became of it."""


def demonstrate(
    folder: Path, look: Look, hear: Callable[[Event], None], story: Sequence[Scene] = STORY
) -> Demo:
    """Tell a story in a folder, which keeps all of it afterwards; a step that fails is the last one.

    `hear` is told each event as it happens. Raises UsageError for a folder that holds anything but an
    earlier demonstration, ConfigError for one that cannot be written.
    """
    from sync.sandbox import Sandbox  # noqa: PLC0415 - `demo --help` needs none

    lay_out(folder)
    hear(folder)
    begin = monotonic()
    steps: list[Step] = []
    with Sandbox(
        now=lambda: EVENING + timedelta(seconds=monotonic() - begin), seed=None, store=folder / STORE
    ) as box:
        stage = Stage(folder, box)
        stage.sign_in()
        set_value(folder / FILE, "", "roadmaps", DOCUMENTS)
        for scene in story:
            hear(scene)
            steps.append(_played(scene, stage, look))
            hear(steps[-1])
            if steps[-1].exit:
                break
    return Demo(folder, tuple(steps))


def _played(scene: Scene, stage: Stage, look: Look) -> Step:
    start = monotonic()
    if scene.hand is not None:
        deed = scene.hand(stage)
        return Step(scene, deed.command, deed.output, deed.exit, monotonic() - start)
    ended = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "sync", *SHARED, *scene.words],
        cwd=stage.folder,
        env=_environ(os.environ, look),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    command = f"roadmap-sync {' '.join(scene.words)}"
    return Step(scene, command, ended.stdout.rstrip("\n"), ended.returncode, monotonic() - start)


def _environ(environ: Mapping[str, str], look: Look) -> dict[str, str]:
    """The environment of a command: it writes for this page, and leaves the person's keyring alone."""
    return {
        **environ,
        "COLUMNS": str(look.columns),
        "FORCE_COLOR": "1" if look.colours else "",
        "PYTHONUTF8": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }


# --- the folder ---


def shipped() -> Path:
    """The folder of the five plans: inside the package where it was installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / DOCUMENTS
    return inside if inside.is_dir() else package.parent / DOCUMENTS


def lay_out(folder: Path) -> None:
    """Put the plans into a folder, and take an earlier demonstration out of it. Raises UsageError, ConfigError."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            _refuse_what_is_not_ours(folder)
            _clear(folder)
        documents = folder / DOCUMENTS
        documents.mkdir(parents=True)
        for name in PLANS:
            shutil.copyfile(shipped() / name, documents / name)
        (folder / LEGEND).write_text(legend(), "utf-8")
    except OSError as error:
        raise ConfigError(
            f"{folder} cannot be written: {error.strerror}.", "Name another folder with --out."
        ) from error


def _clear(folder: Path) -> None:
    for name in OURS:
        place = folder / name
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


def _refuse_what_is_not_ours(folder: Path) -> None:
    """Raise UsageError unless an earlier demonstration left everything that would be replaced."""
    if not (folder / LEGEND).is_file():
        raise UsageError(
            f"{folder} is not empty.", "Name another folder with --out; what is there stays as it is."
        )
    documents = folder / DOCUMENTS
    edited = [
        file
        for file in documents.glob("*")
        if file.name not in PLANS or file.read_bytes() != (shipped() / file.name).read_bytes()
    ]
    if edited:
        raise UsageError(
            f"{edited[0]} was written since the last demonstration.",
            "Name another folder with --out, or move that file away; nothing was changed.",
        )


def legend() -> str:
    """What lies in the folder, in plain text."""
    room = max(len(name) for name, _ in LIES)
    lines = [f"{name:<{room}}  {what}" for name, what in LIES]
    return "\n".join(["Made by `roadmap-sync demo`, and made anew by the next one.", "", *lines, ""])
