"""One run at a time, and no lock outlives its holder."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from sync.errors import Busy, LedgerError
from sync.ledger.lock import only_run


def test_two_runs_at_once_are_refused_and_the_lock_ends_with_its_holder(state: Path):
    with only_run(state), pytest.raises(Busy), only_run(state):
        pytest.fail("two runs at once")

    with only_run(state):
        pass


def test_a_process_that_was_killed_leaves_no_lock_behind(state: Path):
    program = """
        import os, sys
        from pathlib import Path
        from sync.ledger.lock import only_run

        with only_run(Path(sys.argv[1])):
            print("held", flush=True)
            sys.stdin.readline()
            os._exit(9)
    """
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(state)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Busy), only_run(state):
            pytest.fail("two runs at once")
        holder.stdin.write("\n")
        holder.stdin.flush()
        assert holder.wait() == 9

    with only_run(state):
        pass


def test_the_lock_says_where_it_cannot_be_made(tmp_path: Path):
    (tmp_path / "run.lock").mkdir()

    with pytest.raises(LedgerError), only_run(tmp_path):
        pytest.fail("a folder was locked")
    (tmp_path / "state").write_text("in the way")
    with pytest.raises(LedgerError, match="File exists"), only_run(tmp_path / "state"):
        pytest.fail("a file was locked")
