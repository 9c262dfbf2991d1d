"""What a request's headers ask for: the same bytes again or none, packed or plain (RFC 9110)."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')
_QVALUE = re.compile(r"\s*[qQ]=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*")


def still_current(
    etag: str, modified: datetime | None, if_none_match: str | None, if_modified_since: str | None
) -> bool:
    """Whether the copy that the client names is the one it would get (answer 304).

    `If-None-Match` decides alone where it is sent (RFC 9110, 13.1.3), even when it is malformed;
    its tags are compared weakly (13.1.2), since a proxy that repacks the body marks them `W/`.
    """
    if if_none_match is not None:
        return if_none_match.strip() == "*" or etag in _ENTITY_TAG.findall(if_none_match)
    if if_modified_since is None or modified is None:
        return False
    since = http_date(if_modified_since)
    return since is not None and modified <= since


def http_date(text: str) -> datetime | None:
    """Read an HTTP date in any of its three forms; None where it is no date.

    A date without a zone is UTC, as in the oldest form, `Sun Nov  6 08:49:37 1994`.
    """
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether the client takes gzip, and does not prefer the plain bytes (RFC 9110, 12.5.3)."""
    weights = dict(_weights(accept_encoding))
    gzip = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


def _weights(accept_encoding: str) -> Iterator[tuple[str, float]]:
    """Each coding with its weight from 0 to 1; one whose weight cannot be read is not named at all."""
    for part in accept_encoding.lower().split(","):
        coding, weighted, parameter = part.partition(";")
        quality = _QVALUE.fullmatch(parameter)
        if not weighted:
            yield coding.strip(), 1.0
        elif quality:
            yield coding.strip(), float(quality[1])
