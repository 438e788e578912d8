"""Write down strengths, trust, the team, how to be with a child, and the child's own words."""

from datetime import datetime

from holdfast.access.commands import end_grants, grant
from holdfast.access.queries import require
from holdfast.access.terms import Via
from holdfast.audit.commands import record as audit
from holdfast.kit.transactions import atomic
from holdfast.people.models import Person, Practitioner
from holdfast.relationships.models import Approach, Strength, TeamMember, TrustedAdult, Voice
from holdfast.relationships.terms import Advice, NamedBy


@atomic
def add_strength(*, by: Practitioner, at: datetime, person: Person, sentence: str, said_by: str) -> Strength:
    """Write down what a child loves or is good at, §3.8."""
    require(by, person, at)
    made = Strength.objects.create(
        person=person, sentence=sentence, said_by=said_by, said_at=at, recorded_by=by
    )
    audit(by=by, act="relationships.add_strength", at=at, about=made.ref, person_ref=person.ref)
    return made


@atomic
def name_trusted_adult(
    *,
    by: Practitioner,
    at: datetime,
    person: Person,
    named_by: NamedBy,
    practitioner: Practitioner | None = None,
    name: str = "",
    phone: str = "",
    note: str = "",
) -> TrustedAdult:
    """Write down whom a child trusts, §7: one at a time, the one named before ends.

    A practitioner whom the child trusts may see the record from now on.
    """
    require(by, person, at)
    person.trusted_adults.filter(ends_at=None).update(ends_at=at)
    made = TrustedAdult.objects.create(
        person=person,
        practitioner=practitioner,
        name=name,
        phone=phone,
        note=note,
        named_by=named_by,
        starts_at=at,
        recorded_by=by,
    )
    if practitioner:
        grant(
            by=by,
            at=at,
            person=person,
            practitioner=practitioner,
            via=Via.TEAM,
            reason="The child trusts them",
        )
    audit(by=by, act="relationships.name_trusted_adult", at=at, about=made.ref, person_ref=person.ref)
    return made


@atomic
def join_team(
    *,
    by: Practitioner,
    at: datetime,
    person: Person,
    practitioner: Practitioner,
    purpose: str,
    is_lead: bool = False,
) -> TeamMember:
    """Put a practitioner on the team around a child, for a purpose; there is one lead at a time."""
    require(by, person, at)
    if is_lead:
        person.team.filter(ends_at=None, is_lead=True).exclude(practitioner=practitioner).update(
            is_lead=False
        )
    member, _ = TeamMember.objects.update_or_create(
        person=person,
        practitioner=practitioner,
        ends_at=None,
        defaults={"purpose": purpose, "is_lead": is_lead},
        create_defaults={"purpose": purpose, "is_lead": is_lead, "starts_at": at},
    )
    grant(by=by, at=at, person=person, practitioner=practitioner, via=Via.TEAM, reason=purpose)
    audit(by=by, act="relationships.join_team", at=at, about=practitioner.ref, person_ref=person.ref)
    return member


@atomic
def leave_team(*, by: Practitioner, at: datetime, person: Person, practitioner: Practitioner) -> None:
    """Take a practitioner off the team: what the team could see ends with it."""
    require(by, person, at)
    person.team.filter(ends_at=None, practitioner=practitioner).update(ends_at=at)
    end_grants(by=by, at=at, person=person, practitioner=practitioner, via=Via.TEAM)
    audit(by=by, act="relationships.leave_team", at=at, about=practitioner.ref, person_ref=person.ref)


@atomic
def advise(
    *, by: Practitioner, at: datetime, person: Person, advice: Advice, sentence: str, said_by: str
) -> Approach:
    """Write down one thing to do, or not to do, before knocking."""
    require(by, person, at)
    made = Approach.objects.create(
        person=person, advice=advice, sentence=sentence, said_by=said_by, said_at=at, recorded_by=by
    )
    audit(by=by, act="relationships.advise", at=at, about=made.ref, person_ref=person.ref)
    return made


@atomic
def keep_words(
    *,
    by: Practitioner,
    at: datetime,
    person: Person,
    words: str,
    told_to: str,
    said_at: datetime,
    is_at_top: bool = False,
) -> Voice:
    """Keep the child's own words as they were said.  One is at the top, if the child asked for that."""
    require(by, person, at)
    if is_at_top:
        person.voices.filter(is_at_top=True).update(is_at_top=False)
    made = Voice.objects.create(
        person=person, words=words, told_to=told_to, said_at=said_at, is_at_top=is_at_top, recorded_by=by
    )
    audit(by=by, act="relationships.keep_words", at=at, about=made.ref, person_ref=person.ref)
    return made
