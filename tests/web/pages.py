"""Who opens a page in a test, and how many SQL queries does it cost?"""

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from holdfast.people.models import Practitioner


def signed_in(practitioner: Practitioner) -> Client:
    if practitioner.user is None:
        practitioner.user = User.objects.create_user(f"u{practitioner.ref}")
        practitioner.save(update_fields=["user"])
    client = Client()
    client.force_login(practitioner.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def cost(client: Client, url: str, data: dict | None = None) -> int:
    """Return how many SQL queries a page takes, once whatever is kept between requests is kept."""
    ask = (lambda: client.post(url, data)) if data is not None else (lambda: client.get(url))
    ask()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = ask()
    assert response.status_code == 200, response.status_code
    return len(queries)
