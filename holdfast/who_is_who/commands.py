"""A person says who is who, or takes it back; what hangs on the records follows.  §4.9.

Whoever relied on a child's page hears that records left it.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from holdfast.access.queries import require_duty, who_holds_grants
from holdfast.access.terms import Duty
from holdfast.audit.queries import readers_of
from holdfast.audit.terms import System
from holdfast.kit.transactions import atomic
from holdfast.linkage import judging
from holdfast.linkage.models import Judgement
from holdfast.linkage.questions import hold
from holdfast.linkage.terms import Opinion
from holdfast.moments.commands import contacts_stay_with_moments
from holdfast.people.models import Person, Practitioner, Record
from holdfast.people.work import move_work
from holdfast.who_is_who.errors import NoSuchQuestion
from holdfast.who_is_who.following import follow
from holdfast.who_is_who.models import Notice
from holdfast.who_is_who.queries import doubt_for
from holdfast.who_is_who.splitting import chosen, parts_of

RELIED = timedelta(days=28)  # whoever opened the page in this time may act on what it said, our choice


@atomic
def say(*, by: Practitioner, at: datetime, ref: str, opinion: Opinion, why: str = "") -> Judgement:
    """Answer a question.  "Not sure" leaves it open for somebody else.

    Raises NotAllowed or NoSuchQuestion.
    """
    require_duty(by, Duty.MATCH)
    if not hold(ref):
        raise NoSuchQuestion(ref)
    doubt = doubt_for(by, ref, at)
    records = Record.objects.in_bulk([half.record for half in doubt.halves])
    low, high = (records[half.record] for half in doubt.halves)
    made, moved = judging.judge(by=by, at=at, low=low, high=high, opinion=opinion, why=why)
    follow(at, moved)
    return made


@atomic
def take_back(*, by: Practitioner, at: datetime, judgement: Judgement) -> None:
    """Take back what was said of two persons, by whomever.  Raises AlreadyTakenBack.

    The caller found it by `queries.judgement_for`.
    """
    follow(at, judging.take_back(by=by, at=at, judgement=judgement))


@atomic
def set_apart(
    *,
    by: Practitioner,
    at: datetime,
    person: Person,
    leaving: Collection[str],
    going: Collection[str],
    why: str,
) -> Judgement:
    """Say that some of a child's records (`leaving`, by reference) are somebody else's.

    What hangs on a record goes with it.  Of what people wrote only what is named in `going` goes along.
    Raises NotAllowed or NothingToJudge.
    """
    pieces = chosen(parts_of(by, person, at), leaving)
    keys = [piece.record.pk for piece in pieces]
    relied = who_holds_grants(person, at) | readers_of(person.ref, at - RELIED)
    made, moved = judging.set_apart(by=by, at=at, person=person, leaving=keys, why=why)
    owners = Counter(Record.objects.filter(pk__in=keys).values_list("person", flat=True))
    other = Person.objects.get(pk=min(owners, key=lambda key: (-owners[key], key)))
    move_work(by=by, at=at, person=person, to=other, names=going)
    follow(at, moved)
    contacts_stay_with_moments(by=System.MATCHER, at=at, people={person.pk, other.pk})
    _tell(at, made, person, relied - {by.pk})
    return made


def _tell(at: datetime, judgement: Judgement, person: Person, relied: Collection[int]) -> None:
    Notice.objects.bulk_create(
        Notice(judgement=judgement, practitioner_id=key, person=person, made_at=at) for key in sorted(relied)
    )


@atomic
def see_notices(*, by: Practitioner, at: datetime, person: Person) -> int:
    """Note that somebody opened the page they were told about; return how many notices that was."""
    return Notice.objects.filter(practitioner=by, person=person, seen_at=None).update(seen_at=at)
