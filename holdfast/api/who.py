"""Which sender is asking?  One key, one feed; no cookies."""

from typing import Any

from ninja.security import HttpBearer

from holdfast.api.errors import NO_SUCH, NOT_A_KEY, Refused
from holdfast.feeds.errors import TooFast
from holdfast.feeds.keys import begin_request, holder_of
from holdfast.feeds.models import SenderKey
from holdfast.feeds.sending import slug_of

TOO_FAST = "This key has sent more than it may in a minute. Go on after the seconds in Retry-After."


class SenderKeyBearer(HttpBearer):
    """The secret that was shown when the key was made: `Authorization: Bearer holdfast_…`."""

    def authenticate(self, request: Any, token: str) -> SenderKey:
        key = holder_of(token)
        if key is None:
            raise Refused(401, NOT_A_KEY)
        try:
            begin_request(key, request.now)
        except TooFast as told:
            raise Refused(429, TOO_FAST, told.wait) from None
        return key


def require_feed(key: SenderKey, feed: str) -> None:
    """Whatever is not this key's own is as if it were not there."""
    if feed != slug_of(key.feed.name):
        raise Refused(404, NO_SUCH)
