"""Which lines of a parser's functions were run?  Seen by tracing, of a sample: it is slow."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType


@dataclass
class Lines:
    """Which lines of a parser's functions were run?"""

    files: frozenset[str]
    reached: set[tuple[str, int]] = field(default_factory=set)

    def __call__(self, frame: FrameType, event: str, _: object) -> object:
        return self._line if frame.f_code.co_filename in self.files else None

    def _line(self, frame: FrameType, event: str, _: object) -> object:
        self.reached.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line

    @property
    def count(self) -> tuple[int, int]:
        """Return how many lines of functions were reached, of how many there are."""
        there = {(file, line) for file in self.files for line in lines_of(Path(file))}
        return len(self.reached & there), len(there)


def lines_of(path: Path) -> Iterator[int]:
    """Yield the lines of a file that stand in a function and can be reached after the file was loaded."""
    waiting = list(_inner(compile(path.read_text(encoding="utf-8"), str(path), "exec")))
    while waiting:
        code = waiting.pop()
        waiting += _inner(code)
        if code.co_flags & 2:  # a function of its own, not the body of a class
            yield from (line for _, _, line in code.co_lines() if line and line != code.co_firstlineno)


def _inner(code: CodeType) -> Iterator[CodeType]:
    return (constant for constant in code.co_consts if isinstance(constant, CodeType))
