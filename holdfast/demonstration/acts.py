"""What did people do, and when?  Every act of the story between two times, the earliest first."""

from datetime import datetime

from holdfast.demonstration.answering import answers
from holdfast.demonstration.caring import care
from holdfast.demonstration.doing import Act
from holdfast.demonstration.drops import drops
from holdfast.demonstration.faults import Drop
from holdfast.demonstration.folder import to_the_minute
from holdfast.demonstration.shape import Partnership, Row
from holdfast.demonstration.stories import first_day, tell
from holdfast.demonstration.telling import tellings


def acts(partnership: Partnership, visits: tuple[datetime, ...]) -> list[Act]:
    """The acts between the last two visits."""
    visits = tuple(to_the_minute(visit) for visit in visits)
    since = visits[-2] if len(visits) > 1 else first_day(partnership.today)
    story = tell(partnership, visits)
    delivered = drops(story)
    found = [*care(story, _first_known(delivered)), *answers(story, _moments(delivered)), *tellings(story)]
    found = [act for act in found if since < act.at <= visits[-1]]
    return sorted(found, key=lambda act: (act.at, act.child, type(act).__name__))


def _first_known(delivered: list[Drop]) -> dict[str, datetime]:
    """When the first message about each child arrived."""
    first: dict[str, datetime] = {}
    for drop in delivered:
        for row in drop.rows:
            if row.child:
                first.setdefault(row.child, drop.arrived_at)
    return first


def _moments(delivered: list[Drop]) -> list[tuple[Row, datetime]]:
    """The rows that tell of a moment, each happening once, with the time its first message arrived."""
    seen: dict[tuple[str, str], tuple[Row, datetime]] = {}
    for drop in delivered:
        for row in drop.rows:
            if row.moment:
                seen.setdefault((row.table, row.key), (row, drop.arrived_at))
    return list(seen.values())
