"""How does somebody who sets Holdfast up use its pages in a test, and what do they read?"""

import html
import re
from typing import Any

from django.test import Client


def words(response: Any) -> str:
    """Return what a page says, without its markup."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(text))


def sent(client: Client, page: str, **data: Any) -> str:
    """Return what the page says to which a form of the settings leads."""
    return words(client.post(f"/settings/{page}", data, follow=True))
