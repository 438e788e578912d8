"""What did a sender's system put into the body of its request, and is it bounded?"""

from contextlib import suppress
from typing import Any

from holdfast.api.errors import Refused

MOST_UNREAD = 2_000_000  # bytes, our choice: any body of rows
PIECE = 65_536  # bytes
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


def read(request: Any, most: int) -> bytes:
    """Return the body.  Raises Refused for one that is empty or larger than `most` bytes."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not declared.isdigit() or int(declared) > most:
        raise Refused(413, f"The body is larger than {most:,} bytes. Send it in parts.")
    content: bytes = request.read(most + 1)
    if len(content) > most:
        raise Refused(413, f"The body is larger than {most:,} bytes. Send it in parts.")
    if not content:
        raise Refused(400, "The body is empty. Send it with its Content-Length.")
    return content


def let_finish(request: Any) -> None:
    """Take in what a sender is still sending, up to a bound: cut off, many would never read the answer."""
    left = MOST_UNREAD
    with suppress(OSError):
        while left > 0 and (piece := request.read(PIECE)):
            left -= len(piece)


def require_json(request: Any) -> None:
    if request.content_type != "application/json":
        raise Refused(415, "Send rows as application/json.")


def refuse_forms(request: Any) -> None:
    """A form wraps the file in lines of its own, which would be kept as if they had been in it."""
    if request.content_type in FORMS:
        raise Refused(415, "Send the file itself as the body, as application/octet-stream; not in a form.")
