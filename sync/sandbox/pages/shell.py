"""The frame of every page: one style, one script, and room for more than one app."""

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

HERE = Path(__file__).parent


@cache
def asset(name: str) -> str:
    """The text of a file that lies beside this one."""
    return (HERE / name).read_text(encoding="utf-8")


def page(
    title: str, content: str, tabs: Sequence[tuple[str, str]] = (), *, here: str = "", pulse: str = ""
) -> str:
    """A whole page.

    `tabs` are labels and addresses, `here` is the address of the chosen one, `pulse` what the script
    compares to see changes.
    """
    bar = "".join(
        f'<a{" class=on" if href == here else ""} href="{escape(href)}">{escape(label)}</a>'
        for label, href in tabs
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">'
        f"<title>{escape(title)}</title><style>{asset('style.css')}</style></head>"
        f'<body data-pulse="{escape(pulse)}"><main>{content}</main>'
        f"{f'<nav class=tabs>{bar}</nav>' if bar else ''}"
        f"<script>{asset('script.js')}</script></body></html>"
    )


def hidden(fields: Mapping[str, str]) -> str:
    """Form fields that nobody sees."""
    return "".join(f'<input type="hidden" name="{escape(n)}" value="{escape(v)}">' for n, v in fields.items())
