"""A child's own page, what can be written on it, whose records it is made of, and why it is open.  S5."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from holdfast.access.queries import require_duty, why_visible
from holdfast.access.terms import Duty
from holdfast.audit.queries import last_act
from holdfast.people.models import Person
from holdfast.web.building import changed, child, records
from holdfast.web.building.of_child import frame, shown
from holdfast.web.forms.child import FORMS, ChildForm
from holdfast.web.views.reading import child_of, note_read
from holdfast.who_is_who.commands import see_notices


@never_cache
@require_safe
def summary(request: Any, ref: str) -> HttpResponse:
    person = child_of(request, ref)
    response = _summary(request, person)
    note_read(request, person, "summary")
    see_notices(by=request.practitioner, at=request.now, person=person)
    return response


@require_POST
def add(request: Any, ref: str, what: str) -> HttpResponse:
    person = child_of(request, ref)
    require_duty(request.practitioner, Duty.TELL)
    if what not in FORMS:
        raise Http404
    form = FORMS[what](request.POST, person=person, now=request.now, prefix=what)
    if not form.is_valid():
        return _summary(request, person, form, status=422)
    form.keep(request.practitioner)
    messages.success(request, form.said)
    return redirect("web:child", ref)


def _summary(request: Any, person: Person, form: ChildForm | None = None, status: int = 200) -> HttpResponse:
    by, now = request.practitioner, request.now
    whole = shown(by, person, now)
    looked_at = last_act(by, person.ref, "child.read_summary", before=now - changed.SAME_LOOK)
    page = child.page(by, whole, now, looked_at, form)
    return render(request, "web/child.html", frame(whole, now, "child") | {"page": page}, status=status)


@never_cache
@require_safe
def whose_records(request: Any, ref: str) -> HttpResponse:
    person = child_of(request, ref)
    whole = shown(request.practitioner, person, request.now)
    rows = records.rows(request.practitioner, person, request.now)
    note_read(request, person, "records")
    return render(request, "web/records.html", frame(whole, request.now, "records") | {"rows": rows})


@never_cache
@require_safe
def why(request: Any, ref: str) -> HttpResponse:
    person = child_of(request, ref)
    whole = shown(request.practitioner, person, request.now)
    reasons = why_visible(request.practitioner, person, request.now)
    return render(request, "web/why.html", frame(whole, request.now, "why") | {"reasons": reasons})
