"""Whoever looks after the feeds, in the morning: what came, what could not be used, mending, sending."""

from datetime import datetime, timedelta

import pytest

from holdfast.chronology.models import Event
from holdfast.feeds.models import Message
from holdfast.moments.models import Moment
from holdfast.people.models import Person
from tests.journeys.browsing import Visit
from tests.journeys.conftest import House
from tests.journeys.scene import CUSTODY, EVENING, Scene, drop, evening

pytestmark = [pytest.mark.journey, pytest.mark.slow]
DAY = timedelta(days=1)
HOME = '"62 Larkspur Grove, Carrow",CW3 9WG'
CONCERNS = (
    "call_ref,call_started_at,call_ended_at,caller_name,caller_relationship,caller_phone,child_name,child_age,"
    "child_dob,school,address_or_area,worry,started_when,urgent,consent_to_share,call_handler"
)
CALL = "PL-1,29/10/2026 10:00,,Ama Okoro,mother,,Rafe Okoro,16,09/06/2010,,,He is out late,,Y,Y,Jo"


def custody(ref: str, version: int = 1, arrested: str = "16/11/2026 14:10", sex: str = "M") -> str:
    return (
        f"{ref},{version},N1542939,{arrested},16/11/2026 14:50,Carrow Central,OKORO,Rafe,,09/06/2010,{sex},"
        f"B2,British,{HOME},Affray,Mill Lane,601184,437902,,,,16/11/2026 19:00,NFA,,"
    )


@pytest.fixture
def scene(house: House) -> Scene:
    """Two feeds that spoke, one of which has rows that cannot be used, or not wholly."""
    house.at(EVENING - 30 * DAY)
    made = evening()
    house.at(EVENING)
    rows = (
        custody("CW/02100/26", 2),
        custody("CW/02101/26", arrested="31/11/2026 09:00"),
        custody("CW/02102/26", sex="X"),
    )
    drop(EVENING - DAY, "police_custody/custody_2026-11-17.csv", CUSTODY, *rows, is_history=True)
    drop(
        EVENING - 20 * DAY,
        "parents/concerns_2026-10-29.csv",
        CONCERNS,
        CALL,
        is_history=True,
    )
    return made


def known() -> tuple[int, ...]:
    """What Holdfast knows of people, of what happened and of moments."""
    return tuple(model.objects.count() for model in (Person, Event, Moment))


@pytest.mark.parametrize(("width", "script"), [(390, True), (1280, True), (390, False)])
def test_mending_and_sending(house: House, scene: Scene, width: int, script: bool) -> None:
    with house.visit(scene.amira, width, script) as amira:
        amira.go("/")
        assert "All feeds arriving except Parents’ concerns, last heard 29 October." in amira.words()
        what_came(amira)
        a_row_is_mended(amira)
        a_file_is_sent(
            amira, name="custody_2026-11-18.csv", row=custody("CW/02144/26", arrested="17/11/2026 21:15")
        )
        assert "Received 1 = applied 1" in amira.words()
        amira.look("delivery-sent" if script else "")
        nothing_changes(amira)


def what_came(amira: Visit) -> None:
    if amira.width < 800:
        amira.press("Menu", role="link")
    amira.press("Feeds", role="link", exact=True)
    assert "Received 4 = applied 3 + duplicate 0 + superseded 0 + quarantined 1." in amira.words()
    assert "Parents’ concerns should have spoken by" in amira.words()
    assert "Last spoke yesterday 21:40. Due" in amira.words()
    amira.look("feeds")
    amira.press("Police custody", role="link", exact=True)
    amira.look("feed")
    amira.press("police_custody/custody_2026-11-17.csv", role="link")
    assert "Received 3 = applied 2 + duplicate 0 + superseded 0 + quarantined 1." in amira.words()
    amira.look("delivery")


def a_row_is_mended(amira: Visit) -> None:
    amira.press("Police custody, row 2", role="link")
    assert "Time of arrest is not a date: '31/11/2026 09:00'. Send it as dd/mm/yyyy hh:mm." in amira.words()
    amira.look("row-to-mend")
    amira.type("Time of arrest", "32/11/2026 09:00")
    amira.press("Mend it and apply it")
    assert "It still cannot be used" in amira.words()
    amira.type("Time of arrest", "15/11/2026 09:00")
    amira.press("Mend it and apply it")
    assert "Applied. What it says is on the record." in amira.words()
    assert "15/11/2026 09:00 Mended. Was 31/11/2026 09:00" in amira.words()
    amira.look("row-mended")
    message = Message.objects.get(row="2")
    assert (message.status, message.mended_by.name) == ("applied", "Amira Hassan")
    assert Event.objects.filter(happened_at=datetime.fromisoformat("2026-11-15T09:00Z")).exists()


def a_file_is_sent(amira: Visit, name: str, row: str) -> None:
    amira.go("/feeds")
    send(amira, name, f"{CUSTODY}\r\n{row}\r\n")


def send(amira: Visit, name: str, text: str) -> None:
    amira.page.get_by_label("Which export is it?").select_option("police_custody/custody")
    amira.page.get_by_label("The file").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    amira.press("Send this file")


def nothing_changes(amira: Visit) -> None:
    """The very file again; its row in another file; an older version of a row that comes late."""
    before = known()
    again = custody("CW/02144/26", arrested="17/11/2026 21:15")
    a_file_is_sent(amira, "custody_2026-11-18.csv", again)
    assert "This very file had come before. Nothing was changed." in amira.words()
    a_file_is_sent(amira, "custody_2026-11-19.csv", again)
    assert "Received 1 = applied 0 + duplicate 1 + superseded 0 + quarantined 0." in amira.words()
    a_file_is_sent(amira, "custody_2026-11-16.csv", custody("CW/02100/26", 1, arrested="16/11/2026 13:00"))
    assert "Received 1 = applied 0 + duplicate 0 + superseded 1 + quarantined 0." in amira.words()
    assert known() == before


def test_a_file_that_is_none(house: House, scene: Scene) -> None:
    with house.visit(scene.amira, 390) as amira:
        amira.go("/feeds")
        amira.press("Send this file")
        assert "The file is missing" in amira.words()
        amira.look("feeds-error")
        send(amira, "custody_2026-11-18.csv", "<html>Your session has ended</html>")
        amira.press("the whole file", role="link")
        assert "Mend it" not in amira.words()
        amira.look("row-whole-file")


@pytest.mark.parametrize("width", [390, 1280])
def test_before_anything_has_come(house: House, width: int) -> None:
    house.at(EVENING)
    with house.visit(evening().amira, width) as amira:
        amira.go("/feeds")
        assert "No agency has sent anything yet." in amira.words()
        amira.look("feeds-empty")
