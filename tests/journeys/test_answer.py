"""A duty manager, late in the evening: an arrest row arrives, and she sees to it that someone goes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from holdfast.moments.models import Moment
from holdfast.paging import channels, worker
from tests.journeys.browsing import Visit
from tests.journeys.conftest import House
from tests.journeys.scene import EVENING, MINUTE, Scene, arrest, evening
from tests.make import LONDON
from tests.paging.fake_smtp import Mailbox, mail_server

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ARRESTED = datetime(2026, 11, 18, 22, 5, tzinfo=LONDON)
ARRIVED = datetime(2026, 11, 18, 23, 50, tzinfo=LONDON)
LONGEST_TO_PAGE = 1  # second after the drop was applied


@pytest.fixture
def letters(settings: Any) -> Iterator[Mailbox]:
    """A real mail server that the alert path speaks SMTP to."""
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box
        channels.hang_up()


@pytest.fixture
def scene(house: House) -> Scene:
    house.at(EVENING - timedelta(days=30))
    made = evening()
    # Two earlier rows of the same export, so that Rafe is known to the police's own number.
    arrest(EVENING - timedelta(days=20), EVENING - timedelta(days=21), "CW/01100/26", is_history=True)
    house.at(ARRIVED)
    return made


@pytest.mark.parametrize("width", [390, 1280])
def test_from_the_row_to_the_child(house: House, scene: Scene, letters: Mailbox, width: int) -> None:
    on, told_at = scene.dawit, ARRIVED  # Amira went home at 23:00
    with house.visit(on, width) as dawit:
        dawit.go("/")
        dawit.look("now-empty")
        with house.alert_loop():
            arrest(ARRIVED, ARRESTED)
            assert letters.wait_for(1, LONGEST_TO_PAGE)
        assert "Rafe" not in letters.letters[0] and "Subject: Somebody needs you" in letters.letters[0]
        dawit.later(5)  # the board asks again
        dawit.page.get_by_text("Nobody has answered yet.").wait_for()
        assert f"At {told_at:%H:%M} you were told that somebody needs you" in dawit.words()
        # Police booked Rafe in at 22:45: he has waited since then, our own promise runs from 23:50.
        assert "Answer due tomorrow 00:05 1 h 05 min since an agency first knew, 22:45" in dawit.words()
        assert "Reachable until tomorrow 10:45, in 10 h 55 min" in dawit.words()
        dawit.look("now-arrest")
        someone_goes(house, scene, dawit)
    moment = Moment.objects.get(is_history=False)
    assert (moment.kind_id, moment.known_at) == ("arrest", ARRIVED)
    assert moment.agency_knew_at < ARRIVED


def someone_goes(house: House, scene: Scene, dawit: Visit) -> None:
    house.at(ARRIVED + 2 * MINUTE)
    dawit.press("I will take this")
    assert "left to reach the child" in dawit.words()
    assert "since an agency first knew" in dawit.words(), "an acknowledgement stops no clock"
    form = dawit.fold_out("assign")
    form.get_by_label("Who goes to the child?").select_option(scene.sol.ref)
    dawit.look("moment-assign")
    dawit.press("They are asked to go")
    worker.run_once()
    house.at(ARRIVED + 30 * MINUTE)
    form = dawit.fold_out("attempt")
    form.get_by_label("What you tried, and what came of it").fill(
        "Rang the custody desk: the line was engaged."
    )
    dawit.press("We tried, the clock runs on")
    assert "to be with the child" in dawit.words()
    house.at(ARRIVED + 50 * MINUTE)
    dawit.go(dawit.here())
    the_contact(dawit)


def the_contact(dawit: Visit) -> None:
    form = dawit.fold_out("contact")
    form.get_by_label("Yes, alone").check()
    form.get_by_label("What the child said").fill("I am done with all of them. Can Sol come tomorrow too?")
    form.get_by_label("What was offered").fill("A place to stay at his aunt’s, and Sol at court")
    dawit.press("Someone was with")
    assert "Say whether the child said yes to what was offered." in dawit.words()
    dawit.look("moment-error")
    dawit.page.locator("details#contact").get_by_label("Yes", exact=True).check()
    dawit.press("Someone was with")
    stopped = "Someone has been with the child At 00:40, 1 h 55 min after an agency first knew"
    assert stopped in dawit.words(), "not when it was answered"
    dawit.look("moment-reached")
    form = dawit.fold_out("end")
    form.get_by_label("What is true now?").fill("Home with his aunt. Sol sees him at ten.")
    dawit.press("This moment is over")
    assert "Ended by you" in dawit.words()
    dawit.look("moment-ended")


def test_the_board_says_how_fresh_it_is(house: House, scene: Scene) -> None:
    with house.visit(scene.dawit, 1280) as dawit:
        dawit.go("/")
        house.at(ARRIVED + 3 * MINUTE)
        dawit.page.get_by_text("Up to date at 23:53").wait_for(timeout=7_000)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_contact_outside_a_moment(house: House, scene: Scene, width: int) -> None:
    with house.visit(scene.kofi, width) as kofi:
        kofi.go(f"/children/{scene.noor.ref}/contact")
        kofi.page.get_by_label("Yes, with others there").check()
        kofi.type("What the child said", "Can we do the mural on Saturday?")
        kofi.press("Write it down")
        assert "Can we do the mural on Saturday?" in kofi.words()
        kofi.look("contact")


@pytest.mark.parametrize("width", [390, 1280])
def test_signing_in_and_my_account(house: House, scene: Scene, width: int) -> None:
    scene.amira.user = User.objects.create_user("amira", password="three words apart")
    scene.amira.save()
    with house.visit(None, width) as amira:
        amira.go("/account")
        amira.look("sign-in")
        amira.type("Name you sign in with", "amira")
        amira.type("Password", "wrong")
        amira.press("Sign in")
        amira.look("sign-in-error")
        amira.type("Password", "three words apart")
        amira.press("Sign in")
        assert "Duty manager, Carrow Children’s Services" in amira.page.content()
        amira.look("account")
