"""Is a date read as its sender meant it, and asked about where that is not certain?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.feeds.reading.dates import LONDON, NotRead, SkippedHour, read_date, read_date_time
from holdfast.feeds.terms import DateStyle

WRITTEN, BY_HAND = DateStyle.WRITTEN_OUT, DateStyle.TYPED_BY_HAND
SENT = date(2025, 8, 8)  # a Friday


@pytest.mark.parametrize(
    "text, found",
    [
        ("05/11/2025", date(2025, 11, 5)),
        ("5/11/2025", date(2025, 11, 5)),
        ("05-11-2025", date(2025, 11, 5)),
        ("05.11.2025", date(2025, 11, 5)),
        ("2025-11-05", date(2025, 11, 5)),
        ("2025/11/05", date(2025, 11, 5)),
        ("2025-11-05 00:00:00.000", date(2025, 11, 5)),
        ("05-Nov-2025", date(2025, 11, 5)),
        ("5 November 2025", date(2025, 11, 5)),
        ("5th Sept 2025", date(2025, 9, 5)),
        ("Wed 05/11/2025", date(2025, 11, 5)),
        ("29/02/2024", date(2024, 2, 29)),
        ("05.11.25", date(2025, 11, 5)),
        ("05/11/25", date(2025, 11, 5)),
        ("05-Nov-25", date(2025, 11, 5)),
        ("24/11/24", date(2024, 11, 24)),
    ],
)
def test_dates_that_can_mean_one_day(text, found):
    assert read_date(text, WRITTEN, SENT) == found
    assert read_date(text, BY_HAND, SENT) == found


@pytest.mark.parametrize(
    "text, why",
    [
        ("31/02/2010", "is not a date"),
        ("29/02/2025", "is not a date"),
        ("11/25/2025", "is not a date"),
        ("00/00/0000", "is not a date"),
        ("1900-00-00", "is not a date"),
        ("2026-13-45", "is not a date"),
        ("unknown", "is not a date"),
        ("TBC", "is not a date"),
        ("45870", "is not a date"),
        ("20251105", "is not a date"),
        ("05/11/19", "has a year of two digits that could be another"),
        ("05/11/27", "has a year of two digits that could be another"),
        ("5 November", "has no year"),
        ("05/11/0001", "is a date in a year that cannot be meant"),
        ("05/11/9999", "is a date in a year that cannot be meant"),
        ("Thu 05/11/2025", "names a Thu, but that day was a Wed"),
        ("5 Ma 2025", "is not a date"),
        ("5 Jux 2025", "is not a date"),
        ("٥/١١/٢٠٢٥x", "is not a date"),
    ],
)
def test_what_is_not_certain_is_asked(text, why):
    with pytest.raises(NotRead) as trouble:
        read_date(text, WRITTEN, SENT)
    assert trouble.value.why == why


@pytest.mark.parametrize(
    "text, found",
    [
        ("Fri 1/8/25", date(2025, 8, 1)),
        ("12.10.2009", date(2009, 10, 12)),
        ("07/08/11", date(2011, 8, 7)),
        ("Mon 25/10/10", date(2010, 10, 25)),
        ("05/06/75", date(1975, 6, 5)),
        ("1st July", date(2025, 7, 1)),
        ("8th August", date(2025, 8, 8)),
        ("9th August", date(2024, 8, 9)),  # a date to come would be read as last year's
        ("17th August 2025", date(2025, 8, 17)),
        ("5/1/26", date(2026, 1, 5)),  # something to be done by next January
        ("45863", date(2025, 7, 25)),  # the day's number in a workbook
    ],
)
def test_what_workers_type_by_hand(text, found):
    assert read_date(text, BY_HAND, SENT) == found


@pytest.mark.parametrize(
    "text, found",
    [
        ("05.11.09", date(2009, 11, 5)),
        ("05/11/25", date(2025, 11, 5)),  # its day is to come: whoever reads the row asks
        ("05-Nov-26", date(1926, 11, 5)),
        ("01/02/75", date(1975, 2, 1)),
    ],
)
@pytest.mark.parametrize("style", [WRITTEN, BY_HAND])
def test_a_birth_date_lies_in_the_past(text, found, style):
    assert read_date(text, style, SENT, is_birth=True) == found


def test_a_day_that_neither_of_the_two_years_had_is_asked():
    with pytest.raises(NotRead):
        read_date("29th February", BY_HAND, SENT)
    assert read_date("29th February", BY_HAND, date(2024, 8, 8)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text, utc",
    [
        ("05/11/2025 21:59", "2025-11-05T21:59"),
        ("2025-07-05 21:59:30", "2025-07-05T20:59:30"),
        ("2025-07-05T21:59:30+01:00", "2025-07-05T20:59:30"),
        ("2025-07-05T21:59:30Z", "2025-07-05T21:59:30"),
        ("2025-07-05T21:59:30.123-0500", "2025-07-06T02:59:30"),
        ("26/10/2025 01:20", "2025-10-26T00:20"),  # came twice: the first
        ("26/10/2025 02:20", "2025-10-26T02:20"),
        ("29/03/2026 02:10", "2026-03-29T01:10"),
        ("29/03/2026 00:59", "2026-03-29T00:59"),
    ],
)
def test_times_are_london_time(text, utc):
    found = read_date_time(text, WRITTEN, SENT)
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert found.replace(tzinfo=None) == found.astimezone(LONDON).replace(tzinfo=None)


@pytest.mark.parametrize("text", ["29/03/2026 01:00", "29/03/2026 01:59", "2026-03-29 01:30:00"])
def test_the_hour_that_is_skipped_has_a_day_and_no_time(text):
    with pytest.raises(SkippedHour) as trouble:
        read_date_time(text, WRITTEN, SENT)
    assert trouble.value.day == date(2026, 3, 29)


@pytest.mark.parametrize(
    "text", ["05/11/2025", "05/11/2025 24:00", "05/11/2025 12:60", "2025-07-05T21:59+99:00", "12:00"]
)
def test_a_time_that_is_not_there_or_cannot_be_is_asked(text):
    with pytest.raises(NotRead):
        read_date_time(text, WRITTEN, SENT)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_from_every_way_of_writing_it(day):
    for way in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%a %d-%b-%Y", "%d.%m.%Y"):
        assert read_date(day.strftime(way), WRITTEN, SENT) == day


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_a_time_is_read_to_the_minute_or_asked(time):
    try:
        found = read_date_time(f"{time:%d/%m/%Y %H:%M}", WRITTEN, SENT)
    except SkippedHour as trouble:
        found = trouble.ran_on - timedelta(hours=1)
    assert found.replace(tzinfo=None) == time.replace(second=0, microsecond=0)


@given(st.text(max_size=30), st.sampled_from(DateStyle))
def test_no_text_makes_reading_fail_otherwise(text, style):
    for read in (read_date, read_date_time):
        try:
            read(text, style, SENT)
        except NotRead as trouble:
            assert trouble.why
