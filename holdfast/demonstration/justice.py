"""What do youth justice and the National Referral Mechanism send?  §8.5, §5.15."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from holdfast.demonstration.police import custody_refs
from holdfast.demonstration.shape import Child, Happening, Row
from holdfast.demonstration.stories import HEARING, NRM, Story
from holdfast.demonstration.tables import lines, pick
from holdfast.demonstration.writing import later, sent, uk_date, uk_time

CASELOAD, COURT, DECISIONS = ("yjs", "caseload"), ("yjs", "court"), ("nrm", "decisions")
KNOWN_TO_YOUTH_JUSTICE = "Y"
ALIASES = {"c27": "Kyle Redfern"}
FIRST_RESPONDERS = {"981": "Hannah Lowther", "982": "Karolina Nowicka", "983": "Lorna Whitbread"}
REMANDED = {("c32", 2)}  # the hearing at which a child was remanded to the authority's accommodation
ORDER_LENGTH = timedelta(days=270)
NEXT_HEARING = timedelta(days=28)


def _first_hearing(story: Story, child: Child) -> Happening | None:
    """The child's first appearance ever; children with one hearing a quarter had theirs before the story.

    Youth justice wrote no day of a first court down for those: it would be news months too late.
    """
    if child.times(HEARING) < 2:
        return None
    return next((one for one in story.of(HEARING) if one.child == child.key), None)


def caseload(story: Story) -> Iterator[Row]:
    for child in story.partnership.children:
        if not child.times(KNOWN_TO_YOUTH_JUSTICE):
            continue
        rng = story.dice("caseload", child.key)
        opened = later(story.starts, days=rng.randint(-120, 30), hours=10)
        first = _first_hearing(story, child)
        if opened > story.until:
            continue
        yield _caseload_row(story, child, 1, opened, opened, None)
        if first and later(first.at, hours=20) <= story.until:
            ready = max(later(first.at, hours=20), later(opened, days=8))
            yield _caseload_row(story, child, 2, ready, opened, first.at)


def _caseload_row(
    story: Story, child: Child, version: int, ready: datetime, opened: datetime, first_court: datetime | None
) -> Row:
    rng = story.dice("caseload row", child.key)
    number = child.nhs_number
    values = (
        child.yjs_ref, version, child.surname, child.forename, ALIASES.get(child.key, ""), uk_date(child.dob),
        child.sex, child.ethnicity, child.upn if rng.random() < 0.7 else "",
        f"{number[:3]} {number[3:6]} {number[6:]}" if rng.random() < 0.7 else "",
        f"{child.home.line}, {child.home.town}", child.home.postcode, "Y" if child.in_care else "N",
        pick(rng, ("POLICE", "COURT", "SOCIAL CARE")),
        "REFERRAL ORDER" if version == 2 else pick(rng, ("PREVENTION", "TURNAROUND", "PRE-COURT", "YCC")),
        uk_date(opened), "", pick(rng, ("Dexter Pryce", "Lindiwe Moyo", "Carl Ottershaw")), "Y",
        pick(rng, ("LOW", "MEDIUM")), pick(rng, ("LOW", "MEDIUM")), pick(rng, ("MEDIUM", "HIGH",
        "VERY HIGH")),
        pick(rng, ("Full time", "Part time", "Waiting for a school place")), uk_date(first_court),
    )  # fmt: skip
    ready = max(ready, later(story.starts, hours=9))
    return sent(CASELOAD, child.la_code, ready, child.yjs_ref, values, version=version, child=child.key)


def court(story: Story) -> Iterator[Row]:
    refs = custody_refs(story)
    for nth, one in enumerate(story.of(HEARING), start=1):
        child = story.partnership.child(one.child)
        arrests = [ref for at, ref in refs.get(child.key, []) if at < one.at]
        ref, custody_ref = f"H98{one.at:%y}{nth + 300:05d}", arrests[-1] if arrests else ""
        yield from _hearing(story, ref, child, one, custody_ref)
        next_one = _next_hearing(story, one)
        if next_one and _conditions(story, child, one):
            yield from _hearing(story, ref, child, one, custody_ref, ended_by=next_one)


def _next_hearing(story: Story, one: Happening) -> Happening | None:
    later_ones = [other for other in story.of(HEARING) if other.child == one.child and other.at > one.at]
    return later_ones[0] if later_ones else None


def _hearing(
    story: Story,
    ref: str,
    child: Child,
    one: Happening,
    custody_ref: str,
    ended_by: Happening | None = None,
) -> Iterator[Row]:
    """A hearing and its conditions; once the court sits again, the conditions with their last day."""
    rng = story.dice("court", ref)
    is_first = one == _first_hearing(story, child)
    remanded = (child.key, one.number) in REMANDED
    kind, plea, result, text, remand = _outcome(is_first, remanded, one.number)
    is_order = result == "RO"
    order = ("RO", uk_date(one.at), uk_date(one.at + ORDER_LENGTH)) if is_order else ("", "", "")
    following = "" if is_order else uk_date(one.at + NEXT_HEARING)
    head = (
        child.yjs_ref, child.surname, child.forename, uk_date(child.dob),
        f"{story.partnership.area(child.la_code).name} Youth Court", uk_date(one.at), kind,
        pick(rng, lines("arrests")), uk_date(later(one.at, days=-rng.randint(20, 90))), custody_ref, plea,
        result,
        text, *order, remand,
    )  # fmt: skip
    moment = "remand" if remanded else "first_court" if is_first else ""
    ready = later(ended_by.at if ended_by else one.at, hours=5)
    version = 2 if ended_by else 1
    ends = (uk_date(ended_by.at), "New order made") if ended_by else ("", "")
    for line, condition in enumerate([("", "", ""), *_conditions(story, child, one)]):
        if line or not ended_by:
            values = (ref, line, version, *head, *condition, *(ends if line else ("", "")), following)
            about = moment if line == 0 else ""
            yield sent(
                COURT, child.la_code, ready, f"{ref}/{line}", values, version=version, child=child.key,
                moment=about,
            )  # fmt: skip


def _outcome(is_first: bool, remanded: bool, number: int) -> tuple[str, str, str, str, str]:
    if remanded:
        return "BAIL", "NG", "ADJ", "Remanded to local authority accommodation", "RLAA"
    if is_first:
        return "FIRST", "NI", "ADJ", "Conditional bail", "CB"
    if number % 2 == 0:
        return "SENTENCE", "G", "RO", "Referral order", "UB"
    return "REVIEW", "NG", "ADJ", "Adjourned for report", "CB"


def _conditions(story: Story, child: Child, one: Happening) -> list[tuple[str, str, str]]:
    """Kind, words and first day of each condition made at this hearing."""
    is_first = one == _first_hearing(story, child)
    if not is_first and one.number % 2 == 0:
        return []
    started = uk_date(one.at)
    zone = story.partnership.places_of(child.la_code, "shops")[one.number % 3].name
    return [
        ("CURFEW-TAG", "1900-0700 home address", started),
        ("EXCLUSION-ZONE", f"Not to enter {zone}; map given to the family", started),
        ("NO-UNSUPERVISED-TRAVEL", "Trains and buses only with a parent", started),
    ][: 3 if is_first else 1]


def decisions(story: Story) -> Iterator[Row]:
    for nth, one in enumerate(story.of(NRM), start=1):
        child = story.partnership.child(one.child)
        rng = story.dice("nrm", nth)
        ref = f"NRM98{nth + 600:06d}"
        is_conclusive = one.what == "live" or one.number % 2 == 0
        referred = later(one.at, days=-(75 if is_conclusive else 9))
        told = later(one.at, minutes=rng.randint(20, 120))
        values = (
            ref, 1, child.surname, child.forename, uk_date(child.dob), child.sex, "British",
            f"{story.partnership.area(child.la_code).name} Children's Services",
            FIRST_RESPONDERS[child.la_code], uk_date(referred),
            child.la_code, "made to carry drugs for adults", pick(rng, ("Y", "S")),
            "CG" if is_conclusive else "RG", "POSITIVE", uk_date(one.at), uk_time(told), "SCA", "",
        )  # fmt: skip
        yield sent(DECISIONS, "", told, ref, values, child=child.key, moment="nrm_decision", visit=one.visit)
