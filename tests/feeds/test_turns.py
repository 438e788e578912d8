"""Does a feed that sends a great many rows at once keep back another feed's one row?"""

import pytest

from holdfast.feeds.applying import BATCH, ROWS_TOGETHER, in_turn, waiting_rows
from holdfast.feeds.models import Delivery, Feed, Message
from tests import make

pytestmark = pytest.mark.django_db


def sent(name: str, rows: int, minutes: int) -> list[int]:
    feed = Feed.objects.create(name=name, label=name, expected_every=make.NOW - make.LONG_AGO)
    at = make.NOW.replace(minute=minutes)
    delivery = Delivery.objects.create(
        feed=feed, path=name, sha256=name, drop_on=make.NOW.date(), arrived_at=at
    )
    made = Message.objects.bulk_create([Message(delivery=delivery, row=f"{n}", text="") for n in range(rows)])
    return [message.pk for message in made]


def test_the_feeds_take_turns():
    flood, one = sent("flood", 5 * BATCH, 0), sent("quiet", 3, 1)
    first = waiting_rows()
    assert len(first) == BATCH
    assert set(one) <= set(first[: 2 * ROWS_TOGETHER]), "its turn comes after one of the flood's"
    assert [key for key in first if key in flood] == flood[: BATCH - 3], "each feed in its own order"
    assert [len(together) for together in in_turn(first)] == [ROWS_TOGETHER] * (BATCH // ROWS_TOGETHER)


def test_a_row_that_rests_gives_up_its_turn():
    rows = sent("flood", 3, 0)
    assert waiting_rows(but=rows[:1]) == rows[1:]
