"""Sockets that listen, or one clear sentence why they cannot."""

import errno
import socket
from collections.abc import Iterator
from typing import Any

from sync.errors import ConfigError

_BACKLOG = 128
_NOT_HERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def listening_sockets(host: str, port: int) -> list[socket.socket]:
    """One listening socket for each address of `host`, all on the same port; 0 is any free one.

    Addresses of a kind that this computer does not have (IPv6 of `localhost`) are left out as long
    as one is left. Raises ConfigError, with every socket closed again.
    """
    if not 0 <= port <= 65535:
        raise ConfigError(
            f"There is no port {port}.", "Choose one from 1024 to 65535, or 0 for any that is free."
        )
    sockets: list[socket.socket] = []
    refused: OSError | None = None
    try:
        for family, address in _addresses(host):
            at = sockets[0].getsockname()[1] if sockets else port
            try:
                sockets.append(_listening(family, (address[0], at, *address[2:])))
            except OSError as error:
                if error.errno not in _NOT_HERE:
                    raise
                refused = error
    except OSError as error:
        _close(sockets)
        raise _explained(error, host, port) from error
    if not sockets:
        raise ConfigError(
            f"{host} is not an address of this computer.",
            "Use one of its own, 127.0.0.1 for this computer alone, or 0.0.0.0 for all of them.",
        ) from refused
    return sockets


def _addresses(host: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Look up the distinct addresses that `host` stands for, as family and socket address."""
    try:
        found = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        raise ConfigError(
            f"Nobody knows a host named {host!r}.",
            "Use 127.0.0.1 for this computer alone, or an address of this computer.",
        ) from error
    yield from dict.fromkeys((int(family), address) for family, _, _, _, address in found)


def _listening(family: int, address: tuple[Any, ...]) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # each family has a socket of its own, so that both can have the same port
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind(address)
        sock.listen(_BACKLOG)
    except OSError:
        sock.close()
        raise
    return sock


def _close(sockets: list[socket.socket]) -> None:
    for sock in sockets:
        sock.close()


def _explained(error: OSError, host: str, port: int) -> ConfigError:
    if error.errno == errno.EADDRINUSE:
        return ConfigError(
            f"Port {port} on {host} is already in use.",
            "Choose another with --port, or --port 0 for any that is free.",
        )
    if error.errno == errno.EACCES:
        return ConfigError(
            f"Port {port} is reserved for the system.", "Choose one from 1024 to 65535 with --port."
        )
    return ConfigError(
        f"The feeds cannot be served at {host}, port {port}: {error.strerror}.",
        "Choose another --host or --port.",
    )
