"""The first page: what is here, how to point the program at it, and what may go wrong on request."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Protocol

from sync.sandbox.faults import Fault, Faults
from sync.sandbox.pages.shell import page
from sync.sandbox.phone.screen import same_origin
from sync.sandbox.wire import Answer, Request, html_answer, redirect


class Breakable(Protocol):
    """A service whose requests can be made to fail."""

    name: str
    url: str
    faults: Faults

    def mishaps(self) -> dict[str, Fault]:
        """Must name the faults that a person may order."""


TOKEN_ENV = "SANDBOX_TODOIST_TOKEN"  # noqa: S105 - the name of a variable, not its value
CONFIG = """[google]
enabled = true
endpoint = "{url}"
client_secret = "client_secret.json"
token = "google-token.json"

[todoist]
enabled = true
endpoint = "{url}"
token_env = "{variable}"
"""


class Welcome:
    """The page at `/` and the form on it."""

    def __init__(self, services: Sequence[Breakable], token: Callable[[], str]) -> None:
        """`token` must tell Todoist's token of the moment."""
        self._services = {service.name: service for service in services}
        self._token = token

    def claims(self, path: str) -> bool:
        """Whether a path is one of these."""
        return path in ("/", "/faults")

    def answer(self, request: Request) -> Answer:
        """Show the page, or order a fault."""
        if request.path == "/faults" and request.method == "POST" and same_origin(request):
            self._order(request.form())
            return redirect("/")
        return html_answer(page("Sandbox", self._page()))

    def _order(self, form: Mapping[str, str]) -> None:
        service = self._services.get(form.get("service", ""))
        fault = service.mishaps().get(form.get("fault", "")) if service else None
        number = form.get("at", "1")
        if service and form.get("what") == "clear":
            service.faults.clear()
        elif service and fault:
            service.faults.add(fault, at=int(number) if number.isdecimal() else 1, after="after" in form)

    def _page(self) -> str:
        url = next(iter(self._services.values())).url
        faults = "".join(_faults(service) for service in self._services.values())
        return (
            "<header><h1>Sandbox</h1></header>"
            "<p>Google Calendar and Todoist, made up on this computer. No account, no network; "
            "try what you like.</p>"
            '<p><a class="save" href="/phone">Open the phone</a></p>'
            "<h2>Point roadmap-sync at it</h2>"
            "<p>Let <code>roadmap-sync sandbox --write FOLDER</code> do it. Or save "
            '<a href="/google/client_secret.json" download><u>client_secret.json</u></a> and '
            '<a href="/google/token.json" download="google-token.json"><u>google-token.json</u></a> '
            "beside your config.toml (or run <code>auth google</code>), and write there:</p>"
            f"<pre>{escape(CONFIG.format(url=url, variable=TOKEN_ENV))}</pre>"
            f"<p>and in your shell:</p><pre>export {TOKEN_ENV}={self._token()}</pre>{faults}"
        )


def _faults(service: Breakable) -> str:
    """The form that orders a fault, and the ones that wait."""
    options = "".join(f"<option>{escape(name)}</option>" for name in service.mishaps())
    waiting = "".join(
        f"<li>{escape(plan.fault.name)}, {'after' if plan.after else 'before'} the work, "
        f"in {max(plan.at, 1)} request{'' if plan.at < 2 else 's'}</li>"
        for plan in service.faults.planned
    )
    return (
        f"<h2>Let something go wrong with {escape(service.name.title())}</h2>"
        f'<form class="sheet" method="post" action="/faults">'
        f'<input type="hidden" name="service" value="{escape(service.name)}">'
        f'<div class="row"><span>What</span><select name="fault">{options}</select></div>'
        '<label class="row"><span>Request (1 is the next)</span>'
        '<input name="at" value="1" size="3" inputmode="numeric"></label>'
        '<label class="row"><span>After the work is done</span>'
        '<input type="checkbox" class="switch" name="after"></label>'
        '<button class="save">Order it</button> <button name="what" value="clear">Clear all</button></form>'
        f"<ul>{waiting}</ul>"
    )
