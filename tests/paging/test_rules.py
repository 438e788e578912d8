"""Trying never stops, and never waits long."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.paging.rules import LONGEST_RETRY, retry_after, step_index


@pytest.mark.parametrize("attempts, seconds", [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (100_000, 60)])
def test_retry_after(attempts: int, seconds: int) -> None:
    assert retry_after(attempts) == timedelta(seconds=seconds)


@given(st.integers(1, 10**9))
def test_a_retry_always_comes(attempts: int) -> None:
    assert timedelta(0) < retry_after(attempts) <= retry_after(attempts + 1) <= LONGEST_RETRY


@pytest.mark.parametrize("number, index", [(1, 0), (3, 2), (4, 0), (301, 0)])
def test_after_the_last_step_the_first_comes_again(number: int, index: int) -> None:
    assert step_index(number, 3) == index
