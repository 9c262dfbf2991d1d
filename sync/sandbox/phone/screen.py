"""What every screen of the phone shares: pages that are looked at, forms that are carried out."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from sync.sandbox.pages.shell import page
from sync.sandbox.wire import Answer, Request, html_answer, terse_answer

Look = Callable[[Mapping[str, str]], Answer]

PULSE = "/phone/pulse"
TABS = (("Calendar", "/phone"), ("Tasks", "/phone/tasks"))


class Screen:
    """Pages and forms by their paths; every form goes through the same state as the API's calls.

    `pulse` is a text that changes with everything that is shown anywhere on the phone.
    """

    def __init__(self, home: str, pulse: Callable[[], str]) -> None:
        self._home = home
        self._pulse = pulse
        self._shown: dict[str, Look] = {}
        self._done: dict[str, Look] = {}

    def claims(self, path: str) -> bool:
        """Whether a path is one of this screen's; the pulse is answered by whichever is asked first."""
        return path in {PULSE, *self._shown, *self._done}

    def answer(self, request: Request) -> Answer:
        """Show a page, or carry out a form."""
        if request.path == PULSE:
            return terse_answer(self._pulse())
        if request.method != "POST":
            return self._shown.get(request.path, self._shown[self._home])(dict(request.query))
        if not same_origin(request):
            return html_answer("This form was sent from another site.", 403)
        look = self._done.get(request.path)
        return look(request.form()) if look else html_answer("There is no such form.", 404)

    def _page(self, title: str, content: str, status: int = 200, *, tabs: bool = False) -> Answer:
        bar = TABS if tabs else ()
        return html_answer(page(title, content, bar, here=self._home, pulse=self._pulse()), status)


def same_origin(request: Request) -> bool:
    """Whether a form was sent by a page of the sandbox itself, or by no page at all."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
