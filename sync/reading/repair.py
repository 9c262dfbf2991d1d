"""Undoes encoding damage: text that was UTF-8, was read as something else, and was saved like that.

The encoding is decided per file. A file in which every garbled line reverses is undone exactly; where
bytes were lost on the way, a torn sign is completed if only one completion makes sense, and dropped as
decoration if several do. Text is never dropped: of several letters the likeliest is taken, and an
ideograph that nobody can know becomes 〓.

Mojibake that is *shown*, alone between backticks, is no sign of damage; it is undone only in a file
that is damaged elsewhere too, because then the damage went through all of it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sync.reading.mojibake import RARE, STRAY_CONTROL, Codec, codecs, is_suspicious
from sync.reading.mojibake_gaps import JOINER, PICTURE, STYLE, fill, is_torn

HOW = ("reversed", "completed", "dropped")
"""What can happen to a line, from the exact to the poor."""

_RUN = re.compile(r"[^\x00-\x7f][^\x00-\x19\x1b-\x7f]*")
_SHOWN = re.compile(r"(?<!`)(`{1,8})[^`!-~\n]+\1(?!`)")
_OPENING = re.compile(r"(?:\A|[\s(\[“„\"'])[*_~]*\Z")
_CLOSING = re.compile(r"[*_~]+(?![*_~\w])")
_CONTEXT = 400
"""How many characters before a torn one are looked at: enough for a quotation, and no line costs too much."""
_SAMPLE = 1000
"""How many lines are tried with each likely encoding."""
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Repair:
    """One line that was changed."""

    line: int
    """From 1."""
    before: str
    after: str
    how: str
    """`reversed`: exactly undone; `completed`: a lost byte was filled in; `dropped`: something is gone."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """The lines after repair, as many as before."""

    lines: tuple[str, ...]
    codec: str | None
    """The encoding that did the damage, several joined by " + "; None for a sound text."""
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a line: sound text, a garbled character, or the rest of one."""

    raw: str
    sound: str | None
    """None where bytes were lost."""
    garbled: bool


def repair(lines: Sequence[str]) -> Repaired:
    """Undo every encoding damage; lines of sound text come back as the same objects.

    Applying it again changes nothing: it goes on until no sign of damage is left, and each round makes
    the text shorter.
    """
    given = tuple(lines)
    text = "\n".join([line for line in given if not line.isascii()])
    if not text or not is_suspicious(text):
        return Repaired(given, None, ())
    mending = _Mending({number: line for number, line in enumerate(given, 1) if not line.isascii()})
    mending.run()
    repairs = tuple(
        Repair(number, given[number - 1], after, HOW[mending.how[number]])
        for number, after in mending.lines.items()
        if after != given[number - 1]
    )
    if not repairs:
        return Repaired(given, None, ())
    whole = tuple(mending.lines.get(number, line) for number, line in enumerate(given, 1))
    return Repaired(whole, " + ".join(mending.codecs), repairs)


class _Mending:
    """The lines of one file that are not plain ASCII, while they are being repaired."""

    def __init__(self, lines: dict[int, str]) -> None:
        self.lines = lines
        self.how = dict.fromkeys(lines, 0)
        self.codecs: list[str] = []

    def run(self) -> None:
        """Undo one layer of damage after the other."""
        while self._undo_known() or self._undo_rare() or self._undo_stray_controls():
            pass
        first = self.lines.get(1, "")
        if self.codecs and first.startswith(_BYTE_ORDER_MARK):
            self.lines[1] = first.removeprefix(_BYTE_ORDER_MARK)

    def _undo_known(self) -> bool:
        codec = _diagnosis(self.lines.values())
        if codec is None or not self._undo(codec):
            return False
        self.codecs.append(codec.name)
        return True

    def _undo(self, codec: Codec) -> bool:
        """Tell whether anything could be done about the damage of one encoding."""
        parts = {number: _parts(line, codec) for number, line in self.lines.items()}
        whole = not any(_foreign(line, codec) for line in parts.values())
        changed = False
        for number, line in parts.items():
            if not any(part.garbled for part in line):
                continue
            allowed = line if whole else _only_sure(line, self.lines[number], codec)
            text, how = _mended(allowed, codec)
            if text != self.lines[number]:
                changed = True
                self.lines[number] = text
                self.how[number] = max(self.how[number], how)
        return changed

    def _undo_stray_controls(self) -> bool:
        """Give lone C1 controls the characters that Windows-1252 has in their places."""
        fixed = {number: STRAY_CONTROL.sub(_of_windows, line) for number, line in self.lines.items()}
        if fixed == self.lines:
            return False
        self.lines = fixed
        self.codecs.append("latin-1")
        return True

    def _undo_rare(self) -> bool:
        """Leave what no table here explains to ftfy, line by line."""
        rare = [number for number, line in self.lines.items() if RARE.search(_SHOWN.sub("", line))]
        if not rare:
            return False
        import ftfy  # noqa: PLC0415  # takes 50 ms, and hardly any file needs it

        fixed = {number: ftfy.fix_encoding(self.lines[number]) for number in rare}
        if all(self.lines[number] == line for number, line in fixed.items()):
            return False
        self.lines.update(fixed)
        self.codecs.append("other")
        return True


def _diagnosis(lines: Iterable[str]) -> Codec | None:
    """Find the encoding that explains the file best, None where no encoding has any proof."""
    text = "\n".join([_SHOWN.sub("``", line) for line in lines])
    proofs = {codec: sum(end - start for start, end in codec.proofs(text)) for codec in codecs()}
    most = max(proofs.values())
    likely = [codec for codec, proof in proofs.items() if proof and proof * 2 >= most]
    if len(likely) < 2:
        return likely[0] if likely else None
    sample = text.split("\n", _SAMPLE)[:_SAMPLE]
    explained = {codec: _coverage(sample, codec) for codec in likely}
    return max(likely, key=lambda codec: (explained[codec][0], proofs[codec], *explained[codec][1:]))


def _coverage(lines: Iterable[str], codec: Codec) -> tuple[int, int, int]:
    """Tell how well an encoding explains a file.

    In order: characters in whole garbled ones, in lines where they outweigh those that it cannot have
    left; torn ones that can be completed; letters of the languages it belongs to.
    """
    whole = completed = local = 0
    for line in lines:
        parts = _parts(line, codec)
        undone = [(part.raw, part.sound) for part in parts if part.sound]
        whole += max(0, sum(len(raw) for raw, _ in undone) - 3 * _foreign(parts, codec))
        local += sum(sound in codec.letters for _, sound in undone)
        completed += sum(_is_completed(part.raw, codec) for part in parts if part.garbled and not part.sound)
    return whole, completed, local


@lru_cache(maxsize=4096)
def _is_completed(torn: str, codec: Codec) -> bool:
    filling = fill(torn, codec, "", "")
    return filling is not None and filling.how == "completed"


def _parts(line: str, codec: Codec) -> list[_Part]:
    """Cut a line into sound and garbled stretches, whatever the evidence for each."""
    parts: list[_Part] = []
    end = 0
    for run in _RUN.finditer(line):
        for piece in codec.piece.finditer(line, run.start(), run.end()):
            if codec.is_doubtful(piece[0], line[piece.start() - 1 : piece.start()]):
                continue
            if end < piece.start():
                parts.append(_Part(line[end : piece.start()], None, garbled=False))
            sound = codec.undo(piece[0]) if piece[1] else None
            parts.append(_Part(piece[0], sound, garbled=True))
            end = piece.end()
    if end < len(line):
        parts.append(_Part(line[end:], None, garbled=False))
    return parts


def _foreign(parts: Sequence[_Part], codec: Codec) -> int:
    """Count the characters of a line that this damage cannot have left."""
    count, before = 0, ""
    for place, part in enumerate(parts, 1):
        if not part.garbled:
            count += len(part.raw) - len(part.raw.encode("ascii", "ignore"))
        elif part.sound is None and not is_torn(part.raw, codec, before, _ahead(parts[place : place + 3])):
            count += 1
        before = (before + (part.sound or part.raw))[-_CONTEXT:]
    return count


def _was_hit(parts: Sequence[_Part], codec: Codec) -> bool:
    """Tell whether a line with proofs was damaged as a whole: no sound letters, or hardly any."""
    whole = sum(part.sound is not None for part in parts)
    return _foreign(parts, codec) * 5 <= whole


def _only_sure(parts: Sequence[_Part], line: str, codec: Codec) -> Sequence[_Part]:
    """Pick what to repair in a line of a file that has sound letters too; the rest counts as sound.

    A line with proofs and without sound letters was damaged as a whole.
    """
    proven = {place for first, last in codec.proofs(line) for place in range(first, last)}
    if proven and _was_hit(parts, codec):
        return parts
    sure: list[_Part] = []
    start, before = 0, ""
    for part in parts:
        doubtful = part.garbled and start not in proven and not _is_sign(part, codec, before)
        sure.append(_Part(part.raw, None, garbled=False) if doubtful else part)
        start, before = start + len(part.raw), part.raw
    return sure


def _is_sign(part: _Part, codec: Codec, before: str) -> bool:
    """Tell whether a part of two or more characters stands for a sign, away from letters."""
    lead = codec.byte_of.get(ord(part.raw[0]))
    return codec.has_torn_signs and len(part.raw) > 1 and lead in {0xE2, 0xF0} and not before[-1:].isalpha()


def _mended(parts: Sequence[_Part], codec: Codec) -> tuple[str, int]:
    """Put a line together; with it, how it was won as an index into `HOW`."""
    text, how, skip, dropped = "", 0, 0, False
    for place, part in enumerate(parts, 1):
        raw = part.sound or part.raw[skip:]
        skip = 0
        if part.garbled and part.sound is None:
            before = text[-_CONTEXT:] + PICTURE if dropped else text[-_CONTEXT:]
            filling = fill(part.raw, codec, before, _ahead(parts[place : place + 3]))
            if filling:
                raw, skip, how = filling.text, filling.eats, max(how, HOW.index(filling.how))
                if not raw or (dropped and raw in {JOINER, STYLE}):
                    dropped = True
                    continue
        if dropped and raw:
            text, raw = _closed_up(text, raw)
            dropped = False
        text += raw
    return (text.removesuffix(JOINER).removesuffix(" ") if dropped else text), how


def _ahead(parts: Iterable[_Part]) -> str:
    """Show the text that follows, with a stand-in for each torn character."""
    return "".join(part.sound or (_stand_in(part.raw) if part.garbled else part.raw) for part in parts)


def _stand_in(torn: str) -> str:
    if len(torn) == 1:
        return torn
    return STYLE if torn[1] == "¸" else PICTURE


def _closed_up(text: str, after: str) -> tuple[str, str]:
    """Close the gap of a dropped decoration: selectors, joiners and one space belonged to it."""
    text = text.removesuffix(JOINER)
    after = after.removeprefix(STYLE).removeprefix(JOINER)
    if _OPENING.search(text[-40:]):
        after = after.removeprefix(" ")
    if _CLOSING.match(after):
        text = text.removesuffix(" ")
    return text, after


def _of_windows(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("cp1252", "ignore") or match[0]
