"""One moment: who has answered, who goes, what came of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from holdfast.audit.commands import record as audit
from holdfast.moments import commands
from holdfast.moments.errors import CannotBeSaid, MomentOver
from holdfast.moments.queries import MomentShown, moment_for
from holdfast.web import clocks
from holdfast.web.building import moment as building
from holdfast.web.building.doing import assign_form
from holdfast.web.forms.contact import AttemptForm, ContactForm
from holdfast.web.forms.moments import EndForm


@never_cache
@require_safe
def moment(request: Any, ref: str) -> HttpResponse:
    by, now = request.practitioner, request.now
    shown = moment_for(by, ref, now)
    commands.see(by=by, at=now, moment=shown.moment)
    audit(by=by, act="web.read_moment", at=now, about=ref, person_ref=shown.moment.person.ref)
    return _page(request, moment_for(by, ref, now))


@require_POST
def answer(request: Any, ref: str) -> HttpResponse:
    """Take it; the second to press learns who was first."""
    by, shown = request.practitioner, moment_for(request.practitioner, ref, request.now)
    try:
        taken = commands.answer(by=by, at=request.now, moment=shown.moment)
    except MomentOver as over:
        messages.info(request, f"{over}. Nobody has to take it any more.")
        return redirect("web:moment", ref)
    when = clocks.moment_words(taken.at, request.now)
    said = (
        f"You took this at {when}."
        if taken.was_first
        else f"{taken.by.name} took this at {when}, before you."
    )
    messages.success(request, f"{said} The clock runs until someone is with the child.")
    return redirect("web:moment", ref)


@require_POST
def assign(request: Any, ref: str) -> HttpResponse:
    shown = moment_for(request.practitioner, ref, request.now)
    form = assign_form(request.practitioner, shown, request.now, request.POST)

    def act(said: dict[str, Any]) -> str:
        commands.assign(by=request.practitioner, at=request.now, moment=shown.moment, **said)
        return f"{said['to'].name} is asked to go, and has been told."

    return _done(request, shown, "assign", form, act)


@require_POST
def contact(request: Any, ref: str) -> HttpResponse:
    return _contact(request, ref, "contact", ContactForm, "Written down. The clock has stopped.")


@require_POST
def attempt(request: Any, ref: str) -> HttpResponse:
    return _contact(request, ref, "attempt", AttemptForm, "Written down. The clock runs on.")


@require_POST
def end(request: Any, ref: str) -> HttpResponse:
    shown = moment_for(request.practitioner, ref, request.now)

    def act(said: dict[str, Any]) -> str:
        commands.end_moment(by=request.practitioner, at=request.now, moment=shown.moment, **said)
        return "Ended. What you wrote is what the next person reads."

    return _done(request, shown, "end", EndForm(request.POST, auto_id="end_%s"), act)


def _contact(request: Any, ref: str, key: str, form_class: Any, after: str) -> HttpResponse:
    shown = moment_for(request.practitioner, ref, request.now)

    def act(said: dict[str, Any]) -> str:
        by, about = request.practitioner, shown.moment
        commands.record_contact(by=by, at=request.now, person=about.person, moment=about, **said)
        return after

    return _done(request, shown, key, form_class(request.POST, now=request.now, auto_id=f"{key}_%s"), act)


def _done(
    request: Any, shown: MomentShown, key: str, form: Any, act: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """Do what the form says and show the moment; a form that cannot be taken stays as it was typed."""
    if form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
            return redirect("web:moment", shown.moment.ref)
        except (CannotBeSaid, MomentOver) as problem:
            form.add_error(None, f"Not saved. {problem}.")
    return _page(request, shown, {key: form}, status=422)


def _page(
    request: Any, shown: MomentShown, bound: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    page = building.page(request.practitioner, shown, request.now, bound)
    return render(request, "web/moment.html", {"page": page}, status=status)
