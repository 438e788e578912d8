"""How does a message leave the house?  Every channel says the same, and nothing about any child."""

import threading
from smtplib import SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

SUBJECT = "Somebody needs you"
BODY = "Somebody needs you. Open Holdfast.\n\n{link}\n"

_mine = threading.local()  # each sending thread keeps its own conversation with the mail server


def send_email(*, ref: str, about: str, to: str) -> None:
    """Hand one message to the mail server; whatever goes wrong is raised.

    `ref` is the idempotency key: sent twice, it has the same Message-ID.
    """
    message = EmailMessage(
        subject=SUBJECT,
        body=BODY.format(link=f"{settings.PUBLIC_ADDRESS}/moments/{about}"),
        to=[to],
        headers={"Message-ID": f"<{ref}@holdfast>", "X-Holdfast-Reference": ref},
    )
    message.connection = _server()
    try:
        sent = message.send()
    except SMTPServerDisconnected:
        # The server ended a conversation that was idle; a new one is not a failure.
        hang_up()
        message.connection = _server()
        sent = message.send()
    if sent != 1:
        raise OSError("the mail server did not take the message")


def hang_up() -> None:
    """End this thread's conversation, if there is one."""
    server = _mine.__dict__.pop("server", None)
    if server:
        server.close()


def _server() -> BaseEmailBackend:
    if not hasattr(_mine, "server"):
        server = get_connection()
        server.open()
        _mine.server = server
    return _mine.server
