"""The questions about who is who: what waits, one question, an answer, and taking one back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdfast.audit.commands import record_each, record_shown
from holdfast.linkage.errors import AlreadyTakenBack
from holdfast.linkage.terms import Opinion
from holdfast.web.building import who_is_who as building
from holdfast.web.forms.who_is_who import AnswerForm
from holdfast.web.numbers import page_number
from holdfast.web.views.reading import posted
from holdfast.who_is_who import commands
from holdfast.who_is_who.errors import NoSuchQuestion
from holdfast.who_is_who.queries import Doubt, doubt_for, judgement_for

SAID = {
    Opinion.SAME: "They are one person now.",
    Opinion.DIFFERENT: "They stay two people, and nobody is asked again.",
    Opinion.NOT_SURE: "Somebody else is asked as well.",
}


@never_cache
@require_safe
def who_is_who(request: Any) -> HttpResponse:
    page = building.waiting(request.practitioner, request.now, page_number(request))
    record_shown(by=request.practitioner, act="who_is_who.list", at=request.now, refs=page.pop("refs"))
    return render(request, "web/who_is_who.html", page)


@never_cache
@require_safe
def said(request: Any) -> HttpResponse:
    page = building.said(request.practitioner, request.now, page_number(request))
    return render(request, "web/who_is_who_said.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Any, ref: str) -> HttpResponse:
    by, now = request.practitioner, request.now
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return _answered(request, ref, form)
    doubt = _doubt(request, ref)
    read = [(ref, half.person.ref, "") for half in doubt.halves]
    record_each(by=by, act="who_is_who.read", at=now, lines=read)
    page = building.question(by, doubt, form, now)
    return render(request, "web/who_is_who_question.html", {"page": page}, status=422 if form.errors else 200)


def _answered(request: Any, ref: str, form: AnswerForm) -> HttpResponse:
    by, now = request.practitioner, request.now
    opinion, why = Opinion(form.cleaned_data["opinion"]), form.cleaned_data["why"]
    try:
        asked = doubt_for(by, ref, now)
        commands.say(by=by, at=now, ref=asked.ref, opinion=opinion, why=why)
    except NoSuchQuestion:
        messages.info(request, "This question waits no more. Nothing of what you sent was kept.")
    else:
        messages.success(request, f"{SAID[opinion]} You can take this back below.")
    return redirect("web:who_is_who")


def _doubt(request: Any, ref: str) -> Doubt:
    try:
        return doubt_for(request.practitioner, ref, request.now)
    except NoSuchQuestion:
        raise Http404 from None


@require_POST
def take_back(request: Any, ref: str) -> HttpResponse:
    try:
        held = judgement_for(request.practitioner, ref, request.now)
        commands.take_back(by=request.practitioner, at=request.now, judgement=held)
    except (AlreadyTakenBack, NoSuchQuestion):
        messages.info(request, "There is nothing to take back any more.")
    else:
        messages.success(request, "Taken back. The records are again whose they were found to be.")
    return redirect("web:who_is_who")
