"""The page under the secret path that lists the feeds, for a person with a browser."""

import html
import re
from collections.abc import Iterable
from urllib.parse import quote

_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Your roadmaps</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 3rem auto; padding: 0 1rem }}
li {{ margin: .4rem 0 }}
</style>
</head>
<body>
<h1>Your roadmaps</h1>
{feeds}
<p>Whoever knows the address of this page can read the feeds: keep it to yourself.</p>
</body>
</html>
"""


def index_page(names: Iterable[str], *, host: str | None, folder: str) -> bytes:
    """Write a page that links each feed, `all.ics` first, as webcal address and as file.

    `host` is what the browser asked for (its Host header), `folder` the secret path from `/` to
    `/`. Without a host that can stand in an address only the file is linked.
    """
    base = f"webcal://{host}{folder}" if host and _HOST.fullmatch(host) else None
    ordered = sorted(names, key=lambda name: (name != "all.ics", name))
    lines = "\n".join(f"<li>{_entry(name, base)}</li>" for name in ordered)
    feeds = f"<ul>\n{lines}\n</ul>" if lines else "<p>There is no feed yet.</p>"
    return _PAGE.format(feeds=feeds).encode()


def _entry(name: str, base: str | None) -> str:
    file = quote(name, safe="")
    title = html.escape(name)
    if base is None:
        return f'<a href="./{file}">{title}</a>'
    address = html.escape(f"{base}{file}")
    return f'<a href="{address}">Subscribe to {title}</a> (<a href="./{file}">file</a>)'
