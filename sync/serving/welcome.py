"""What a person, or a program, is told when the feeds are being served."""

from collections.abc import Iterable
from dataclasses import dataclass

from sync.serving.addresses import FeedLinks, feed_links, index_url, is_loopback, qr_text, who_can_reach

ALL = "all.ics"


@dataclass(frozen=True, slots=True)
class Welcome:
    """Where the feeds are, once connections are being accepted."""

    host: str
    """What the server was told to listen on."""
    index: str
    """The page that lists the feeds."""
    links: tuple[tuple[str, FeedLinks], ...]
    """Feed name and its addresses, `all.ics` first."""

    def all_feeds(self) -> FeedLinks | None:
        """The addresses of the feed that holds every roadmap."""
        return next((links for name, links in self.links if name == ALL), None)


def welcome(base: str, host: str, token: str, names: Iterable[str]) -> Welcome:
    """Gather the addresses of the feeds under `base`, the root that the server answers at."""
    ordered = sorted(names, key=lambda name: (name != ALL, name))
    links = tuple((name, feed_links(base, token, name)) for name in ordered)
    return Welcome(host, index_url(base, token), links)


def welcome_text(told: Welcome, *, columns: int | None, colour: bool) -> str:
    """The addresses for a person, with a QR code of `all.ics` where `columns` has room for one.

    None for `columns` stands for no terminal, and thus no code.
    """
    width = max((len(name) for name, _ in told.links), default=0)
    lines = ["Subscribe to a feed in your calendar program:"]
    lines += [f"  {name:<{width}}  {links.webcal}" for name, links in told.links]
    everything = told.all_feeds()
    if everything is not None:
        needs = " (once Google can reach this address)" if is_loopback(told.host) else ""
        lines += [f"In Google Calendar{needs}:", f"  {everything.google}"]
        code = qr_text(everything.webcal, colour=colour, columns=columns) if columns is not None else ""
        lines += [code] if code else []
    lines += [f"All of them on one page: {told.index}", who_can_reach(told.host), "Stop with Ctrl-C."]
    return "\n".join(lines)


def welcome_document(told: Welcome) -> dict[str, object]:
    """The addresses for a program."""
    feeds = [
        {"name": name, "http": links.http, "webcal": links.webcal, "google": links.google}
        for name, links in told.links
    ]
    return {"index": told.index, "feeds": feeds}
