"""What can a sender's own system ask by HTTP?  These four things and nothing else.

No address closes a moment, joins people, opens a record or reads another sender's rows.
"""

from typing import Annotated, Any

from ninja import Header, Path, Query, Router, Status

from holdfast.api import bodies, schemas
from holdfast.api.errors import NO_SUCH, Refused
from holdfast.api.keeping import keep_file, keep_rows
from holdfast.api.who import require_feed
from holdfast.feeds import queries
from holdfast.feeds.models import Delivery, Message
from holdfast.feeds.reading.files import LARGEST_FILE
from holdfast.feeds.sending import LARGEST_BODY, LONGEST_TOKEN, MOST_ROWS_SENT, slug_of

router = Router()

ON_A_PAGE = 500  # rows of one answer, our choice
MOST_PAGES = 10_000  # our choice: beyond the largest file

_ALWAYS = {401: schemas.Wrong, 404: schemas.Wrong, 422: schemas.Wrong, 429: schemas.Wrong}
_WRITES = {400: schemas.Wrong, 409: schemas.Wrong, 413: schemas.Wrong, 415: schemas.Wrong, **_ALWAYS}
_KEPT = {202: schemas.Kept, 200: schemas.Kept}

Feed = Annotated[
    str, Path(description="Its name in the reference: police_custody-custody.", pattern=r"^[a-z_]+-[a-z_]+$")
]
Name = Annotated[
    str, Path(description="As the feed's folder would hold it.", pattern=r"^[A-Za-z0-9_.-]{1,120}$")
]
Ref = Annotated[str, Path(pattern=r"^[a-z0-9]{1,12}$")]
Page = Annotated[int, Query(ge=1, le=MOST_PAGES)]
Once = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=LONGEST_TOKEN,
        pattern=r"^[\x21-\x7e]*$",
        description="The same again is the same sending. Without it, the same body on the same day is.",
    ),
]

_LINKS = {
    "delivery": {
        "operationId": "delivery",
        "parameters": {"feed": "$request.path.feed", "ref": "$response.body#/delivery"},
    }
}
_ANSWERS = {"responses": {202: {"links": _LINKS}, 200: {"links": _LINKS}}}
_A_ROW = {"type": "object", "description": "Values by column name, as the reference has them."}
_ROWS_BODY: dict[str, Any] = {
    **_ANSWERS,
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"type": "array", "items": _A_ROW, "minItems": 1, "maxItems": MOST_ROWS_SENT}
            }
        },
    },
}
_FILE_BODY: dict[str, Any] = {
    **_ANSWERS,
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary", "minLength": 1}}
        },
    },
}


@router.post(
    "/feeds/{feed}/rows",
    response={**_KEPT, **_WRITES},
    openapi_extra=_ROWS_BODY,
    summary="Send rows",
    operation_id="send_rows",
)
def send_rows(request: Any, feed: Feed, idempotency_key: Once = "") -> Any:
    """Rows as JSON objects.  202 once they are safely kept; they are applied afterwards."""
    require_feed(request.auth, feed)
    bodies.require_json(request)
    body = bodies.read(request, LARGEST_BODY)
    return _kept(*keep_rows(request.auth, request, body, idempotency_key))


@router.post(
    "/feeds/{feed}/files/{name}",
    response={**_KEPT, **_WRITES},
    openapi_extra=_FILE_BODY,
    summary="Send a file",
    operation_id="send_file",
)
def send_file(request: Any, feed: Feed, name: Name, idempotency_key: Once = "") -> Any:
    """A file exactly as the feed's folder would hold it.  202 once it is safely kept."""
    require_feed(request.auth, feed)
    bodies.refuse_forms(request)
    body = bodies.read(request, LARGEST_FILE)
    return _kept(*keep_file(request.auth, request, name, body, idempotency_key))


@router.get(
    "/feeds/{feed}/deliveries/{ref}",
    response={200: schemas.Delivered, **_ALWAYS},
    summary="What became of it",
    operation_id="delivery",
)
def delivery(request: Any, feed: Feed, ref: Ref, page: Page = 1) -> Any:
    """What became of each row that this key sent, and what is wrong with it."""
    require_feed(request.auth, feed)
    one = queries.delivery_sent(request.auth, ref)
    if one is None:
        raise Refused(404, NO_SUCH)
    counts = queries.counts_sent(request.auth, one)
    rows, more = _page(queries.rows_sent(request.auth, one), page)
    return {
        "delivery": one.ref,
        "name": one.path,
        "arrived_at": one.arrived_at,
        "counts": {"received": sum(counts.values()), **counts},
        "rows": [_row(message) for message in rows],
        "next_page": more,
    }


@router.get(
    "/feeds/{feed}/quarantine",
    response={200: schemas.Quarantine, **_ALWAYS},
    summary="What was refused",
    operation_id="quarantine",
)
def quarantine(request: Any, feed: Feed, page: Page = 1) -> Any:
    """The rows that this key sent and that cannot be used as they are, the newest first."""
    require_feed(request.auth, feed)
    rows, more = _page(queries.refused_rows(request.auth), page)
    said = [{"delivery": m.delivery.ref, "row": m.row, "problems": _problems(m)} for m in rows]
    return {"rows": said, "next_page": more}


def _kept(one: Delivery, is_new: bool) -> Status:
    address = f"/api/feeds/{slug_of(one.feed.name)}/deliveries/{one.ref}"
    said = {"delivery": one.ref, "address": address, "rows": one.messages.count(), "is_new": is_new}
    return Status(202 if is_new else 200, said)


def _page(rows: Any, number: int) -> tuple[list[Message], int | None]:
    start = (number - 1) * ON_A_PAGE
    found = list(rows[start : start + ON_A_PAGE + 1])
    return found[:ON_A_PAGE], number + 1 if len(found) > ON_A_PAGE else None


def _row(message: Message) -> dict[str, Any]:
    is_withdrawn = message.withdrawn_at is not None
    said = {"row": message.row, "status": message.status, "is_withdrawn": is_withdrawn}
    return {**said, "problems": _problems(message)}


def _problems(message: Message) -> list[dict[str, Any]]:
    return [
        {"field": one.field, "code": one.code, "reason": one.reason, "is_error": one.is_error}
        for one in message.problems.all()
    ]
