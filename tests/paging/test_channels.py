"""The contract with a mail server: good, slow, rude, silent, forgetful, away."""

import threading
from smtplib import SMTPException

import pytest

from holdfast.paging import channels
from tests.paging.fake_smtp import mail_server


@pytest.fixture(autouse=True)
def _through_smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 0.5
    channels.hang_up()  # an earlier test's conversation may have gone through another backend
    yield
    channels.hang_up()


def send(ref="abcdefghjk"):
    channels.send_email(ref=ref, about="mmmmmmmmmm", to="amira@example.invalid")


def test_a_letter_says_nothing_about_any_child(settings):
    with mail_server() as box:
        settings.EMAIL_PORT = box.port
        send()
    (letter,) = box.letters
    assert "Subject: Somebody needs you" in letter
    assert "Somebody needs you. Open Holdfast." in letter
    assert "/moments/mmmmmmmmmm" in letter
    assert box.refs() == ["abcdefghjk"]


def test_sent_again_it_carries_the_same_reference(settings):
    with mail_server() as box:
        settings.EMAIL_PORT = box.port
        send()
        send()
    assert box.refs() == ["abcdefghjk", "abcdefghjk"]


def test_a_conversation_that_was_ended_is_begun_again(settings):
    with mail_server(hang_up_after=True) as box:
        settings.EMAIL_PORT = box.port
        send("aaaaaaaaaa")
        send("bbbbbbbbbb")
    assert box.refs() == ["aaaaaaaaaa", "bbbbbbbbbb"]


def test_slow_is_not_a_failure(settings):
    with mail_server(delay_s=0.2) as box:
        settings.EMAIL_PORT = box.port
        send()
    assert len(box.letters) == 1


@pytest.mark.parametrize(
    "behaviour", [{"refuse": True}, {"silent": threading.Event()}, {"delay_s": 1.0}, {"forget": True}]
)
def test_whatever_goes_wrong_is_said(settings, behaviour):
    with mail_server(**behaviour) as box:
        settings.EMAIL_PORT = box.port
        with pytest.raises((OSError, SMTPException)):
            send()


def test_a_server_that_is_away_is_said(settings):
    with mail_server() as box:
        settings.EMAIL_PORT = box.port
    with pytest.raises(OSError):
        send()
