"""A sender's export drifts and falls silent: nothing stops, and many rows are mended at once."""

from datetime import timedelta

import pytest

from holdfast.feeds.models import Message
from tests.journeys.browsing import Visit
from tests.journeys.conftest import House
from tests.journeys.scene import CUSTODY, EVENING, Scene, drop, evening
from tests.journeys.test_feeds import CALL, CONCERNS, custody

pytestmark = [pytest.mark.journey, pytest.mark.slow]
DAY = timedelta(days=1)
PATH = "police_custody/custody_2026-11-17.csv"


def drifted(line: str) -> str:
    """Return a line as the sender's new system writes it: turned round, with one column more."""
    head, found = (
        CUSTODY.split(","),
        line.replace('"62 Larkspur Grove, Carrow"', "62 Larkspur Grove").split(","),
    )
    cells = dict(zip(head, found, strict=True)) | {"officer_in_case": "PC 2231"}
    cells |= {
        "station": "Saltby North",
        "arrested_at": "16-Nov-2026 14:10",
        "dob": "09.06.10",
        "nationality": None,
    }
    return ";".join(cells[name] for name in reversed(cells) if cells[name] is not None)


@pytest.fixture
def scene(house: House) -> Scene:
    house.at(EVENING - 30 * DAY)
    made = evening()
    house.at(EVENING)
    drop(
        EVENING - 2 * DAY,
        "police_custody/custody_2026-11-16.csv",
        CUSTODY,
        custody("CW/02099/26"),
        is_history=True,
    )
    rows = [drifted(custody(f"CW/021{number:02d}/26", sex="MALE")) for number in range(12)]
    head = [name for name in CUSTODY.split(",") if name != "nationality"]
    drop(EVENING - DAY, PATH, ";".join(["officer_in_case", *head[::-1]]), *rows, is_history=True)
    drop(EVENING - 20 * DAY, "parents/concerns_2026-10-29.csv", CONCERNS, CALL, is_history=True)
    return made


@pytest.mark.parametrize(("width", "script"), [(390, True), (1280, True), (390, False)])
def test_what_drifted_is_told_and_many_rows_are_mended_at_once(
    house: House, scene: Scene, width: int, script: bool
) -> None:
    assert set(Message.objects.values_list("status", flat=True)) == {"applied"}
    with house.visit(scene.amira, width, script) as amira:
        amira.go("/feeds")
        assert "changes in what is sent" in amira.words()
        amira.look("feeds-drift" if script else "")
        amira.press("Police custody", role="link", exact=True)
        said = amira.words()
        for words in (
            "The columns stand in another order.",
            "A column came that we do not use: “officer_in_case”.",
            "Nationality is no longer sent.",
            "Values are separated by semicolons.",
            "Time of arrest is written as dd-Mon-yyyy",
            "Date of birth is written as dd.mm.yy",
            "“Saltby North”",
        ):
            assert words in said
        amira.look("feed-drift" if script else "")
        many_rows(amira, script)


def many_rows(amira: Visit, script: bool) -> None:
    amira.press("12 rows", role="link")
    assert "12 rows with the same fault" in amira.words()
    amira.press("‹ Row 1", role="link")
    amira.look("row-many-alike" if script else "")
    amira.press("12 rows have this fault: mend them together", role="link")
    assert "12 rows with the same fault" in amira.words()
    amira.page.get_by_label("Sex").select_option("M")
    amira.look("rows-alike" if script else "")
    amira.press("Mend 12 rows and apply them")
    assert "12 rows mended. Used: 12." in amira.words()
    assert not Message.objects.filter(problems__isnull=False).exists()
    amira.page.locator("summary", has_text="Mend it again").click()
    amira.look("rows-alike-mended" if script else "")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_silent_feed_is_told_where_it_is_relied_on(house: House, scene: Scene, width: int) -> None:
    with house.visit(scene.amira, width) as amira:
        child = f"/children/{scene.rafe.ref}"
        for path, name in (
            ("/children", "children"),
            ("/search", "search"),
            (child, "child"),
            (f"{child}/timeline", "timeline"),
        ):
            amira.go(path)
            assert "A feed is silent. Parents’ concerns: last heard 20 days ago." in amira.words()
            amira.look(f"silent-{name}")
