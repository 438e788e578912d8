"""Who may be signed in as without a password?  Only the people of a demonstration, on its own machine."""

from datetime import datetime
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http.request import split_domain_port

from holdfast.audit.commands import record as audit
from holdfast.demonstration import mark
from holdfast.kit.transactions import atomic
from holdfast.people.models import Practitioner

BACKEND = "django.contrib.auth.backends.ModelBackend"
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")


def may_choose_anyone(request: Any) -> bool:
    """Say whether people may be chosen from a list.

    All three must hold: started with --demo; on a database that --demo made; asked by this very machine,
    not passed on by a server that others reach.
    """
    return bool(settings.DEMONSTRATION and _is_from_here(request) and mark.read())


def _is_from_here(request: Any) -> bool:
    if any(name in request.META for name in FORWARDED):
        return False
    host = split_domain_port(request.get_host())[0]
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (host == "localhost" or _is_loopback(host))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def practitioner_of(user: Any, now: datetime) -> Practitioner | None:
    """Return who this user is here, unless they have left."""
    return _here(now).filter(user=user).first()


def choosable(ref: str, now: datetime) -> Practitioner | None:
    return _here(now).filter(ref=ref).first()


def _here(now: datetime) -> QuerySet[Practitioner]:
    still_here = Q(left_at=None) | Q(left_at__gt=now)
    return Practitioner.objects.select_related("agency", "user").filter(still_here)


@atomic
def sign_in_as(*, request: Any, practitioner: Practitioner, at: datetime) -> None:
    """Sign in as someone of the demonstration; the caller has asked `may_choose_anyone`."""
    if practitioner.user is None:
        user = User(username=f"demonstration-{practitioner.ref}")
        user.set_unusable_password()
        user.save()
        practitioner.user = user
        practitioner.save(update_fields=["user"])
    login(request, practitioner.user, backend=BACKEND)
    note_signed_in(by=practitioner, at=at)


def note_signed_in(*, by: Practitioner, at: datetime) -> None:
    audit(by=by, act="web.sign_in", at=at, about=by.ref)
