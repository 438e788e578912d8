"""How does a setting get kept, and what is said where it cannot be?"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from holdfast.access.errors import CannotBeSet
from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.moments.errors import CannotBeSaid
from holdfast.rota.errors import CannotBeOn
from holdfast.web.building.settings import sections
from holdfast.web.parts import FormPart, Link
from holdfast.web.views.reading import posted

Problems = (CannotBeSet, CannotBeSaid, CannotBeOn)


def for_setting_up(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open a page only to those who set Holdfast up, whatever it then asks."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def checked(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        require_duty(request.practitioner, Duty.SET_UP)
        return view(request, *args, **kwargs)

    return checked


def kept(request: Any, form: Any, command: Callable[..., Any], said: str, **given: Any) -> bool:
    """Keep what a valid form gives; where the command says that it cannot be, the form says why."""
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            command(
                by=request.practitioner, at=request.now, **given, **getattr(form, "given", form.cleaned_data)
            )
    except Problems as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        return False
    messages.success(request, said)
    return True


def done(request: Any, command: Callable[..., Any], said: str, **given: Any) -> None:
    """Do what one press asks, or say why it cannot be done."""
    try:
        with transaction.atomic():
            command(by=request.practitioner, at=request.now, **given)
    except Problems as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)


def checked_first(
    request: Any,
    command: Callable[..., Any],
    *,
    section: str,
    title: str,
    lead: str,
    button: str,
    said: str,
    back: str,
    **given: Any,
) -> HttpResponse | None:
    """Ask before something is taken away; nothing is returned once it has been."""
    form = Sure(posted(request))
    if kept(request, form, command, said, **given):
        return None
    context = {
        "title": title,
        "intro": lead,
        "back": Link("No, go back", back),
        "part": FormPart(form, request.path, button),
    }
    return page(request, "settings_form", section, context, form)


class Sure(forms.Form):
    """Nothing but a button."""


def page(request: Any, template: str, current: str, context: dict[str, Any], *forms: Any) -> HttpResponse:
    wrong = any(form is not None and form.errors for form in forms)
    whole = {"sections": sections(current), "now": request.now, "is_wrong": wrong, **context}
    return render(request, f"web/{template}.html", whole, status=422 if wrong else 200)
