"""May two records be joined without asking anyone?

Weights alone join twins and namesakes. These rules say what no weight may do by itself: they can hold
back a link, never make one. All are pure functions of the levels of one pair.
"""

from collections.abc import Mapping
from dataclasses import replace

from holdfast.linkage.comparing import Level, compare, name_level
from holdfast.linkage.rules import Traits
from holdfast.linkage.scoring import Model, bits_of
from holdfast.linkage.terms import Field, Verdict

_STRANGERS = (Level.OTHER_GIVEN, Level.DIFFERENT)
_WHOLE_NAMES = (Level.SAME, Level.SAME_COMMON, Level.EXCHANGED, Level.VARIANT)
_NEAR_NAMES = (Level.CLOSE_GIVEN, Level.CLOSE_FAMILY, Level.CLOSE_BOTH)
NAMES_THAT_AGREE = _WHOLE_NAMES + _NEAR_NAMES
_NEAR_DAYS = (Level.SAME, Level.EXCHANGED, Level.SLIP)
_HERE = (Level.HOME, Level.POSTCODE)

Levels = Mapping[Field, Level]


def verdict(a: Traits, b: Traits, model: Model) -> tuple[Verdict, float]:
    """Return what two records are to each other, and the bits for one person."""
    levels = compare(a, b, model.common_families)
    bits = bits_of(levels, model)
    return judge(levels, bits, a, b, model), bits


def judge(levels: Levels, bits: float, a: Traits, b: Traits, model: Model) -> Verdict:
    """Return the verdict for a pair whose levels and bits are known."""
    if shares_number(levels):
        return Verdict.SAME
    if shares_identity(levels):
        return Verdict.SAME if _plausible(levels) and bits >= model.thresholds.same else Verdict.ASK
    if forbidden(levels, a, b):
        return Verdict.NEVER
    if bits < model.thresholds.ask:
        return Verdict.APART
    enough = bits >= model.thresholds.same
    return (
        Verdict.SAME
        if enough and not conflicting(levels, a, b) and proven(levels, a, b, model)
        else Verdict.ASK
    )


def shares_number(levels: Levels) -> bool:
    """A sender's own number joins its records, whatever name was given: it rests on more than that."""
    return levels.get(Field.NUMBER) is Level.SAME


def shares_identity(levels: Levels) -> bool:
    """An NHS number or UPN is typed by hand: the rest of the record must not speak against it."""
    return Level.SAME in (levels.get(Field.NHS), levels.get(Field.UPN))


def _plausible(levels: Levels) -> bool:
    """Brothers and sisters are given each other's numbers by mistake."""
    return levels.get(Field.NAME) not in _STRANGERS and levels.get(Field.BORN) is not Level.GENERATION


def forbidden(levels: Levels, a: Traits, b: Traits) -> bool:
    """Twins, brothers and sisters, parent and child: never one person, however they are reached."""
    if levels.get(Field.BORN) is Level.GENERATION:
        return True
    return levels.get(Field.NAME) in _STRANGERS and firm(a) and firm(b)


def firm(found: Traits) -> bool:
    """The sender vouches for at least one whole name of the record."""
    return any(not name.doubted and len(name.given) > 1 and name.family for name in found.spellings)


def conflicting(levels: Levels, a: Traits, b: Traits) -> bool:
    """Two numbers of a kind that a person has once: a reason to ask, not proof of two people."""
    if Level.DIFFERENT in (levels.get(Field.NHS), levels.get(Field.UPN)):
        return True
    return any(issuer.startswith("person:") for issuer in a.issuers & b.issuers)


def proven(levels: Levels, a: Traits, b: Traits, model: Model) -> bool:
    """A whole name that agrees, and a birthday or a home that agrees with it."""
    name, born, place = (levels.get(field) for field in (Field.NAME, Field.BORN, Field.PLACE))
    if name not in (*NAMES_THAT_AGREE, Level.OTHER_FAMILY) or _rests_on_doubt(a, b, name, model):
        return False
    if name is Level.OTHER_FAMILY:  # married, adopted, or the step-father's name
        return born is Level.SAME and place in _HERE
    if name in _NEAR_NAMES:
        return born in (Level.SAME, Level.EXCHANGED) or (
            born in (Level.SLIP, Level.AGE_AGREES, None) and place in _HERE
        )
    if born in _NEAR_DAYS:
        return True
    return place in _HERE and born in (None, Level.AGE_AGREES, Level.TWO_PARTS)


def _rests_on_doubt(a: Traits, b: Traits, name: Level, model: Model) -> bool:
    """They agree by a name that the sender doubts: it may be a brother's or a friend's."""
    if not any(spelling.doubted for found in (a, b) for spelling in found.spellings):
        return False
    return name_level(_without_doubt(a), _without_doubt(b), model.common_families) is not name


def _without_doubt(found: Traits) -> Traits:
    return replace(found, spellings=tuple(name for name in found.spellings if not name.doubted))
