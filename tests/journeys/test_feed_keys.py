"""A system is given a key; the key is stolen; it is stopped, and what it wrote is taken back."""

import re
from datetime import timedelta

import pytest

from holdfast.audit.terms import System
from holdfast.chronology.models import Event
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.models import Message, SenderKey
from holdfast.feeds.queries import feed_states
from tests.api.sender import NEXT, ROW, Sender
from tests.journeys.browsing import Visit
from tests.journeys.conftest import House
from tests.journeys.scene import EVENING, Scene, evening

pytestmark = [pytest.mark.journey, pytest.mark.slow]
HOUR = timedelta(hours=1)
KEYS = "/feeds/keys/of/police_custody/custody"
HOLDER = "Carrow Police, custody system"


@pytest.fixture
def scene(house: House) -> Scene:
    house.at(EVENING - 2 * HOUR)
    return evening()


@pytest.mark.parametrize(("width", "script"), [(390, True), (1280, True), (390, False)])
def test_a_key_is_made_stolen_and_stopped(house: House, scene: Scene, width: int, script: bool) -> None:
    with house.visit(scene.amira, width, script) as amira:
        system = a_key_is_made(amira)
        assert system.rows(ROW).status_code == 202
        house.at(EVENING - HOUR)
        assert system.rows({**ROW, "record_version": 2, "surname": "TARN"}, NEXT).status_code == 202
        apply_waiting(by=System.FEEDS, at=EVENING - HOUR)
        house.at(EVENING)
        what_it_wrote(amira)
        it_is_taken_back(amira)
        assert system.rows(NEXT).status_code == 401
    assert sorted(Message.objects.values_list("status", flat=True)) == ["applied", "superseded", "superseded"]
    assert all(state.is_conserved for state in feed_states(System.FEEDS))
    assert Event.objects.filter(withdrawn_at=None).count() == 1


def a_key_is_made(amira: Visit) -> Sender:
    amira.go("/feeds")
    amira.press("Keys of all feeds", role="link")
    assert "No system has a key yet." in amira.words()
    amira.look("keys-none" if amira.has_script else "")
    amira.press("Make a key")
    assert "There is a problem" in amira.words()
    amira.look("keys-error" if amira.has_script and amira.width == 390 else "")
    amira.page.get_by_label("Which export may it send?").select_option("police_custody/custody")
    amira.type("Who holds it, and which system is it?", HOLDER)
    amira.press("Make a key")
    assert "It is not shown again, and is kept nowhere here." in amira.words()
    secret = amira.page.locator(".hf-panel .hf-mono").inner_text().strip()
    amira.page.evaluate(
        "document.querySelector('.hf-panel .hf-mono').textContent = 'holdfast_' + 'x'.repeat(43)"
    )
    amira.look("key-made" if amira.has_script else "")
    key = SenderKey.objects.get()
    amira.go(f"/feeds/keys/{key.ref}")
    assert secret not in amira.page.content(), "it is shown once"
    return Sender(key, secret)


def what_it_wrote(amira: Visit) -> None:
    amira.go(KEYS)
    assert re.search(r"Sent 2 times, last 20:40", amira.words()), amira.words()
    amira.look("keys" if amira.has_script else "")
    amira.press(HOLDER, role="link")
    assert "3 rows since 19:40" in amira.words()
    amira.type("Time", "20:00")
    amira.press("Show what it wrote since")
    assert "2 rows since 20:00" in amira.words()
    amira.look("key-written" if amira.has_script else "")


def it_is_taken_back(amira: Visit) -> None:
    amira.press("Stop this key and take back 2 rows")
    assert "2 rows were taken back." in amira.words()
    assert "Stop this key" not in amira.words()
    assert "Take back 1 row" in amira.words(), "the one from before the theft"
    amira.look("key-stopped" if amira.has_script else "")
    amira.press("police_custody/custody_2026-11-18", role="link")
    assert "Sent by the system of Carrow Police, custody system" in amira.words()
    assert "Received 2 = applied 0 + duplicate 0 + superseded 2 + quarantined 0." in amira.words()


def test_stopping_is_one_press(house: House, scene: Scene) -> None:
    with house.visit(scene.amira, 390) as amira:
        system = a_key_is_made(amira)
        amira.press("Stop this key")
        assert "Stopped. Its next request is turned away." in amira.words()
        assert system.rows(ROW).status_code == 401
