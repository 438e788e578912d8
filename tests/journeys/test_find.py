"""Anyone in the team: find a child by whatever is known, and see whose records make up this person."""

from datetime import timedelta

import pytest

from tests.journeys.browsing import Visit
from tests.journeys.conftest import House
from tests.journeys.scene import EVENING, Scene, arrest, drop, evening

pytestmark = [pytest.mark.journey, pytest.mark.slow]
DAY = timedelta(days=1)
EXCLUSIONS = (
    "ExclusionRef,RecordVersion,UPN,Surname,Forename,PreferredForename,DOB,Sex,NCYear,Ethnicity,Postcode,"
    "SchoolURN,SchoolName,Category,Reason1,Reason2,Reason3,StartDate,EndDate,Sessions,SENStatus,LookedAfter,"
    "GovernorDecision"
)
SUSPENDED = (
    "EX701-26-0117,1,R701401310004,Okoro,Rafe,Raffy,09/06/2010,M,11,BAFR,CW3 9WG,701003,Carrow Academy,SUSP,"
    "OS,,,02/11/2026,03/11/2026,4,N,N,"
)
# What somebody may know of Rafe, and why the page says that it found him.
KNOWN = (
    ("Okorro Rafe", "Rafe Okoro"),
    ("Raffy", "Raffy"),
    ("Raif Okoro", "Same sounding first name"),
    ("9 June 2010", "Born 9 June 2010"),
    ("cw3", "Known at CW3 9WG"),
    ("CW/02231/26", "Custody reference"),
    ("N1542939", "Police person number"),
    ("R701401310004", "Unique pupil number"),
    ("EX701-26-0117", "EX701260117"),
)


@pytest.fixture
def scene(house: House) -> Scene:
    house.at(EVENING - 30 * DAY)
    made = evening()
    arrest(EVENING - 10 * DAY, EVENING - 11 * DAY, is_history=True)
    drop(EVENING - 9 * DAY, "schools/exclusions_701_2026-11-09.csv", EXCLUSIONS, SUSPENDED, is_history=True)
    house.at(EVENING)
    return made


@pytest.mark.parametrize(("width", "script"), [(390, True), (1280, True), (390, False)])
def test_by_whatever_is_known(house: House, scene: Scene, width: int, script: bool) -> None:
    with house.visit(scene.amira, width, script) as amira:
        amira.go("/search")
        amira.look("search-empty" if script else "")
        for words, why in KNOWN:
            look_for(amira, words)
            assert "1 person found" in amira.words(), (words, amira.page.inner_text("main").split("\n")[4:])
            assert why in amira.words(), words
        amira.look("search" if script else "")
        whose_records_these_are(amira, scene)
        amira.go("/search")
        look_for(amira, "Nobody Known")
        assert "No one whom you may see was found." in amira.words()
        amira.look("search-nobody" if script else "")


def look_for(amira: Visit, words: str) -> None:
    amira.type("Name, date of birth, postcode or any reference number", words)
    amira.page.get_by_role("main").get_by_role("button", name="Search").click()
    assert words not in amira.page.url + amira.page.title(), (
        "what was typed stands in no address and no title"
    )


def whose_records_these_are(amira: Visit, scene: Scene) -> None:
    amira.press("Rafe Okoro", role="link")
    assert scene.rafe.ref in amira.page.url
    assert "Police: 1 record" in amira.words() and "Schools: 1 record" in amira.words()
    amira.press("Why these are one person", role="link")
    assert "Police custody" in amira.words() and "School exclusions" in amira.words()
    assert "For it: same date of birth; same name" in amira.words()
    amira.look("records" if amira.has_script else "")
