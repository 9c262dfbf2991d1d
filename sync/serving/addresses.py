"""The addresses of the feeds as a person pastes, clicks or scans them, and who can reach them."""

import io
import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

# RFC 5737 keeps this address for examples: nothing answers there, but it is on the way out
_ELSEWHERE = ("192.0.2.1", 9)
_QUIET_ZONE = 2


@dataclass(frozen=True, slots=True)
class FeedLinks:
    """One feed's address in the three forms that subscribers take."""

    http: str
    webcal: str
    """Opens the calendar program of the device."""
    google: str
    """Opens Google Calendar with the feed filled in; Google itself must be able to reach it."""


def own_address() -> str | None:
    """Find the IPv4 address by which others on this network see this computer; None without a network.

    Asks the routing table alone: connecting a datagram socket sends nothing.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        if probe.connect_ex(_ELSEWHERE) != 0:
            return None
        return str(probe.getsockname()[0])


def base_url(host: str, port: int, *, own: Callable[[], str | None] = own_address) -> str:
    """Build the root of all addresses, `http://host:port`, without a final slash.

    A host that means "every address of this computer" (`0.0.0.0`, `::`) is no address to go to:
    the computer's own takes its place, or its name where it has none.
    """
    if _is_every_address(host):
        host = own() or socket.gethostname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def index_url(base: str, token: str) -> str:
    """Name the page that lists the feeds."""
    return f"{base}/f/{token}/"


def feed_links(base: str, token: str, name: str) -> FeedLinks:
    """Build the addresses of the feed `name` (`all.ics`), percent-encoded where it must be."""
    http = f"{base}/f/{token}/{quote(name, safe='')}"
    webcal = "webcal://" + http.partition("://")[2]
    google = f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"
    return FeedLinks(http, webcal, google)


def who_can_reach(host: str) -> str:
    """Say what it means to listen on `host`, to the person who starts the server."""
    if is_loopback(host):
        return (
            "Only programs on this computer can read the feeds; "
            "for a phone, choose another --host or a tunnel (docs/publishing.md)."
        )
    where = "any network this computer is on" if _is_every_address(host) else f"the network of {host}"
    return (
        f"Whoever knows the secret address can read your roadmaps from {where}, and the connection "
        "is not encrypted: do this in a network you trust, or behind a proxy that speaks HTTPS."
    )


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach `host`; a name other than localhost counts as reachable."""
    address = _ip(host)
    if address is None:
        return host.lower().rstrip(".") == "localhost"
    return address.is_loopback


def qr_text(address: str, *, colour: bool = True, columns: int | None = None) -> str:
    """Draw the address as a QR code of block characters; empty where it is wider than `columns`.

    With `colour` it is white and black whatever the terminal's own colours are; without, it is
    right on a dark background.
    """
    import segno  # noqa: PLC0415  # only a terminal ever needs it

    code = segno.make(address, micro=False)
    width = code.symbol_size(border=_QUIET_ZONE)[0]
    if columns is not None and width > columns:
        return ""
    drawn = io.StringIO()
    code.terminal(drawn, border=_QUIET_ZONE, compact=True)
    lines = drawn.getvalue().splitlines()
    if colour:
        lines = [f"\x1b[97;40m{line}\x1b[0m" for line in lines]
    return "\n".join(lines)


def _is_every_address(host: str) -> bool:
    address = _ip(host)
    return address is not None and address.is_unspecified


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
