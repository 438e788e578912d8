"""What do schools send?  Suspensions, permanent exclusions and weeks in alternative provision."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from holdfast.demonstration.shape import Child, Happening, Row, School
from holdfast.demonstration.stories import EXCLUSION, PROVISION, SUSPENSION, Story
from holdfast.demonstration.tables import pick
from holdfast.demonstration.writing import dfe, later, sent, uk_date

EXCLUSIONS, ATTENDANCE = ("schools", "exclusions"), ("schools", "attendance_ap")
FULL_WEEK_HOURS = 25
AUTUMN = 9  # the month in which a school year begins
YEAR_AND_AGE = 5  # a child of 11 on 31 August starts year 7: one year below the age at its end
PROVISION_KINDS = ("Pupil referral unit", "Alternative provision")


def year_group(dob: date, on: date) -> int:
    """The national curriculum year of a child born then."""
    autumn = on.year if on.month >= AUTUMN else on.year - 1
    turned = autumn - dob.year - (1 if dob.month >= AUTUMN else 0)
    return turned - YEAR_AND_AGE + 1


def exclusions(story: Story) -> Iterator[Row]:
    counts: Counter[str] = Counter()
    for one in story.of(SUSPENSION, EXCLUSION):
        child = story.partnership.child(one.child)
        counts[child.la_code] += 1
        yield _exclusion(
            story, f"EX{child.la_code}-{one.at:%y}-{counts[child.la_code] + 100:04d}", child, one
        )


def _exclusion(story: Story, ref: str, child: Child, one: Happening) -> Row:
    rng = story.dice("exclusion", ref)
    is_permanent = one.kind == EXCLUSION
    school_days = _school_days(one.at.date(), one.ends_at.date()) if one.ends_at else 0
    values = (
        ref, 1, child.upn, child.surname, child.forename, child.known_as, uk_date(child.dob), child.sex,
        year_group(child.dob, one.at.date()), dfe(child.ethnicity), child.home.postcode, child.school.urn,
        child.school.name, "PERM" if is_permanent else "SUSP",
        "OW" if is_permanent else pick(rng, ("DB", "PP", "VA", "DB", "OW")), "", "", uk_date(one.at),
        "" if is_permanent else uk_date(one.ends_at), "" if is_permanent else school_days * 2,
        "E" if child.has_ehc_plan else pick(rng, "NNK"), "Y" if child.in_care else "N", "",
    )  # fmt: skip
    moment = "permanent_exclusion" if is_permanent else ""
    ready = later(one.at, hours=2)
    return sent(
        EXCLUSIONS, child.la_code, ready, ref, values, child=child.key, moment=moment, visit=one.visit
    )


def _school_days(first: date, last: date) -> int:
    days = (last - first).days + 1
    return sum((first + timedelta(days=nth)).weekday() < 5 for nth in range(days))


def attendance(story: Story) -> Iterator[Row]:
    """One row for each week of each placement; a child's next placement ends the one before."""
    starts = story.of(PROVISION)
    for nth, one in enumerate(starts, start=1):
        following = (two.at for two in starts if two.child == one.child and two.at > one.at)
        child = story.partnership.child(one.child)
        yield from _weeks(story, f"AP{child.la_code}{nth + 40:04d}", child, one, next(following, story.until))


def _weeks(story: Story, ref: str, child: Child, one: Happening, until: datetime) -> Iterator[Row]:
    rng = story.dice("provision", child.key, one.number)
    options = [
        school
        for school in story.partnership.schools
        if school.la_code == child.la_code and school.type in PROVISION_KINDS
    ]
    provider = pick(rng, options)
    was_excluded = child.times(EXCLUSION) > 0
    kind = "DAY6" if was_excluded else pick(rng, ("S19", "S29A", "PART"))
    planned = pick(rng, (25.0, 20.0, 15.0))
    started = one.at.date()
    monday = started - timedelta(days=started.weekday())
    while later(one.at, days=(monday - started).days + 4, hours=8) <= until:
        ready = later(one.at, days=(monday - started).days + 4, hours=8)
        yield _week(story, ref, child, provider, kind, started, monday, planned, ready)
        monday += timedelta(days=7)


def _week(
    story: Story,
    ref: str,
    child: Child,
    provider: School,
    kind: str,
    started: date,
    monday: date,
    planned: float,
    ready: datetime,
) -> Row:
    rng = story.dice("week", ref, monday)
    attended = min(planned, round(planned * rng.uniform(0.45, 1.15) * 2) / 2)
    missed = attended < planned
    comment = pick(
        rng, ("", "", "Good week", "Bus did not come on two days", "Asked to stay late to finish work")
    )
    values = (
        ref, child.upn, child.surname, child.forename, uk_date(child.dob), child.school.urn, provider.urn,
        provider.name, kind, uk_date(started), "", uk_date(monday), planned, attended,
        pick(rng, "IMOG") if missed else "", comment,
    )  # fmt: skip
    return sent(ATTENDANCE, child.la_code, ready, f"{ref}/{monday}", values, child=child.key)
