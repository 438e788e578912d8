"""Times come from the database as they were put in, in UTC, by the quick way and by the long one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection

from holdfast.kit.times import TimeLoader

SUMMER = datetime(2026, 6, 1, 9, 30, 15, 123456, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.django_db
@pytest.mark.parametrize("at", [SUMMER, datetime(2026, 1, 1, tzinfo=UTC), datetime(1890, 1, 1, tzinfo=UTC)])
def test_a_time_comes_back_the_same_and_in_utc(at):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, extract(epoch FROM %s::timestamptz)::float8", [at, at])
        back, seconds = cursor.fetchone()
    assert back == at and back.tzinfo is UTC and seconds == pytest.approx(at.timestamp(), abs=1e-6)


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kolkata"])
def test_a_connection_in_another_zone_says_the_same_time(zone):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL TimeZone = '{zone}'")
        cursor.execute("SELECT %s::timestamptz", [SUMMER])
        back = cursor.fetchone()[0]
    assert back == SUMMER and back.tzinfo is UTC


@pytest.mark.django_db
def test_a_time_beyond_all_years_is_refused_in_words():
    with connection.cursor() as cursor, pytest.raises(Exception, match="infinity|too large|year"):
        cursor.execute("SELECT 'infinity'::timestamptz")
        cursor.fetchone()


@pytest.mark.django_db
def test_it_is_our_loader_that_reads():
    connection.ensure_connection()
    loader = connection.connection.adapters.get_loader(1184, 0)
    assert loader is TimeLoader
