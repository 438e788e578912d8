"""Keep the kinds of moment: a partnership changes promises and adds kinds without a developer.  §8.5."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.utils.text import slugify

from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.moments.errors import CannotBeSaid
from holdfast.moments.kinds import ANSWER_WITHIN, DEFAULT_KINDS
from holdfast.moments.models import Kind
from holdfast.moments.terms import MomentKind
from holdfast.people.models import Practitioner


@atomic
def ensure_kinds(*, by: System, at: datetime) -> int:
    """Add the kinds that ship and are missing; what a partnership has changed stays.  Return how many."""
    held = set(Kind.objects.values_list("code", flat=True))
    missing = [Kind(**asdict(kind)) for kind in DEFAULT_KINDS if str(kind.code) not in held]
    Kind.objects.bulk_create(missing)
    audit(by=by, act="moments.ensure_kinds", at=at, note=f"{len(missing)} added")
    return len(missing)


@atomic
def add_kind(
    *,
    by: Practitioner,
    at: datetime,
    label: str,
    sentence: str,
    contact_within: timedelta,
    answer_within: timedelta = ANSWER_WITHIN,
    told_as: str = "",
    hint: str = "",
    order: int = 50,
) -> Kind:
    """Add a kind that people may tell us of."""
    require_duty(by, Duty.SET_UP)
    code = slugify(label).replace("-", "_")[:40]
    if not code or not sentence.strip():
        raise CannotBeSaid("Give a name, and the sentence the reader will see", "label")
    if Kind.objects.filter(pk=code).exists():
        raise CannotBeSaid("There is a kind of this name already", "label")
    _refuse_same(label)
    _check_promises(answer_within, contact_within)
    kind = Kind.objects.create(
        code=code,
        label=label,
        sentence=sentence,
        hint=hint,
        told_as=told_as or label[:40],
        order=order,
        answer_within=answer_within,
        contact_within=contact_within,
    )
    audit(by=by, act="moments.add_kind", at=at, about=code)
    return kind


@atomic
def remove_kind(*, by: Practitioner, at: datetime, kind: Kind) -> None:
    """Take away a kind that was added by mistake; one that ships, or that a moment has, stays."""
    require_duty(by, Duty.SET_UP)
    if kind.code in set(MomentKind):
        raise CannotBeSaid(
            "This kind ships with Holdfast: agencies' files raise it. It can be left unoffered."
        )
    if kind.moments.exists():
        raise CannotBeSaid("There are moments of this kind. It can be left unoffered instead.")
    code = kind.code
    kind.delete()
    audit(by=by, act="moments.remove_kind", at=at, about=code)


@atomic
def change_kind_settings(
    *,
    by: Practitioner,
    at: datetime,
    kind: Kind,
    answer_within: timedelta,
    contact_within: timedelta,
    label: str | None = None,
    sentence: str | None = None,
    hint: str | None = None,
    told_as: str | None = None,
    order: int | None = None,
    is_told_by_people: bool | None = None,
    is_active: bool | None = None,
) -> Kind:
    """Change what a kind promises and says; what is left out stays as it is."""
    require_duty(by, Duty.SET_UP)
    _check_promises(answer_within, contact_within)
    if label:
        _refuse_same(label, but=kind.code)
    given = {
        "answer_within": answer_within,
        "contact_within": contact_within,
        "label": label,
        "sentence": sentence,
        "hint": hint,
        "told_as": told_as,
        "order": order,
        "is_told_by_people": is_told_by_people,
        "is_active": is_active,
    }
    changed = {n: v for n, v in given.items() if v is not None and getattr(kind, n) != v}
    for name, value in changed.items():
        setattr(kind, name, value)
    if changed:
        kind.save(update_fields=list(changed))
        audit(by=by, act="moments.change_kind", at=at, about=kind.code, note=", ".join(sorted(changed)))
    return kind


def _check_promises(answer_within: timedelta, contact_within: timedelta) -> None:
    if not timedelta(0) < answer_within <= contact_within:
        raise CannotBeSaid("Someone must have answered before someone can be with the child", "answer_within")


def _refuse_same(label: str, but: str = "") -> None:
    if Kind.objects.filter(label__iexact=label).exclude(pk=but).exists():
        raise CannotBeSaid("There is a kind of this name already", "label")
