"""Who opens a child's record, joins the team and writes down what matters to the child?  §4.7, §7."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from holdfast.demonstration.doing import (
    Act,
    AddKnockLine,
    AddLike,
    AddStrength,
    AnswerQuestion,
    AskQuestion,
    JoinTeam,
    NameTrustedAdult,
    OpenRecord,
    RecordContact,
    WriteWords,
)
from holdfast.demonstration.roles import who_may_go
from holdfast.demonstration.shape import LONDON, Child
from holdfast.demonstration.stories import Story
from holdfast.demonstration.tables import lines, pick, table
from holdfast.demonstration.writing import later

NOT_OPENED = {"c18", "c42", "c44"}  # met once and not opened by anyone: their pages stay provisional
LEADS = {"981": ("p03", "p04"), "982": ("p09",), "983": ("p14",)}
YOUTH_WORKERS = {"981": "p16", "982": "p17", "983": "p22"}
# Which part of a child's story brings whom to the team, and for what.
TEAM = (
    ("Y", "p10", "Court dates, and time with the child before each"),
    ("P", "p19", "A full week of learning"),
    ("E", "p19", "A school place, from the first day"),
    ("I", "p21", "Someone known at the hospital"),
    ("H", "p24", "A safe home, and the tenancy kept"),
    ("C", "p25", "An answer when the parents ring, and someone on their side"),
    ("T", "p23", "Action against the adults who are exploiting"),
)
LARGEST_TEAM = 5  # our choice: more than this needs a reason of its own
ASK_EVERY_DAYS = 40  # our choice
FIND_OUT_IN_DAYS = (12, 45)  # our choice
LATE_SHARE = 0.15  # of the questions: our choice
VISIT_EVERY_DAYS = 11  # how often a trusted worker sees a child: our choice
LEAD_VISITS_EVERY_DAYS = 25  # when no worker is the one the child trusts: our choice


def lead_of(child: Child) -> str:
    options = LEADS[child.la_code]
    return options[int(child.key[1:]) % len(options)]


def care(story: Story, first_known: dict[str, datetime]) -> Iterator[Act]:
    """Acts on each child's record, from the working day after the first message about the child."""
    for child in story.partnership.children:
        if child.key in NOT_OPENED or child.key not in first_known:
            continue
        opened = working_hour(first_known[child.key], 1, story.dice("opened", child.key).randint(0, 400))
        lead = lead_of(child)
        yield OpenRecord(
            opened, lead, child.key, "Several agencies know a part; somebody should know the whole"
        )
        yield from _team(story, child, opened, lead)
        yield from _child_first(story, child, opened, lead)
        yield from _questions(story, child, opened, lead)
        yield from _visits(story, child, opened, lead)


def working_hour(after: datetime, days: int, minutes: int) -> datetime:
    """A time in working hours so many days on; never on a weekend."""
    day = (after + timedelta(days=days)).date()
    while day.weekday() > 4:
        day += timedelta(days=1)
    return later(datetime.combine(day, time(9, 15), LONDON), minutes=minutes)


def members(story: Story, child: Child) -> list[tuple[str, str]]:
    """Who is on a child's team and for what: the lead first, then whoever the child trusts."""
    found = {lead_of(child): "Holds the plan together"}
    trusted = story.partnership.about_child(child.key).trust_name
    if trusted in {row["key"] for row in table("practitioners")}:
        found.setdefault(trusted, "The person the child trusts")
    if child.times("V"):
        found.setdefault(YOUTH_WORKERS[child.la_code], "Time out of the house, and someone to ring")
    for letter, key, purpose in TEAM:
        if child.times(letter) and len(found) < LARGEST_TEAM:
            found.setdefault(key, purpose)
    return list(found.items())


def _team(story: Story, child: Child, opened: datetime, lead: str) -> Iterator[Act]:
    for nth, (key, purpose) in enumerate(members(story, child)):
        at = later(opened, minutes=4) if nth == 0 else working_hour(opened, nth * 2, 30 * nth)
        yield JoinTeam(at, lead, child.key, key, purpose, nth == 0)


def _child_first(story: Story, child: Child, opened: datetime, lead: str) -> Iterator[Act]:
    about = story.partnership.about_child(child.key)
    rng = story.dice("child first", child.key)
    yield AddStrength(later(opened, minutes=7), lead, child.key, about.strength)
    yield AddLike(working_hour(opened, 2, 40), lead, child.key, about.likes)
    workers = {row["key"] for row in table("practitioners")}
    is_worker = about.trust_name in workers
    told_to = about.trust_name if is_worker else lead
    if about.trust_by:
        yield NameTrustedAdult(
            working_hour(opened, 3, 75), told_to, child.key, about.trust_by,
            about.trust_name if is_worker else "", "" if is_worker else about.trust_name,
            about.trust_relation,
        )  # fmt: skip
    if about.words:
        yield WriteWords(working_hour(opened, 5, 320), told_to, child.key, about.words, told_to)
    for nth, line in enumerate(rng.sample(lines("before_you_knock"), 2)):
        yield AddKnockLine(working_hour(opened, 4 + nth, 25), told_to, child.key, line)


def _questions(story: Story, child: Child, opened: datetime, lead: str) -> Iterator[Act]:
    """Something nobody knows yet, every few weeks; most is found out in time, the rest a little late."""
    rng = story.dice("questions", child.key)
    owners = [key for key, _ in members(story, child)]
    rows = rng.sample(table("questions"), len(table("questions")))
    number = 0
    while (at := working_hour(opened, 3 + number * ASK_EVERY_DAYS, 150)) <= story.until:
        row = rows[number % len(rows)]
        question, answer = (row[column].format(first=child.called) for column in ("question", "answer"))
        owner, days = pick(rng, owners), rng.randint(*FIND_OUT_IN_DAYS)
        late = rng.random() < LATE_SHARE
        yield AskQuestion(at, lead, child.key, question, owner, at.date() + timedelta(days=days))
        yield AnswerQuestion(
            working_hour(at, days + (3 if late else -4), 210), owner, child.key, question, answer
        )
        number += 1


def _visits(story: Story, child: Child, opened: datetime, lead: str) -> Iterator[Act]:
    """The ordinary visits of a worker whom the child trusts, or less often of the one in the lead."""
    trusted = story.partnership.about_child(child.key).trust_name
    goes, every = (trusted, VISIT_EVERY_DAYS) if trusted in who_may_go() else (lead, LEAD_VISITS_EVERY_DAYS)
    number = 1
    while (at := _visit_at(story, child, opened, number * every)) <= story.until:
        rng = story.dice("visit", child.key, number)
        words = pick(rng, lines("said")) if rng.random() < 0.6 else ""
        place = pick(rng, ("the cafe", "home", "school", "a walk by the water", "the youth centre"))
        number += 1
        yield RecordContact(
            at, goes, child.key, None, True, place, words, pick(rng, lines("offered")), rng.random() < 0.8,
            _visit_at(story, child, opened, number * every),
        )  # fmt: skip


def _visit_at(story: Story, child: Child, opened: datetime, days: int) -> datetime:
    return working_hour(opened, days, story.dice("visit at", child.key, days).randint(60, 560))
