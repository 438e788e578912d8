"""Anyone in the team: a child's page and the whole story, strengths first."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from holdfast.audit.terms import System
from holdfast.chronology.commands import tell_event
from holdfast.chronology.rules import EventFacts
from holdfast.chronology.terms import EventKind, Role
from holdfast.identification.commands import ask
from holdfast.people.models import Person
from holdfast.people.terms import Role as Work
from holdfast.relationships.commands import keep_words
from tests import make
from tests.journeys.browsing import Visit
from tests.journeys.conftest import House
from tests.journeys.scene import EVENING, MINUTE, Scene, arrest, evening, worker

pytestmark = [pytest.mark.journey, pytest.mark.slow]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WIDTHS = pytest.mark.parametrize("width", [390, 1280])
WITH_AND_WITHOUT = pytest.mark.parametrize(("width", "script"), [(390, True), (1280, True), (390, False)])
ORDER = (
    "Good with engines",
    "Sol Ferreira",
    "In custody",
    "“I want one person",
    "What is going well",
    "What changed",
    "What we do not know",
    "Who is involved",
    "Whose records these are",
)
CALL = "Call Sol Ferreira, 01632\N{NO-BREAK SPACE}960\N{NO-BREAK SPACE}004"
OF_AUTUMN = 6  # entries of the scene
MANY = 34  # contacts over many months: more than fit on one page


@pytest.fixture
def scene(house: House) -> Scene:
    """Rafe's autumn as police, a hospital, a court and a school told it."""
    house.at(EVENING - 30 * DAY)
    made = evening()
    by, rafe = made.sol, made.rafe
    words = "I want one person who tells me what’s happening before it happens. Not five people after."
    keep_words(
        by=by,
        at=EVENING - 16 * DAY,
        person=rafe,
        words=words,
        told_to="Sol Ferreira",
        said_at=EVENING - 16 * DAY,
        is_at_top=True,
    )
    ask(
        by=by,
        at=EVENING - 12 * DAY,
        person=rafe,
        question="Who is ringing him late at night?",
        owner=by,
        how="on the way to boxing",
        due_on=date(2026, 11, 21),
    )
    ask(by=by, at=EVENING - 12 * DAY, person=rafe, question="What would his dad like to do?")
    happened(rafe)
    # What came before Holdfast is told, but keeps nobody waiting.
    arrest(EVENING - 5 * DAY, EVENING - 27 * DAY, "CW/01100/26", is_history=True)
    arrest(EVENING - 5 * MINUTE, EVENING - 60 * MINUTE)
    house.at(EVENING)
    return made


def happened(rafe: Person) -> None:
    tell(rafe, EventKind.HEARING, 40, "Court: Conditional bail", "yjs/court", part=Role.CAUSED_HARM)
    at_home = {"text": "At home from 19:00 to 07:00", "code": "CURFEW-TAG"}
    tell(rafe, EventKind.COURT_CONDITION, 40, "Condition in force: curfew tag", "yjs/court", **at_home)
    phone = "A cut to the hand. He said that someone tried to take his phone."
    tell(rafe, EventKind.HOSPITAL, 9, "Hurt, and in hospital", "hospital/ed", part=Role.HARMED, text=phone)
    graded = {"source_evaluation": "2", "assessment": "C"}
    words = "He may have been told to meet another person"
    tell(rafe, EventKind.INTELLIGENCE, 7, words, "police_intel/intel", part=Role.NAMED, **graded)


def tell(
    rafe: Person, kind: EventKind, ago: int, title: str, source: str, part: Role = Role.ABOUT, **more: Any
) -> None:
    """An event some days ago in the afternoon, as an export told it the next morning."""
    at = (EVENING - ago * DAY).replace(hour=16, minute=20)
    facts = EventFacts(
        kind=kind, source=source, source_ref=f"{title} {ago}", title=title, happened_at=at, agency_knew_at=at,
        participants=(("subject", part),), **more,
    )  # fmt: skip
    tell_event(
        by=System.FEEDS, at=at + 14 * HOUR, facts=facts, records={"subject": rafe.records.earliest("pk")}
    )


@WITH_AND_WITHOUT
def test_his_page_strengths_first(house: House, scene: Scene, width: int, script: bool) -> None:
    with house.visit(scene.sol, width, script) as sol:
        sol.go(f"/children/{scene.rafe.ref}")
        words = sol.words().partition("Rafe 16")[2]
        places = [words.index(part) for part in ORDER]
        assert places == sorted(places), "in the order in which they are needed"
        assert CALL in sol.page.inner_text("body"), "a number never breaks across lines"
        assert "Who is ringing him late at night? Sol Ferreira will find out: on the way to boxing." in words
        assert "What would his dad like to do? Nobody yet. Say a name before moving on." in words
        assert "Curfew tag At home from 19:00 to 07:00" in words
        sol.look("child" if script else "")


@WIDTHS
def test_writing_something_down(house: House, scene: Scene, width: int) -> None:
    with house.visit(scene.sol, width) as sol:
        sol.go(f"/children/{scene.rafe.ref}")
        part = sol.page.locator("details", has_text="What is going well").first
        part.locator("summary").click()
        part.get_by_role("button").click()
        assert "There is a problem" in sol.words()
        sol.look("child-error")
        part = sol.page.locator("details[open]").first
        part.locator("input[type=text]").nth(0).fill("Mended his nan’s radio")
        part.locator("input[type=text]").nth(1).fill("Nan")
        part.get_by_role("button").click()
        assert "Mended his nan’s radio. Nan, 18 November" in sol.words()


@WIDTHS
def test_nobody_yet_is_an_answer(house: House, scene: Scene, width: int) -> None:
    kit = make.child(scene.area, name="Kit Barlow", born_on=date(2011, 5, 2))
    with house.visit(scene.amira, width) as amira:
        amira.go(f"/children/{kit.ref}")
        assert "Trusts: nobody yet. Who could become that person is the first question." in amira.words()
        assert "We have not yet heard from Kit. Nobody yet is to ask." in amira.words()
        assert "No open question is written down. That does not mean that all is known." in amira.words()
        amira.look("child-nobody-yet")
        amira.press("Timeline", role="link", exact=True)
        assert "Nothing is written down about Kit yet." in amira.words()
        amira.look("timeline-empty")


@WITH_AND_WITHOUT
def test_one_story(house: House, scene: Scene, width: int, script: bool) -> None:
    with house.visit(scene.amira, width, script) as amira:
        amira.go(f"/children/{scene.rafe.ref}/timeline")
        words = amira.words()
        assert "Role Rafe: harmed" in words and "Role Rafe: has harmed someone" in words
        assert "Grade 2C: untested source, known indirectly, not corroborated" in words
        assert "Source Hospital" in words and "We knew" in words
        amira.look("timeline" if script else "")
        filtered(amira)


def filtered(amira: Visit) -> None:
    if amira.width < 800:
        amira.page.locator(".hf-filter-link").click()
        amira.look("timeline-filter" if amira.has_script else "")
    for box in amira.page.get_by_role("group", name="Show").get_by_role("checkbox").all():
        if "Moments" not in (
            box.evaluate("box => box.labels[0].innerText")
            if amira.has_script
            else box.locator("xpath=../label").inner_text()
        ):
            box.uncheck()
    amira.press("Apply filters")
    assert re.search(r"1 of \d kinds shown", amira.words())
    assert "Arrested, and taken to Carrow Central" in amira.words()
    assert "He may have been told to meet another person" not in amira.words()
    amira.look("timeline-filtered" if amira.has_script else "")


@pytest.mark.parametrize(("width", "script"), [(390, False), (1280, True)])
def test_load_older(house: House, scene: Scene, width: int, script: bool) -> None:
    for number in range(MANY):
        tell(
            scene.rafe, EventKind.OUTREACH, 60 + 5 * number, "Met by an outreach worker", "voluntary/contacts"
        )
    with house.visit(scene.amira, width, script) as amira:
        amira.go(f"/children/{scene.rafe.ref}/timeline")
        shown = amira.page.locator(".hf-entry").count()
        amira.page.locator(".hf-earlier a").click()
        assert "Hurt, and in hospital" not in amira.words()
        more = amira.page.locator(".hf-entry").count()
        assert more and shown + more <= MANY + OF_AUTUMN


@WIDTHS
def test_children_by_the_next_clock(house: House, scene: Scene, width: int) -> None:
    with house.visit(scene.amira, width) as amira:
        amira.go("/children")
        words = amira.words()
        assert "2 children open to you, by the next clock, then by name." in words
        assert words.index("Rafe Okoro") < words.index("Noor Ali"), "Rafe's clock runs"
        amira.look("children")
        amira.press("Rafe Okoro", role="link")
        amira.press("Why I see this", role="link")
        amira.look("why")


@WIDTHS
def test_a_stranger(house: House, scene: Scene, width: int) -> None:
    """Somebody of another team sees no child, and learns nothing from an address."""
    stranger = worker(scene.kofi.memberships.get().team, "Tom Ellery", Work.MENTOR, "Music mentor", "")
    with house.visit(stranger, width) as tom:
        tom.go("/children")
        assert "No child’s page is open to you yet." in tom.words()
        tom.look("children-none")
        tom.complaints.clear()
        tom.go(f"/children/{scene.rafe.ref}")
        assert "There is no such page, or it is not open to you" in tom.words()
        tom.complaints.clear()  # the browser writes a 404 into its console
        tom.look("not-found")
