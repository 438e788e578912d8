"""What does children's social care send?  Tables in the shape of the Standard Safeguarding Dataset."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from holdfast.demonstration.shape import Adult, Child, Row
from holdfast.demonstration.stories import MISSING, Story
from holdfast.demonstration.tables import pick
from holdfast.demonstration.writing import dfe, later, sent, stamp

KNOWN_TO_SOCIAL_CARE = "S"
TEAMS = ("Adolescent Team", "Assessment 1", "Family Help")
SOURCES = (("6", "POLICE"), ("2B", "EDUCATION SERVICES"), ("3C", "A&E"), ("1A", "INDIVIDUAL - family member"))
# What an assessment found: missing, groups, criminal exploitation, young carer, trafficking, a parent unwell.
FACTORS = ("10A", "13A", "24A", "7A", "12A", "4B")
OUTCOMES = (
    "SINGLE_ASSESSMENT_FLAG", "NFA_FLAG", "STRATEGY_DISCUSSION_FLAG", "CLA_REQUEST_FLAG",
    "NON_AGENCY_ADOPTION_FLAG", "PRIVATE_FOSTERING_FLAG", "CP_TRANSFER_IN_FLAG", "CP_CONFERENCE_FLAG",
    "CARE_LEAVER_FLAG", "OTHER_OUTCOMES_EXIST_FLAG",
)  # fmt: skip
GENDER = {"M": "01", "F": "02"}
RETURN_DAYS = 3  # days until a return conversation is on the system


def tables(story: Story) -> Iterator[Row]:
    """Every row of every table; a child's tables begin with the referral."""
    households: set[str] = set()
    for child in story.partnership.children:
        if not child.times(KNOWN_TO_SOCIAL_CARE):
            continue
        referred, known = _since(story, child)
        if known > story.until:
            continue
        yield from _person_rows(story, child, known)
        yield from _help_rows(story, child, referred, known)
        if child.household not in households:
            households.add(child.household)
            yield from _family_rows(child, known)
    yield from _missing(story)


@cache
def _since(story: Story, child: Child) -> tuple[datetime, datetime]:
    """When the child was referred, and when that is first in an extract."""
    rng = story.dice("referred", child.key)
    referred = later(story.starts, days=rng.randint(-150, 55), hours=11)
    return referred, max(referred, later(story.starts, hours=12))


def _person_rows(story: Story, child: Child, known: datetime) -> Iterator[Row]:
    ref = child.social_care_ref
    yield _row("ssd_person", child, known, ref, (
        ref, child.forename, child.surname, child.sex, GENDER[child.sex], dfe(child.ethnicity),
        stamp(child.dob),
        child.nhs_number, "", "", "Y" if child.has_ehc_plan else "N", "", "", "N", "British",
    ))  # fmt: skip
    link = f"L{child.la_code}{child.key[1:]}"
    start = stamp(later(story.starts, days=-1200))
    yield _row("ssd_linked_identifiers", child, known, link, (
        link, ref, "Unique Pupil Number", child.upn, start, "",
    ))  # fmt: skip
    home = child.home
    address = json.dumps({
        "ROOM": "", "FLOOR": "", "FLAT": "", "BUILDING": "", "HOUSE": home.house, "STREET": home.street,
        "TOWN": home.town, "UPRN": "", "EASTING": str(home.easting), "NORTHING": str(home.northing),
    })  # fmt: skip
    key = f"A{child.la_code}{child.key[1:]}"
    yield _row("ssd_address", child, known, key, (
        key, address, ref, "Placement" if child.in_care else "Primary Address",
        stamp(later(story.starts, days=-700)), "", home.postcode.replace(" ", ""),
    ))  # fmt: skip


def _family_rows(child: Child, known: datetime) -> Iterator[Row]:
    """The household's grown-ups.  Brothers and sisters known to social care have rows of their own."""
    for adult in child.adults:
        ref = _adult_ref(adult)
        yield _row("ssd_person", child, known, ref, (
            ref, adult.forename, adult.surname, adult.sex, GENDER[adult.sex], dfe(adult.ethnicity),
            stamp(adult.dob), adult.nhs_number, "", "", "N", "", "", "Y" if adult.sex == "F" else "N",
            "British",
        ), about_child=False)  # fmt: skip
        yield _family_row(child, ref, known)


def _adult_ref(adult: Adult) -> str:
    return f"985{adult.household[1:]}{adult.key[-1]}"


def _family_row(child: Child, person: str, known: datetime) -> Row:
    key = f"FM{child.la_code}{person}"
    values = (key, f"F{child.la_code}{child.household.upper()}", person)
    return _row("ssd_family", child, known, key, values)


def _help_rows(story: Story, child: Child, referred: datetime, known: datetime) -> Iterator[Row]:
    """The referral, the assessment with what it found, the worker, and the child's place in the family."""
    rng = story.dice("help", child.key)
    ref, episode = child.social_care_ref, f"R{child.la_code}{child.key[1:]}9"
    code, source = pick(rng, SOURCES)
    team, worker = pick(rng, TEAMS), f"W{child.la_code}{rng.randint(10, 40)}"
    flags = json.dumps({name: "Y" if name in ("SINGLE_ASSESSMENT_FLAG",) else "N" for name in OUTCOMES})
    yield _family_row(child, ref, known)
    yield _row("ssd_cin_episodes", child, known, episode, (
        episode, ref, stamp(referred), pick(rng, ("N1", "N4", "N5")), code, source, flags, "N", "", "", team,
        worker,
    ))  # fmt: skip
    role = pick(rng, ("SOCIAL WORKER", "SOCIAL WORKER", "FAMILY SUPPORT WORKER"))
    key = f"I{child.la_code}{child.key[1:]}"
    yield _row("ssd_involvements", child, known, key, (
        key, worker, role, team, stamp(referred), "", "", ref, episode,
    ))  # fmt: skip
    done = later(referred, days=rng.randint(20, 40))
    if done > story.until:
        return
    assessment, ready = f"AS{child.la_code}{child.key[1:]}", max(done, known)
    outcome = json.dumps({"NFA_FLAG": "N", "PROV_OF_SERVICES_FLAG": "Y", "TOTAL_NO_OF_OUTCOMES": 1})
    yield _row("ssd_cin_assessments", child, ready, assessment, (
        assessment, ref, episode, stamp(referred), "Y", stamp(done), outcome, "N", team, worker,
    ))  # fmt: skip
    factors = json.dumps(sorted(rng.sample(FACTORS, rng.randint(1, 3))))
    yield _row(
        "ssd_assessment_factors", child, ready, f"F{assessment}", (f"F{assessment}", assessment, factors)
    )


def _missing(story: Story) -> Iterator[Row]:
    for nth, one in enumerate(story.of(MISSING), start=1):
        child = story.partnership.child(one.child)
        assert one.ends_at is not None
        ready = later(one.ends_at, days=RETURN_DAYS)
        if not child.times(KNOWN_TO_SOCIAL_CARE) or ready > story.until or ready < _since(story, child)[1]:
            continue
        rng = story.dice("return", nth)
        offered = pick(rng, "YYYYN")
        accepted = pick(rng, "YYN") if offered == "Y" else "NA"
        key = f"MI{child.la_code}{nth + 500}"
        yield _row("ssd_missing", child, ready, key, (
            key, child.social_care_ref, stamp(one.at), "M", stamp(one.ends_at), offered, accepted,
        ))  # fmt: skip


def _row(
    table: str,
    child: Child,
    ready: datetime,
    key: str,
    values: tuple[object, ...],
    *,
    about_child: bool = True,
) -> Row:
    about = child.key if about_child else ""
    return sent(("social_care", table), child.la_code, ready, key, values, child=about)
