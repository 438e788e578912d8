"""How long does each step of applying a row take, and how many SQL statements does it need?

The steps are the ordinary functions: each is wrapped wherever a module of ours holds it, so that the
bench follows the code and the code knows nothing of the bench.  Time counts for the innermost step.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from bench.harness import Meter, meter

# Which functions make up a step: "module:name", or "module:*" for all public functions of a module.
STEPS = {
    "receive": ["holdfast.feeds.commands:receive"],
    "validate": [
        "holdfast.feeds.rules:check_row",
        "holdfast.feeds.rules:content_digest",
        "holdfast.feeds.queries:row_of",
        "holdfast.feeds.commands:keep_problems",
        "holdfast.feeds.adapters:tell",
        "holdfast.feeds.mentions:mentions",
    ],
    "record": ["holdfast.people.commands:*", "holdfast.chronology.commands:*"],
    "link": ["holdfast.linkage.commands:relink"],
    "moment": ["holdfast.moments.commands:consider", "holdfast.moments.commands:follow_people"],
    "audit": ["holdfast.audit.commands:*"],
}
REST = "settle, commit"  # everything else inside applying: duplicates, statuses, mentions, transactions


class Stages:
    """Seconds and SQL statements by step."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.statements: Counter[str] = Counter()
        self._open = [REST]
        self._meter: Meter | None = None

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Count what happens in this block."""
        from django.db import connection

        self._meter = meter()
        with connection.execute_wrapper(self._statement):
            yield
        self._turn()

    def wrap(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def within(*given: Any, **named: Any) -> Any:
            self._turn()
            self._open.append(step)
            try:
                return function(*given, **named)
            finally:
                self._turn()
                self._open.pop()

        return within

    def _turn(self) -> None:
        if self._meter:
            self.seconds[self._open[-1]] += self._meter.lap().alone

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements[self._open[-1]] += 1
        return execute(sql, params, many, context)


@contextmanager
def watching() -> Iterator[Stages]:
    """Wrap the functions of every step wherever they are held; put them back afterwards."""
    stages = Stages()
    wrapped = {id(held): stages.wrap(step, held) for step, held in _functions()}
    originals = {id(held): held for _, held in _functions()}
    changed = []
    for name, module in list(sys.modules.items()):
        if not name.startswith("holdfast."):
            continue
        for attribute, held in list(vars(module).items()):
            if id(held) in originals:
                changed.append((module, attribute, held))
                setattr(module, attribute, wrapped[id(held)])
    try:
        yield stages
    finally:
        for module, attribute, held in changed:
            setattr(module, attribute, held)


def _functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for step, places in STEPS.items():
        for place in places:
            path, _, name = place.partition(":")
            module = import_module(path)
            for attribute, held in list(vars(module).items()):
                is_ours = getattr(held, "__module__", "").startswith(path) and callable(held)
                if name == attribute or (name == "*" and is_ours and not attribute.startswith("_")):
                    yield step, held
