"""What holds for every file and every command, whoever wrote it."""

import ast
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from sync.cli import GROUPS, cli

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "sync").rglob("*.py"))
MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_A_COMMAND = 12
SERVICES = {
    "google",
    "googleapiclient",
    "google_auth_oauthlib",
    "httpx",
    "requests",
    "todoist_api_python",
    "keyring",
}
ADAPTERS = ("sync/targets/", "sync/signin/")
"""Where libraries of services may be loaded with a module: the modules themselves are loaded late."""
OUTERMOST = "sync/cli.py"
"""The one file that may catch whatever comes."""
SQL = ("SELECT ", "INSERT ", "UPDATE ", "DELETE FROM", "PRAGMA ", "CREATE TABLE")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


# --- commands ---


def commands(group: click.Group = cli, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command under its full name, those of groups included."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield f"{above}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")


COMMANDS = dict(commands())
LEAVES = {name: command for name, command in COMMANDS.items() if not isinstance(command, click.Group)}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_in_one_line_what_it_does(name):
    told = COMMANDS[name].get_short_help_str(limit=1000)
    assert told[:1].isupper()
    assert told.endswith(".")
    assert len(told) <= 70


@pytest.mark.parametrize("name", LEAVES)
def test_a_command_shows_how_it_is_called(name):
    examples = getattr(LEAVES[name], "examples", ())
    assert examples
    for words, why in examples:
        # what stands after a > is the shell's
        context = LEAVES[name].make_context(name, words.partition(">")[0].split(), resilient_parsing=True)
        assert context.args == [], words
        assert why


@pytest.mark.parametrize("name", LEAVES)
def test_every_option_of_a_command_says_what_it_is_for(name):
    options = [each for each in LEAVES[name].params if isinstance(each, click.Option)]
    assert all(each.help for each in options)


@pytest.mark.parametrize("name", LEAVES)
def test_a_command_takes_the_options_that_every_command_takes(name):
    flags = {flag for each in LEAVES[name].params for flag in each.opts}
    assert {"--config", "--state", "--today", "--json", "-v"} <= flags


def test_a_command_belongs_to_one_group_of_the_help():
    listed = [name for names in GROUPS.values() for name in names]
    assert sorted(listed) == sorted(name for name in COMMANDS if " " not in name)
    assert len(listed) == len(set(listed))


def code_lines(function: Function) -> int:
    """Lines of a body that hold code: no docstring, no comment, no blank."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return len({node.lineno for statement in body for node in ast.walk(statement) if hasattr(node, "lineno")})


@pytest.mark.parametrize("name", LEAVES)
def test_a_command_hands_on_what_is_asked_and_shows_what_comes_back(name):
    callback = LEAVES[name].callback
    assert callback is not None
    source = inspect.unwrap(callback)
    path = Path(inspect.getsourcefile(source) or "")
    (body,) = [each for each in functions(path) if each.name == source.__name__]
    assert code_lines(body) <= MOST_LINES_OF_A_COMMAND


# --- files ---


def offenders(offence: Callable[[Path], object]) -> dict[str, object]:
    """The files of the program with what is wrong in each; empty where nothing is."""
    return {name_of(path): found for path in FILES if (found := offence(path))}


def test_a_file_can_be_read_in_one_sitting():
    def too_long(path: Path) -> int:
        lines = len(path.read_text("utf-8").splitlines())
        return lines if lines > MOST_LINES else 0

    assert offenders(too_long) == {}


def test_a_function_can_be_seen_at_once():
    def too_long(path: Path) -> list[str]:
        lines = {each.name: (each.end_lineno or 0) - each.lineno + 1 for each in functions(path)}
        return [name for name, count in lines.items() if count > MOST_LINES_OF_A_FUNCTION]

    assert offenders(too_long) == {}


def public(nodes: list[ast.stmt], above: str = "") -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """Public functions, classes and methods of a module; what a function defines inside is its own affair."""
    for node in nodes:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{above}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{node.name}.")


def test_what_is_public_says_what_it_is():
    def silent(path: Path) -> list[str]:
        module = tree(path)
        found = [name for name, node in public(module.body) if not ast.get_docstring(node)]
        return found if ast.get_docstring(module) else ["the module itself", *found]

    assert offenders(silent) == {}


def imported(path: Path) -> Iterator[str]:
    """The packages that a module loads with itself."""
    for node in tree(path).body:
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_no_module_loads_a_service_with_itself():
    def loads(path: Path) -> set[str]:
        return set() if name_of(path).startswith(ADAPTERS) else SERVICES & set(imported(path))

    assert offenders(loads) == {}


def catches_all(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {each.id for each in caught if isinstance(each, ast.Name)}
    raises = any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
    return handler.type is None or "Exception" in names or ("BaseException" in names and not raises)


def test_nothing_is_caught_that_was_not_foreseen_but_at_the_outermost_door():
    def catching(path: Path) -> int:
        handlers = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler))
        return sum(map(catches_all, handlers))

    assert offenders(catching) == {OUTERMOST: 1}


def texts(path: Path) -> Iterator[str]:
    """The texts in the code of a module, parts of f-strings included, docstrings left out."""
    described = (
        node for node in ast.walk(tree(path)) if isinstance(node, ast.Module | ast.ClassDef | Function)
    )
    docstrings = {id(node.body[0].value) for node in described if ast.get_docstring(node)}  # type: ignore[attr-defined]  # a docstring is an expression
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_sql_stands_in_the_ledger_alone():
    def statements(path: Path) -> list[str]:
        return [text for text in texts(path) if text.startswith(SQL)]

    assert {name for name in offenders(statements) if not name.startswith("sync/ledger/")} == set()
    assert offenders(statements)
