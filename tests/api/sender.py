"""A sender's own system: it has a key and speaks HTTP."""

import json
from typing import Any

from django.test import Client

from holdfast.feeds.commands import make_key
from holdfast.feeds.models import SenderKey
from holdfast.people.terms import Role
from tests import make

CUSTODY = "police_custody-custody"
ROW = {
    "custody_ref": "CW/02231/26",
    "record_version": 1,
    "nominal_id": "N1542939",
    "arrested_at": "18/11/2026 18:20",
    "arrived_at": "18/11/2026 19:00",
    "station": "Carrow Central",
    "surname": "OKORO",
    "forenames": "Rafe",
    "dob": "09/06/2010",
    "sex": "M",
    "offence": "Possession with intent to supply",
    "appropriate_adult": "Ama Okoro",
}
NEXT = {**ROW, "custody_ref": "CW/02232/26", "nominal_id": "N1542940", "surname": "TARN", "forenames": "Isla"}
BAD = {**NEXT, "custody_ref": "CW/02233/26", "arrested_at": "31/11/2026 09:00"}


class Sender:
    def __init__(self, key: SenderKey, secret: str, feed: str = CUSTODY) -> None:
        self.key, self.secret, self.feed = key, secret, feed
        self.client = Client(SERVER_NAME="localhost")

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    def rows(self, *rows: Any, body: Any = None, feed: str = "", **headers: str) -> Any:
        content = json.dumps(rows) if body is None else body
        return self.client.post(
            f"/api/feeds/{feed or self.feed}/rows",
            content,
            content_type=headers.pop("content_type", "application/json"),
            headers=self.bearer | headers,
        )

    def file(self, name: str, content: bytes | str, **headers: str) -> Any:
        return self.client.post(
            f"/api/feeds/{self.feed}/files/{name}",
            content,
            content_type=headers.pop("content_type", "application/octet-stream"),
            headers=self.bearer | headers,
        )

    def get(self, address: str) -> Any:
        return self.client.get(address, headers=self.bearer)


def sender(name: str = "police_custody/custody", la_code: str = "", label: str = "Records system") -> Sender:
    by = make.practitioner(role=Role.ADMINISTRATOR, in_area=make.area())
    key, secret = make_key(by=by, at=make.NOW, feed=name, label=label, la_code=la_code)
    return Sender(key, secret, name.replace("/", "-"))
