"""Where do the demonstration's names and words come from?  From the small files in text/."""

import csv
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

TEXT = Path(__file__).parent / "text"
T = TypeVar("T")


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of text/<name>.csv; a file of sentences uses | between columns."""
    text = (TEXT / f"{name}.csv").read_text(encoding="utf-8")
    delimiter = "|" if "|" in text.splitlines()[0] else ","
    return tuple(csv.DictReader(text.splitlines(), delimiter=delimiter))


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of text/<name>.txt, blank ones left out."""
    text = (TEXT / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line)


def dice(*parts: object) -> random.Random:
    """A generator that depends on these parts alone, so that no story disturbs another."""
    return random.Random(":".join(str(part) for part in parts))


def pick(rng: random.Random, options: Sequence[T]) -> T:
    return options[rng.randrange(len(options))]
