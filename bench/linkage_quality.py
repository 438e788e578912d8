"""How often is a record put with the wrong person, and how often left apart from its own?

Run as `python -m bench.linkage_quality FOLDER [FOLDER ...]` on folders of feed drops that have a
`FOLDER-truth` beside them. The rows go through the ordinary readers and rules; nothing is written
anywhere.
"""

import csv
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench.harness import Line, Report
from bench.plain_splink import plain_people
from holdfast.feeds.adapters.told import Row, Where
from holdfast.feeds.arrivals import arrivals
from holdfast.feeds.mentions import Mention, mentions
from holdfast.feeds.naming import facts_of, message_key, record_key
from holdfast.feeds.reading import Context, read_file
from holdfast.feeds.rules import check_row, rank
from holdfast.linkage import clustering
from holdfast.linkage.comparing import Level, compare
from holdfast.linkage.rules import traits
from holdfast.linkage.scoring import Model, load, score_traits
from holdfast.linkage.terms import Edge, Identifier, IdentifierKind, Name, Profile, Sex, Verdict
from holdfast.people.rules import Facts

NOWHERE = Where(lambda text: "", lambda east, north: "", lambda name: "")
AUTHORITIES = frozenset({"991", "992", "993"})
TIMED_PAIRS = 20_000
LEAST_PRECISION, LEAST_RECALL = 0.995, 0.95  # our choice
MOST_ASKED, LEAST_TRUE, JUDGED_RECALL = 2.5, 0.6, 0.985  # per 100 rows; share; over pairs of profiles
PROOF = {"upn", "nhs", "nominal", "ref"}  # identifiers, in the words of the truth tables

Place = tuple[str, str, str]  # file, row, field


@dataclass(slots=True)
class Pack:
    """The profiles a folder gives, and which of them each named place in its rows belongs to."""

    profiles: list[Profile]
    records: dict[Place, str]
    senders: dict[Place, str]  # the sender's own reference for the person, or the place itself
    truth: dict[Place, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def eligible(self) -> Iterator[tuple[Place, str]]:
        """Yield the places by which a person can be told, each with who it truly is."""
        for place, (person, basis) in self.truth.items():
            named = "name" in basis and len(basis) > 1
            if place in self.records and (named or basis & PROOF):
                yield place, person


@dataclass(frozen=True, slots=True)
class Quality:
    precision: float
    recall: float
    false: int
    missed: int


def pack(folder: Path) -> Pack:
    """Read a folder of drops as the feeds do: the current row of each key counts, whatever came first."""
    found = Pack([], {}, {})
    said: dict[
        str, tuple[str, str, Mention, Row]
    ] = {}  # what a row says of one person, by (row's key, field)
    ranks: dict[str, str] = {}
    for row, order, place_of in _rows(folder):
        for mention, place in place_of:
            record = "|".join(record_key(row, mention))
            found.records[place] = record
            found.senders[place] = _sender(row, mention, place)
            key = f"{row.table}|{row.key}|{mention.field}"
            if order >= ranks.get(key, ""):
                ranks[key], said[key] = order, (record, row.table, mention, row)
    found.profiles = _profiles(said.values())
    found.truth = _truth(folder)
    return found


def _rows(folder: Path) -> Iterator[tuple[Row, str, list[tuple[Mention, Place]]]]:
    for arrival in arrivals(folder):
        path = folder / arrival.path
        if not path.exists():
            continue
        read = read_file(path.read_bytes(), arrival.path, arrival.declared_rows)
        if read.fault or read.table is None:
            continue
        day = read.name.drop_on or date.min
        for raw in read.rows:
            checked = check_row(read.table, raw, Context(day, AUTHORITIES))
            if not checked.is_usable:
                continue
            named = mentions(read.table, checked.values, read.name.la_code)
            key = message_key(read.table, checked.values, read.name.la_code, arrival.path, raw.number)
            own = key.partition("|")[2]
            row = Row(read.table.title, own, checked.values, NOWHERE, day, read.name.la_code)
            order = rank(read.table, checked.values, day, read.name.is_resend, raw.number)
            yield row, order, [(mention, (arrival.path, raw.number, mention.field)) for mention in named]


def _sender(row: Row, mention: Mention, place: Place) -> str:
    for found in mention.identifiers:
        if found.kind in (IdentifierKind.PERSON, IdentifierKind.NOMINAL):
            return f"{found.issuer}:{found.value}"
    return (
        f"tracker:{row.key}"
        if row.table.startswith("voluntary") and mention.field == "subject"
        else "|".join(place)
    )


def _profiles(said: Iterable[tuple[str, str, Mention, Row]]) -> list[Profile]:
    facts: dict[str, list[Facts]] = defaultdict(list)
    source: dict[str, str] = {}
    for record, table, mention, row in said:
        facts[record].append(facts_of(row, mention))
        source[record] = table
    return [profile(ref, source[ref], held) for ref, held in sorted(facts.items())]


def profile(ref: str, source: str, held: list[Facts]) -> Profile:
    """Return all that the rows of one record say together."""
    sexes = {fact.sex for fact in held if fact.sex}
    return Profile(
        ref=ref,
        source=source,
        names=frozenset(Name(name.given, name.family, name.kind) for fact in held for name in fact.names),
        born_on=frozenset(fact.born_on for fact in held if fact.born_on),
        approx_birth_year=next((fact.approx_birth_year for fact in held if fact.approx_birth_year), None),
        sex=Sex(sexes.pop()) if len(sexes) == 1 else None,
        postcodes=frozenset(home.postcode for fact in held for home in fact.addresses if home.postcode),
        addresses=frozenset(home.text for fact in held for home in fact.addresses if home.text),
        phones=frozenset(phone for fact in held for phone in fact.phones),
        identifiers=frozenset(
            Identifier(one.kind, one.issuer, one.value) for fact in held for one in fact.identifiers
        ),
    )


def _truth(folder: Path) -> dict[Place, tuple[str, frozenset[str]]]:
    path = folder.with_name(f"{folder.name}-truth") / "rows.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["file"], row["row"], row["field"]): (row["person_id"], frozenset(row["basis"].split("+")))
            for row in csv.DictReader(file)
        }


def quality(items: Iterable[tuple[str, str]]) -> Quality:
    """Compare (found person, true person) over all pairs."""
    found, true, both = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for one, other in items:
        found[one] += 1
        true[other] += 1
        both[one, other] += 1
    joined, wanted, right = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (found, true, both))
    return Quality(right / max(1, joined), right / max(1, wanted), joined - right, wanted - right)


def by_rows(given: Pack, people: dict[str, str]) -> Quality:
    return quality((people[given.records[place]], person) for place, person in given.eligible())


def by_senders(given: Pack, people: dict[str, str]) -> Quality:
    """As `by_rows`, all rows of one sender's number for a person counted once."""
    votes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for place, person in given.eligible():
        votes[given.senders[place]][people[given.records[place]], person] += 1
    return quality(max(sorted(held), key=lambda item: held[item]) for held in votes.values())


def twins_joined(given: Pack, people: dict[str, str], model: Model) -> int:
    """Count joined pairs of different people who were born on one day and share a family name."""
    known = {one.ref: traits(one) for one in given.profiles}
    true = {given.records[place]: person for place, person in given.eligible()}
    held: dict[str, list[str]] = defaultdict(list)
    for ref in true:
        held[people[ref]].append(ref)
    count = 0
    for refs in held.values():
        for i, a in enumerate(refs):
            for b in refs[i + 1 :]:
                if true[a] != true[b]:
                    levels = compare(known[a], known[b], model.common_families)
                    count += Level.OTHER_GIVEN in levels.values() and Level.SAME in levels.values()
    return count


def queue(given: Pack, people: dict[str, str], edges: Iterable[Edge]) -> dict[tuple[str, str], bool]:
    """Return each pair of people a reviewer would be asked about, and whether the two records shown, those
    most alike, are truly one person's."""
    true = {given.records[place]: person for place, person in given.eligible()}
    asked: dict[tuple[str, str], bool] = {}
    for edge in sorted(edges, key=lambda edge: edge.score.bits):  # the most alike is the last word
        one, other = sorted((people[edge.left], people[edge.right]))
        is_open = edge.verdict in (Verdict.ASK, Verdict.SAME) and one != other
        if is_open and {edge.left, edge.right} <= true.keys():
            asked[one, other] = true[edge.left] == true[edge.right]
    return asked


def judged(people: dict[str, str], asked: dict[tuple[str, str], bool]) -> dict[str, str]:
    """Return who everybody is once each question is answered as the truth has it."""
    names = {name: name for name in people.values()}
    for (one, other), is_one in sorted(asked.items()):
        if is_one:
            first, second = names[one], names[other]
            names = {name: first if held == second else held for name, held in names.items()}
    return {ref: names[name] for ref, name in people.items()}


def report(folder: Path, model: Model) -> list[Line]:
    """Print the figures of one folder; return those that have a budget."""
    given = pack(folder)
    start = time.perf_counter()
    edges = clustering.edges(given.profiles, model)
    scored = time.perf_counter()
    links = [(edge.left, edge.right) for edge in edges]
    people = clustering.cluster(given.profiles, links, clustering.Weighing(model))
    done = time.perf_counter()
    rows, senders = by_rows(given, people), by_senders(given, people)
    asked = queue(given, people, edges)
    after = by_senders(given, judged(people, asked))
    print(f"{folder.name}: {len(given.profiles)} records, {len(edges)} pairs compared", end=" ")
    print(f"({scored - start:.1f} s), clustered ({done - scored:.1f} s), model {model.version}")
    plain = by_senders(given, plain_people(given.profiles))
    for name, found in (
        ("pairs of rows", rows), ("pairs of profiles", senders), ("profiles, queue judged", after),
        ("plain Splink, profiles", plain),
    ):  # fmt: skip
        print(f"  {name:22} precision {found.precision:.4f}  recall {found.recall:.4f}", end="")
        print(f"  false {found.false}  missed {found.missed}")
    share = 100 * len(asked) / max(1, len(given.truth))
    twins = twins_joined(given, people, model)
    print(f"  twins joined {twins}", end="")
    print(f"; to ask {len(asked)} pairs of people, {share:.2f} per 100 rows, {sum(asked.values())} true")
    print(f"  one pair: score {_microseconds(given, edges, model):.1f} µs")
    return [
        *_lines(folder.name, len(given.profiles), rows, twins),
        *_profile_lines(folder.name, len(given.profiles), senders, plain),
        *_queue_lines(folder.name, len(given.profiles), asked, share, after),
    ]


def _microseconds(given: Pack, edges: list[Edge], model: Model) -> float:
    """Return how long one pair takes to score, the traits being known, on this machine now."""
    known = {one.ref: traits(one) for one in given.profiles}
    pairs = [(known[edge.left], known[edge.right]) for edge in edges[:TIMED_PAIRS]]
    start = time.perf_counter()
    for a, b in pairs:
        score_traits(a, b, model)
    return 1e6 * (time.perf_counter() - start) / max(1, len(pairs))


def _lines(name: str, size: int, rows: Quality, twins: int) -> list[Line]:
    told = f"{size:,} records"
    figures = (
        ("precision, pairs of rows", f"{rows.precision:.4f}", f"≥ {LEAST_PRECISION}"),
        ("recall, pairs of rows", f"{rows.recall:.4f}", f"≥ {LEAST_RECALL}"),
        ("twins made one", f"{twins}", "0"),
    )
    kept = (rows.precision >= LEAST_PRECISION, rows.recall >= LEAST_RECALL, twins == 0)
    return [
        Line(f"{name}: {what}", told, ours, budget=budget, is_kept=is_kept)
        for (what, ours, budget), is_kept in zip(figures, kept, strict=True)
    ]


def _profile_lines(name: str, size: int, ours: Quality, plain: Quality) -> list[Line]:
    """The same over pairs of profiles, with plain Splink beside: it has no rule of its own for twins."""
    beside = f"{plain.precision:.4f}, {plain.recall:.4f} (plain Splink)"
    said = f"{ours.precision:.4f}, {ours.recall:.4f}"
    kept = ours.precision >= LEAST_PRECISION and ours.recall >= LEAST_RECALL
    budget = f"≥ {LEAST_PRECISION}, ≥ {LEAST_RECALL}"
    return [
        Line(f"{name}: precision, recall, profiles", f"{size:,} records", said, beside, None, budget, kept)
    ]


def _queue_lines(
    name: str, size: int, asked: dict[tuple[str, str], bool], share: float, after: Quality
) -> list[Line]:
    told, true = f"{size:,} records", sum(asked.values()) / max(1, len(asked))
    figures = (
        ("questions per 100 rows", f"{share:.2f}", f"≤ {MOST_ASKED}", share <= MOST_ASKED),
        ("questions that are one person", f"{100 * true:.0f} %", f"≥ {LEAST_TRUE:.0%}", true >= LEAST_TRUE),
        ("recall, profiles, queue judged", f"{after.recall:.4f}", f"≥ {JUDGED_RECALL}",
         after.recall >= JUDGED_RECALL),
    )  # fmt: skip
    return [
        Line(f"{name}: {what}", told, ours, "", None, budget, kept) for what, ours, budget, kept in figures
    ]


def main() -> int:
    whole = Report("linkage_quality", "How often is a record put with the wrong person, or left apart?")
    for name in sys.argv[1:]:
        whole.lines += report(Path(name), load())
    return whole.finish()


if __name__ == "__main__":
    sys.exit(main())
