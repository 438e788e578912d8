"""Does every list take as many SQL queries for a thousand rows as for one?"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from holdfast.feeds.models import Feed
from holdfast.people.models import Person, Practitioner, Record
from holdfast.people.terms import Role
from tests import make
from tests.query_counts import crowds
from tests.web.pages import cost, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MANY = 1_000


@dataclass
class Scene:
    """Who looks, at which child, which feed and which file."""

    by: Practitioner
    child: Person
    feed: Feed

    @classmethod
    def set(cls, role: Role) -> "Scene":
        by = make.practitioner(role=role, in_area=make.area())
        (child,) = crowds.children(1, make.area())
        crowds.deliveries([crowds.feed()])
        return cls(by, child, crowds.feed())

    @property
    def record(self) -> Record:
        return self.child.records.order_by("pk")[0]

    def address(self, page: str) -> str:
        return page.format(child=self.child.ref, file=self.feed.deliveries.order_by("pk")[0].ref)


def children(scene: Scene, number: int, first: int) -> None:
    people = crowds.children(number, make.area(), first)
    crowds.contacts([(one, None) for one in people], scene.by)
    crowds.grants(people, scene.by)


def moments(scene: Scene, number: int, first: int) -> None:
    crowds.moments(crowds.children(number, make.area(), first), make.area(), scene.by, first)


def one_childs(scene: Scene, number: int, first: int) -> None:
    """Everything that can hang on one child."""
    crowds.events(number, scene.record, scene.by, first)
    crowds.moments([scene.child] * number, make.area(), scene.by, first)
    crowds.around(number, scene.child, scene.by)


def records(scene: Scene, number: int, first: int) -> None:
    crowds.edges([scene.record, *crowds.records([scene.child] * number, first)])


def questions(scene: Scene, number: int, first: int) -> None:
    people = crowds.children(number, make.area(), first)
    crowds.questions(people, first)
    crowds.moments(people, make.area(), scene.by, first)


def files(scene: Scene, number: int, first: int) -> None:
    crowds.deliveries([scene.feed] * number, first)


def feeds(scene: Scene, number: int, first: int) -> None:
    crowds.deliveries(crowds.feeds(number, first), first)


def rows(scene: Scene, number: int, first: int) -> None:
    crowds.quarantined([scene.feed.deliveries.order_by("pk")[0]] * number, first)


def partners(scene: Scene, number: int, first: int) -> None:
    crowds.turns(crowds.colleagues(number, make.area(), first), make.area())


def kinds(scene: Scene, number: int, first: int) -> None:
    crowds.kinds(number, first)
    crowds.areas(number, first)


@dataclass(frozen=True)
class Lists:
    """What fills the lists of these pages, and something that each page shows of a row."""

    fill: Callable[[Scene, int, int], None]  # who looks, how many rows, the number of the first
    pages: dict[str, str]
    role: Role = Role.DUTY_MANAGER
    asked: dict[str, str] = field(default_factory=dict)  # what is posted, if anything


LISTS = {
    "children": Lists(children, {"/children": r"Ann\d+", "/happened/abcde23456/child": r"Ann\d+"}),
    "search": Lists(children, {"/search": r"Ann\d+"}, asked={"q": "Marsh"}),
    "search of one with many records": Lists(records, {"/search": r"Ann\d+"}, asked={"q": "Ann7 Marsh"}),
    "moments": Lists(moments, {"/": r"Ann\d+", "/now/live": r"Ann\d+"}),
    "a child": Lists(
        one_childs,
        {
            "/children/{child}": "Swims",
            "/children/{child}/timeline": "Something happened",
            "/children/{child}/contact": "Write down",
            "/children/{child}/why": "Your role",
        },
    ),
    "records": Lists(
        records, {"/children/{child}/records": r"Ann\d+", "/children/{child}": "Ann", "/children": "Ann"}
    ),
    "questions": Lists(questions, {"/who-is-who": r"Ann\d+", "/who-is-who/said": r"Ann\d+"}),
    "feeds": Lists(feeds, {"/feeds": r"feed/\d+", "/feeds/to-mend": "not a date"}),
    "files": Lists(files, {"/feeds/of/parents/concerns": r"concerns_\d+"}),
    "rows": Lists(
        rows,
        {
            "/feeds": "parents",
            "/feeds/to-mend": "not a date",
            "/feeds/of/parents/concerns": "not a date",
            "/feeds/files/{file}": "not a date",
        },
    ),
    "rota": Lists(partners, {"/rota": r"W \d+", "/rota/701": r"W \d+", "/account": "Account"}),
    "partners": Lists(
        partners,
        {
            "/settings": "agencies",
            "/settings/agencies": r"Agency \d+",
            "/settings/teams": r"Agency \d+",
            "/settings/people": r"W \d+",
            "/settings/rota/701": r"W \d+",
        },
        Role.ADMINISTRATOR,
    ),
    "kinds and areas": Lists(
        kinds,
        {"/settings/areas": r"Area \d+", "/settings/moments": r"Kind \d+", "/settings/rota": "Area"},
        Role.ADMINISTRATOR,
    ),
}


def looked_at(client: Client, address: str, asked: dict[str, str] | None) -> tuple[int, str]:
    """Return how many SQL queries a page takes, and the page."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(address, asked) if asked else client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return len(queries), answer.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_a_thousand_rows_cost_no_more_queries_than_one(name):
    """Fewer is as good: a page full of promises need not ask about children without one."""
    lists = LISTS[name]
    scene = Scene.set(lists.role)
    client, asked = signed_in(scene.by), lists.asked or None
    lists.fill(scene, 1, 1)
    addresses = {scene.address(page): shown for page, shown in lists.pages.items()}
    few = {page: cost(client, page, asked) for page in addresses}
    lists.fill(scene, MANY - 1, 2)
    crowds.counted()
    for page, shown in addresses.items():
        many, html = looked_at(client, page, asked)
        assert many <= few[page], f"{page} takes {few[page]} queries for one row and {many} for {MANY}"
        assert re.search(shown, html), f"{page} shows none of its rows"
