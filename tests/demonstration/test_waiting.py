"""Do the pages say how far a new demonstration is, until all of it is there, and then no more?"""

from datetime import datetime

import pytest
from django.conf import settings as django_settings
from django.test import Client

from holdfast.demonstration.models import Visit
from holdfast.demonstration.shape import LONDON
from holdfast.demonstration.waiting import UntilMade

pytestmark = pytest.mark.django_db
WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware"


@pytest.fixture
def client(settings: pytest.FixtureRequest) -> Client:
    """Pages as a start serves them that makes a new demonstration."""
    kept = list(django_settings.MIDDLEWARE)
    kept.insert(kept.index(WHITENOISE) + 1, f"{UntilMade.__module__}.{UntilMade.__qualname__}")
    settings.MIDDLEWARE = kept  # type: ignore[attr-defined]
    return Client()


def visit(done: int) -> Visit:
    until = datetime(2026, 11, 25, 21, 40, tzinfo=LONDON)
    return Visit.objects.update_or_create(until=until, defaults={"steps": 1650, "done": done})[0]


def test_before_its_length_is_known_it_says_what_is_going_on(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "The demonstration is being made" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/children", "/no-such-page"])
def test_meanwhile_every_page_says_how_far_it_is(client: Client, path: str) -> None:
    visit(done=640)
    page = client.get(path).content.decode()
    assert "640 of 1650" in page and 'http-equiv="refresh"' in page


def test_once_it_is_whole_the_pages_are_themselves(client: Client) -> None:
    visit(done=640)
    assert "640 of 1650" in client.get("/sign-in").content.decode()
    visit(done=1650)
    assert "Sign in" in client.get("/sign-in").content.decode()
    assert client.get("/?still")["HX-Refresh"] == "true"


def test_a_later_visit_half_told_holds_no_page_back(client: Client) -> None:
    visit(done=1650)
    Visit.objects.create(until=datetime(2026, 11, 27, 9, 0, tzinfo=LONDON), steps=40, done=3)
    assert "being made" not in client.get("/sign-in").content.decode()
