"""A contact with a child, or an attempt, outside a moment.  S6."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from holdfast.moments.commands import record_contact
from holdfast.moments.errors import CannotBeSaid
from holdfast.web.building.contact import page
from holdfast.web.building.of_child import frame, shown
from holdfast.web.forms.contact import AnyContactForm
from holdfast.web.views.reading import child_of, note_read


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Any, ref: str) -> HttpResponse:
    person = child_of(request, ref)
    form = AnyContactForm(request.POST if request.method == "POST" else None, now=request.now)
    if form.is_valid():
        try:
            record_contact(by=request.practitioner, at=request.now, person=person, **form.cleaned_data)
            messages.success(request, "Written down.")
            return redirect("web:contact", ref)
        except CannotBeSaid as problem:
            form.add_error(None, f"Not saved. {problem}.")
    child = shown(request.practitioner, person, request.now)
    context = frame(child, request.now, "contact") | page(request.practitioner, person, form, request.now)
    note_read(request, person, "contacts")
    return render(request, "web/contact.html", context, status=422 if form.errors else 200)
