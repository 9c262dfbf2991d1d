"""Bytes to text, in whatever encoding a document was saved."""

import os
import pathlib
import re
import stat

from sync.errors import RoadmapUnreadable

MAX_BYTES = 20_000_000
"""A larger file is refused before it is read."""

_PLAIN_TEXT = "Save the roadmap as plain text or Markdown (.md) and give that file."
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""Byte-order marks, the longer before those they begin with."""

_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3\x00", "a database"),
)
"""First bytes of files that people take for text."""

_LEGACY = [
    "cp1252", "cp1254", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1255", "cp1256", "cp1257", "cp1258",
    "koi8_r", "gb18030", "big5", "cp932", "euc_jp", "cp949",
]  # fmt: skip
"""Encodings in which plans are still found, the commoner first where a text fits several alike."""

_SAMPLE = 100_000
"""How many bytes the guess is made from."""

_NOT_TURKISH = re.compile("[þýðÞÝÐ]")
"""Icelandic letters in the places of Turkish ones; far more plans are Turkish."""


def read_bytes(path: pathlib.Path) -> bytes:
    """Read a document's bytes; its kind and size are looked at first, so nothing hangs or fills memory.

    Raises RoadmapUnreadable for a file that is missing, a folder, no regular file, closed to us or
    larger than `MAX_BYTES`.
    """
    name = path.name or str(path)
    try:
        _refuse_unless_readable(name, path.stat())
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise RoadmapUnreadable(
            f"There is no file {str(path)!r}.", "Check the spelling, or give the full path."
        ) from None
    except PermissionError:
        raise RoadmapUnreadable(
            f"{name} may not be read.", "Allow reading it, for example with chmod u+r."
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise RoadmapUnreadable(
            f"{str(path)!r} cannot be read: {reason}.", "Check the path, and the disk it is on."
        ) from error
    _refuse_if_large(name, len(raw))
    return raw


def decode(raw: bytes, name: str) -> str:
    """Decode a document: UTF-8, UTF-16 and UTF-32 by their marks, otherwise the likeliest old encoding.

    Raises RoadmapUnreadable, with `name` in its words, for what is empty, no text, or larger than
    `MAX_BYTES`.
    """
    _refuse_if_large(name, len(raw))
    kind = next((kind for start, kind in _KINDS if raw.startswith(start)), None)
    if kind:
        raise RoadmapUnreadable(
            f"{name} is {kind}, not plain text.", f"Copy the text out of it. {_PLAIN_TEXT}"
        )
    text = _decoded(raw)
    if text is None or "\0" in text or len(_CONTROLS.findall(text)) * 50 > len(text) + 100:
        raise RoadmapUnreadable(f"{name} is not a text file.", _PLAIN_TEXT)
    if not text or text.isspace():
        raise RoadmapUnreadable(f"{name} is empty.", "Paste the roadmap into it and save it.")
    return text


def split_lines(text: str) -> list[str]:
    """Split into lines at LF, CRLF or CR and nowhere else; a final empty line is not counted."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _refuse_unless_readable(name: str, about: os.stat_result) -> None:
    if stat.S_ISDIR(about.st_mode):
        raise RoadmapUnreadable(f"{name} is a folder.", "Give a file inside it.")
    if not stat.S_ISREG(about.st_mode):
        raise RoadmapUnreadable(
            f"{name} is a device or a pipe, not a file.", "Save its content to a file first."
        )
    _refuse_if_large(name, about.st_size)


def _refuse_if_large(name: str, size: int) -> None:
    if size > MAX_BYTES:
        raise RoadmapUnreadable(
            f"{name} is larger than {MAX_BYTES // 1_000_000} MB.",
            "Give the roadmap alone, without attachments.",
        )


def _decoded(raw: bytes) -> str | None:
    """Decode by mark, as UTF-8, as UTF-16 without a mark, or by a guess; None where it is no text."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    if b"\0" in raw:
        return _utf_16(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _mostly_utf_8(raw) or _legacy(raw)


def _utf_16(raw: bytes) -> str | None:
    """Decode UTF-16 without a mark, if it is unmistakable: zero bytes in one half only, and many of them."""
    halves = raw[::2].count(0), raw[1::2].count(0)
    if len(raw) % 2 or min(halves) or max(halves) < max(4, len(raw) / 20):
        return None
    try:
        return raw.decode("utf-16-be" if halves[0] else "utf-16-le")
    except UnicodeDecodeError:
        return None


def _mostly_utf_8(raw: bytes) -> str | None:
    """Decode UTF-8 with a few bytes of Windows-1252 among it, as two editors leave it."""
    text = raw.decode("utf-8", "surrogateescape")
    strays = re.findall("[\udc80-\udcff]", text)
    sound = len(re.findall("[^\x00-\x7f\udc80-\udcff]", text))
    if sound <= 2 * len(strays):
        return None
    return re.sub("[\udc80-\udcff]", _of_windows, text)


def _of_windows(match: re.Match[str]) -> str:
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")


def _legacy(raw: bytes) -> str | None:
    """Guess an old encoding by the letters and words that it would give to the first part of the text."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  # 40 ms that UTF-8 files do not pay

    sample = raw if len(raw) <= _SAMPLE else raw[:_SAMPLE].rpartition(b"\n")[0] or raw[:_SAMPLE]
    guesses = sorted(
        from_bytes(sample, cp_isolation=_LEGACY),
        key=lambda guess: (
            round(guess.chaos, 2),
            -round(guess.coherence, 1),
            guess.encoding == "cp1252" and bool(_NOT_TURKISH.search(str(guess))),
            _LEGACY.index(guess.encoding),
        ),
    )
    return raw.decode(guesses[0].encoding, "replace") if guesses else None
