"""Which file does each agency send on which day, and what has reached us by now?"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from holdfast.demonstration import community, hospital, justice, live, police, schools, social_care
from holdfast.demonstration.faults import Drop, befall
from holdfast.demonstration.formats import arrival_of
from holdfast.demonstration.shape import LONDON, Row
from holdfast.demonstration.stories import Story
from holdfast.demonstration.writing import later

CUT_OFF_MINUTES = 5  # what is typed later than this before the job runs goes with the next one
EVERY_FEED = (
    police.custody, police.missing, police.intelligence, schools.exclusions, schools.attendance,
    hospital.attendances, justice.caseload, justice.court, justice.decisions, community.requests,
    community.tenancies, community.concerns, community.contacts, social_care.tables,
)  # fmt: skip

Stream = tuple[str, str, str]  # feed, table, LA code


def drops(story: Story) -> list[Drop]:
    """Every file that has reached the partnership by the last visit, in order of arrival."""
    streams: dict[Stream, list[Row]] = defaultdict(list)
    for feed in EVERY_FEED:
        for row in feed(story):
            streams[row.feed, row.table, row.la_code].append(row)
    found = [drop for stream, rows in sorted(streams.items()) for drop in _stream(story, stream, rows)]
    found.sort(key=lambda drop: (drop.drop_date, drop.path))
    found = [drop for drop in befall(found, story.starts, story.until) if drop.arrived_at <= story.until]
    return sorted(found, key=lambda drop: (drop.arrived_at, drop.path))


def _stream(story: Story, stream: Stream, rows: list[Row]) -> Iterator[Drop]:
    rows.sort(key=lambda row: (row.ready_at, row.key, row.version))
    visits = {row.visit for row in rows if row.visit}
    waiting = [row for row in rows if not row.visit]
    for drop_date, arrives, visit in _runs(story, stream, visits):
        cut_off = later(arrives, minutes=-CUT_OFF_MINUTES)
        taken = [row for row in waiting if row.ready_at <= cut_off]
        waiting = [row for row in waiting if row.ready_at > cut_off]
        taken += [row for row in rows if visit and row.visit == visit]
        if taken:
            yield Drop(*stream, drop_date, arrives, _latest(taken), is_visit=visit is not None)


def _runs(
    story: Story, stream: Stream, visits: set[datetime]
) -> Iterator[tuple[date, datetime, datetime | None]]:
    """Each run of a sender's job.  On the day of a visit with live news it runs shortly before the visit."""
    feed, table, _ = stream
    weekday, at = arrival_of(table)
    by_date = {visit.date(): visit for visit in visits}
    day = story.starts.date() + timedelta(days=1)
    while day <= story.until.date():
        if day in by_date:
            minutes = live.ARRIVES[feed, table]
            yield day, later(by_date[day], minutes=-minutes), by_date[day]
        elif weekday is None or day.weekday() == weekday:
            yield day, datetime.combine(day, at, LONDON), None
        day += timedelta(days=1)


def _latest(rows: list[Row]) -> tuple[Row, ...]:
    """A system exports each record once, as it stands when the job runs."""
    newest = {row.key: row for row in sorted(rows, key=lambda row: row.version)}
    return tuple(sorted(newest.values(), key=lambda row: (row.ready_at, row.key)))
