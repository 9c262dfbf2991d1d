"""Ids, tokens and order by chance, but the same ones for the same seed."""

import random
import string
from collections.abc import Callable, Container, Iterable
from typing import TypeVar

T = TypeVar("T")

LOWER = string.ascii_lowercase + string.digits
MIXED = string.ascii_letters + string.digits
BASE32HEX = string.digits + "abcdefghijklmnopqrstuv"


class Chance:
    """A seeded source of randomness; seed None takes the system's."""

    def __init__(self, seed: int | None) -> None:
        # An emulator guards nothing: repeatable ids are worth more here than secret ones.
        self._random = random.Random(seed)  # noqa: S311

    def word(self, length: int, alphabet: str = LOWER) -> str:
        """That many characters of the alphabet."""
        return "".join(self._random.choices(alphabet, k=length))

    def fresh(self, taken: Container[str], make: Callable[[str], str], length: int, alphabet: str) -> str:
        """The first name made of a random word that is not taken: a restart begins the sequence anew."""
        while True:
            name = make(self.word(length, alphabet))
            if name not in taken:
                return name

    def shuffled(self, things: Iterable[T]) -> list[T]:
        """The same things in another order."""
        order = list(things)
        self._random.shuffle(order)
        return order
