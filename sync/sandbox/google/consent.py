"""The pages a person sees while signing in."""

from collections.abc import Mapping
from html import escape

from sync.sandbox.pages.shell import hidden, page

WORDS = {
    "calendar.app.created": "Make calendars of its own, and change the events on them",
    "calendar.calendarlist.readonly": "See the list of your calendars",
    "calendar.events": "See and change events on all your calendars",
    "calendar": "See, change, share and delete all your calendars",
}


def consent_page(asked: Mapping[str, str], action: str) -> str:
    """What an app wants to be allowed, each scope with a box to tick."""
    boxes = "".join(_box(scope) for scope in asked["scope"].split())
    return page(
        "Sign in",
        "<header><h1>roadmap-sync wants access</h1></header>"
        "<p>This is the sandbox: nobody is asked for a password, and nothing leaves this computer.</p>"
        f'<form class="sheet" method="post" action="{escape(action)}">{hidden(asked)}{boxes}'
        '<footer class="choice"><button name="decision" value="deny">Cancel</button>'
        '<button class="save" name="decision" value="allow">Allow</button></footer></form>',
    )


def _box(scope: str) -> str:
    short = scope.rsplit("/", 1)[-1]
    words = WORDS.get(short, "Use this part of your account")
    return (
        f'<label class="row scope"><span>{escape(words)}<small>{escape(short)}</small></span>'
        f'<input type="checkbox" class="switch" name="granted" value="{escape(scope)}" checked></label>'
    )


def mistake_page(mistake: str) -> str:
    """Say that the request itself was wrong, so that nothing can be sent back to the app."""
    return page(
        "Access blocked",
        "<header><h1>Access blocked</h1></header>"
        f"<p>The app asked in a way that is not allowed.</p><pre>{escape(mistake)}</pre>",
    )
