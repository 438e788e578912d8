"""How is what a sender sent kept, once however often it is sent?"""

import hashlib
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from holdfast.api.errors import NOT_A_KEY, Refused
from holdfast.feeds.commands import receive_sent
from holdfast.feeds.errors import OtherContent, Revoked
from holdfast.feeds.keys import count_rows
from holdfast.feeds.models import Delivery, SenderKey
from holdfast.feeds.reading import FileRead, name_of, read_file
from holdfast.feeds.sending import NotRows, digest_of, file_fault, read_rows, rows_path
from holdfast.feeds.tables import Table, table_of
from holdfast.kit.clock import LONDON

OTHER_CONTENT = "This Idempotency-Key came before with other content. Use a new one for each sending."
CHANCES = 3  # somebody else may first be keeping the same file, and then the same sending
OTHER_FEED = "The file holds another export than this feed's. Nothing was kept."


def keep_rows(key: SenderKey, request: Any, body: bytes, idempotency_key: str) -> tuple[Delivery, bool]:
    table, day = _table(key), request.now.astimezone(LONDON).date()
    token = digest_of("key", idempotency_key) if idempotency_key else digest_of("rows", str(day), body)
    try:
        read = read_rows(body, table, key.la_code, day)
    except NotRows as problem:
        raise Refused(422 if problem.is_json else 400, str(problem)) from None
    path = rows_path(table, key.la_code, day, token)
    return _keep(key, request, read, body, path=path, token=token)


def keep_file(
    key: SenderKey, request: Any, name: str, body: bytes, idempotency_key: str
) -> tuple[Delivery, bool]:
    table, path = _table(key), f"{_table(key).feed}/{name}"
    wrong = file_fault(table, key.la_code, name_of(path))
    if wrong:
        raise Refused(422, wrong)
    token = digest_of("key", idempotency_key) if idempotency_key else digest_of("file", name, body)
    read = read_file(body, path)
    if read.table is not table:
        raise Refused(422, OTHER_FEED)
    return _keep(key, request, read, body, path=path, token=token)


def _table(key: SenderKey) -> Table:
    table = table_of(*key.feed.name.split("/"))
    assert table is not None  # no key is made for a feed without one
    return table


def _keep(
    key: SenderKey, request: Any, read: FileRead, body: bytes, path: str, token: str
) -> tuple[Delivery, bool]:
    about: dict[str, Any] = {
        "read": read,
        "path": path,
        "token": token,
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    delivery, is_new = _keep_once(key, request.now, about)
    if is_new:
        count_rows(key, request.now, len(read.rows))
    return delivery, is_new


def _keep_once(key: SenderKey, at: datetime, about: dict[str, Any]) -> tuple[Delivery, bool]:
    """Try again where the same is being kept at this very moment: next time it is there."""
    for chance in range(CHANCES, 0, -1):
        try:
            return receive_sent(by=key, at=at, **about)
        except Revoked:
            raise Refused(401, NOT_A_KEY) from None
        except OtherContent:
            raise Refused(409, OTHER_CONTENT) from None
        except IntegrityError:
            if chance == 1:
                raise
    raise AssertionError("there is at least one chance")
