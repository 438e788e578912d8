"""What has been answered so far of "Something has happened"?

Kept in the session on the server, under the form's own token, until it is sent: nothing typed is lost on
the way back or after a mistake, and no name stands in an address.
"""

from typing import Any

KEY = "happened"
KEPT = 3  # forms begun at once, our choice: a second child in the same hour does not mix with the first

Draft = dict[str, Any]


def read(session: Any, token: str) -> Draft:
    return dict(session.get(KEY, {}).get(token, {}))


def keep(session: Any, token: str, **answers: Any) -> None:
    """Add answers; the oldest form of too many is forgotten."""
    drafts = dict(session.get(KEY, {}))
    drafts[token] = {**drafts.pop(token, {}), **answers}
    session[KEY] = dict(list(drafts.items())[-KEPT:])


def forget(session: Any, token: str) -> None:
    session[KEY] = {key: draft for key, draft in session.get(KEY, {}).items() if key != token}


SENT = "sent"


def note_sent(session: Any, token: str, ref: str) -> None:
    """Remember what a form became, so that pressing Send twice shows the same receipt."""
    session[SENT] = dict([*session.get(SENT, {}).items(), (token, ref)][-KEPT:])


def what_became_of(session: Any, token: str) -> str:
    ref: str = session.get(SENT, {}).get(token, "")
    return ref
