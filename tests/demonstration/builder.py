"""Builds a demonstration of a few children, so that a test can kill it: DATABASE_URL names the database.

Each line on standard output is the number of a step taken.
"""

import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import django

from holdfast.demonstration.live import TURNS
from holdfast.demonstration.plan import SEED, plan_partnership
from holdfast.demonstration.shape import Partnership
from holdfast.demonstration.telling import TELLERS

# Those to whom something happens at the first visit.
FEW = {keys[0] for keys in TURNS.values()} | {children[0] for _, children in TELLERS.values()}


def few(today: date, seed: int = SEED) -> Partnership:
    whole = plan_partnership(today, seed)
    return replace(whole, children=tuple(child for child in whole.children if child.key in FEW))


def main(folder: str, *visits: str) -> None:
    django.setup()
    from holdfast.demonstration import apply
    from holdfast.demonstration.hurry import hurrying

    apply.plan_partnership, apply.SAY_EVERY = few, 1
    with hurrying():
        for visit in visits:
            apply.build(
                Path(folder), datetime.fromisoformat(visit), lambda done, steps: print(done, flush=True)
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
