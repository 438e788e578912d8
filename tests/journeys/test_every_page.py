"""Is there a way round from every page, for everyone, and what do pages say that fail?"""

import pytest
from django.test import RequestFactory
from django.views.defaults import server_error

from holdfast.people.terms import Role
from tests.journeys.browsing import Visit
from tests.journeys.conftest import House
from tests.journeys.scene import EVENING, Scene, arrest, evening, worker

pytestmark = [pytest.mark.journey, pytest.mark.slow]
WIDTHS = pytest.mark.parametrize("width", [390, 1280])
EVERYONE = ["Now", "Children", "Search", "Rota", "Account"]
SECTIONS = {
    "/": "Now", "/children": "Children", "/search": "Search", "/who-is-who": "Who is who", "/feeds": "Feeds",
    "/rota": "Rota",
    "/settings": "Settings", "/account": "Account", "/happened": "Something has happened",
}  # fmt: skip


@pytest.fixture
def scene(house: House) -> Scene:
    house.at(EVENING)
    return evening()


def ways(visit: Visit) -> list[str]:
    """Return what the navigation offers; on a phone it opens from "Menu"."""
    if visit.width < 800:
        visit.press("Menu", role="link")
    links = visit.page.get_by_role("navigation", name="Holdfast").get_by_role("link")
    return [link.inner_text() for link in links.all() if link.is_visible()]


@pytest.mark.parametrize(
    ("role", "width", "more"),
    [
        (Role.DUTY_MANAGER, 390, ["Who is who", "Feeds"]),
        (Role.YOUTH_WORKER, 1280, []),
        (Role.ADMINISTRATOR, 390, ["Feeds", "Settings"]),
        (Role.ADMINISTRATOR, 1280, ["Feeds", "Settings"]),
    ],
)
def test_the_way_round(house: House, scene: Scene, role: Role, width: int, more: list[str]) -> None:
    person = worker(scene.kofi.memberships.get().team, "Ines Duarte", role, "", "")
    with house.visit(person, width) as ines:
        for path, section in SECTIONS.items():
            if section not in [*EVERYONE, *more, "Something has happened"]:
                continue
            ines.go(path)
            if ines.page.get_by_role("heading", name="There is no such page").count():
                assert section == "Something has happened" and role == Role.ADMINISTRATOR
                ines.complaints.clear()
                continue
            assert {*EVERYONE, *more} <= set(ways(ines)), path
            current = ines.page.locator("nav.hf-nav [aria-current]")
            assert [here.text_content() for here in current.all()] == [section]


SETTINGS = ("settings", "settings/areas", "settings/agencies", "settings/teams", "settings/people",
            "settings/rota", "settings/moments")  # fmt: skip


@WIDTHS
def test_setting_up_and_the_rota(house: House, scene: Scene, width: int) -> None:
    administrator = worker(scene.kofi.memberships.get().team, "Ines Duarte", Role.ADMINISTRATOR, "", "")
    with house.visit(administrator, width) as ines:
        ines.go("/rota")
        ines.look("rota")
        for path in SETTINGS:
            ines.go(f"/{path}")
            ines.look(path.replace("/", "-"))
        ines.go("/settings/moments")
        ines.page.get_by_role("main").get_by_role("link", name="In custody").first.click()
        ines.look("settings-moment")
        ines.go("/settings/people")
        ines.page.get_by_role("main").get_by_role("link", name="Amira Hassan").first.click()
        ines.look("settings-person")
        ines.go(f"/settings/rota/{scene.area.code}")
        ines.look("settings-rota-area")


@WIDTHS
def test_a_page_that_is_not_there(house: House, scene: Scene, width: int) -> None:
    with house.visit(scene.amira, width) as amira:
        amira.go("/no-such-page")
        assert "There is no such page" in amira.words()
        amira.complaints.clear()  # the browser writes a 404 into its console
        assert set(EVERYONE) <= set(ways(amira))
        amira.look()


@WIDTHS
def test_a_page_that_fails(house: House, scene: Scene, width: int) -> None:
    """What is shown then asks for nothing that could fail as well; it says that nothing was sent."""
    page = server_error(RequestFactory().get("/")).content.decode()
    with house.visit(scene.amira, width) as amira:
        amira.go("/")
        amira.page.route(
            "**/failing", lambda route: route.fulfill(status=500, content_type="text/html", body=page)
        )
        amira.go("/failing")
        assert "Treat what you just sent as not sent." in amira.words()
        amira.complaints.clear()  # the browser writes a 500 into its console
        amira.look("error")


@WIDTHS
def test_an_answer_that_cannot_be_kept(house: House, scene: Scene, width: int) -> None:
    """The page that was open too long: nothing was changed, and it says so."""
    arrest(EVENING, EVENING)
    with house.visit(scene.amira, width) as amira:
        amira.go("/")
        amira.page.context.clear_cookies(name="csrftoken")
        amira.page.evaluate(
            "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(one => one.value = 'old')"
        )
        amira.press("I will take this")
        assert "Nothing was changed and nobody was told." in amira.words()
        amira.complaints.clear()
        amira.look("not-done")
