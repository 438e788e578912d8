"""Is the flood of the bench what it says: the same files, repeated, overtaken, late, with poison?"""

from bench.flood import flood

MADE = flood(messages=8_000, people=2_000, seed=1)


def by_path(drops):
    return {drop.path: drop for drop in drops}


def test_the_same_files_and_some_of_them_again():
    quiet, wild = by_path(MADE.quiet), by_path(MADE.wild)
    again = {path for path in wild if "_resend" in path}
    assert set(wild) - again == set(quiet)
    assert all(wild[path].content == quiet[path].content for path in quiet)
    assert all(wild[path].content == quiet[path.replace("_resend", "")].content for path in again)
    assert 0.15 < len(again) / len(quiet) < 0.25


def test_nothing_comes_before_it_was_sent_and_much_comes_late():
    quiet, wild = by_path(MADE.quiet), by_path(MADE.wild)
    delays = [wild[path].arrived_at - quiet[path].arrived_at for path in quiet]
    assert all(delay.total_seconds() >= 0 for delay in delays)
    assert 0.18 < sum(delay.total_seconds() > 0 for delay in delays) / len(delays) < 0.34
    assert 0.02 < sum(delay.days >= 3 for delay in delays) / len(delays) < 0.09


def test_one_message_in_a_hundred_is_poison_and_the_seed_makes_it_again():
    rows = sum(drop.rows for drop in MADE.quiet)
    assert 0.005 < len(MADE.poison) / rows < 0.02
    assert flood(messages=8_000, people=2_000, seed=1) == MADE
