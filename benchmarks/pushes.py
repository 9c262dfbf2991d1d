"""Whole pushes of the five roadmaps to both services: `python -m benchmarks.pushes`.

The sandbox answers over real HTTP, from this process. The floor is a fresh process that loads the same
client libraries and sends as many requests, which carry nothing. Memory is that of the largest process.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory

from benchmarks.app import ROOT, TODAY
from sync.sandbox import Sandbox

RUNS = 5
FLOOR = """
import sys
import googleapiclient.discovery, httpx, requests
with requests.Session() as session:
    for _ in range(int(sys.argv[2])):
        session.get(sys.argv[1])
"""


def main() -> None:
    """Measure and print."""
    print(f"{'what':<34} {'ms':>6} {'floor':>6} {'ratio':>6}   requests")
    first = [_pushes(again=False) for _ in range(RUNS)]
    _told("push, first, five roadmaps", first)
    _told("push, nothing to do", [_pushes(again=True) for _ in range(RUNS)])
    print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


def _told(what: str, runs: Sequence[tuple[float, float, int]]) -> None:
    mine, least = (statistics.median(each[at] for each in runs) for at in (0, 1))
    print(f"{what:<34} {mine:>6.0f} {least:>6.0f} {mine / least:>6.2f}   {runs[0][2]}")


def _pushes(*, again: bool) -> tuple[float, float, int]:
    """Milliseconds of a push and of its floor, and the requests it took; with `again`, of a second push."""
    with TemporaryDirectory() as name, Sandbox() as box:
        folder = Path(name)
        copytree(ROOT / "roadmaps", folder / "roadmaps")
        _sign_in(folder, box)
        if again:
            _timed(_push(folder), folder)
        before = len(box.log.exchanges)
        mine = _timed(_push(folder), folder)
        requests = len(box.log.exchanges) - before
        least = _timed([sys.executable, "-c", FLOOR, box.url, str(requests)], folder)
        rmtree(folder / "state")
        return mine, least, requests


def _sign_in(folder: Path, box: Sandbox) -> None:
    services = [f'[{name}]\nenabled = true\nendpoint = "{box.url}"\n' for name in ("google", "todoist")]
    (folder / "config.toml").write_text("".join(services), "utf-8")
    state = folder / "state"
    state.mkdir()
    for file, secret in {
        "google-token.json": json.dumps(box.google.authorized_user()),
        "todoist-token": box.todoist.token,
    }.items():
        (state / file).write_text(secret, "utf-8")
        (state / file).chmod(0o600)


def _push(folder: Path) -> list[str]:
    known = ["--state", str(folder / "state"), "--config", str(folder / "config.toml"), "--today", TODAY]
    return [sys.executable, "-m", "sync", *known, "push", "--all", "--yes"]


def _timed(command: Sequence[str], folder: Path) -> float:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "TZ": "Africa/Nairobi"}
    environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=True)
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main()
