"""Something has happened: a few plain forms, then a receipt.  S2.  Works without JavaScript."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from holdfast.access.queries import require_duty
from holdfast.access.terms import Duty
from holdfast.kit.refs import new_ref
from holdfast.moments.commands import tell
from holdfast.moments.errors import CannotBeSaid
from holdfast.moments.queries import moment_for
from holdfast.web import drafts
from holdfast.web.building import happened, receipt
from holdfast.web.building.finding import children_found
from holdfast.web.forms.happened import UnknownChildForm, WhereForm
from holdfast.web.parts import FormPart
from holdfast.web.views.polling import live
from holdfast.web.views.reading import child_of

asked = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def begin(request: Any) -> HttpResponse:
    require_duty(request.practitioner, Duty.TELL)
    return redirect("web:happened_child", new_ref())


@never_cache
@asked
def child(request: Any, token: str) -> HttpResponse:
    require_duty(request.practitioner, Duty.TELL)
    if request.method != "POST":
        return _ask_child(request, token, UnknownChildForm())
    if "child" in request.POST:
        person = child_of(request, request.POST["child"])
        drafts.keep(request.session, token, child=person.ref, name="", age=None)
        return _onward(request, token, "what")
    form = UnknownChildForm(request.POST)
    if not form.is_valid():
        return _ask_child(request, token, form, status=422)
    drafts.keep(request.session, token, child="", **form.cleaned_data)
    return _onward(request, token, "what")


def _ask_child(request: Any, token: str, form: UnknownChildForm, status: int = 200) -> HttpResponse:
    by, now = request.practitioner, request.now
    step = happened.step(by, "child", token, {}, now)
    unknown = FormPart(
        form, step.action, "Go on", title="Not found? Go on with initials and age", is_quiet=True
    )
    query = drafts.read(request.session, token).get("query", "")
    context = {
        "step": step,
        "recent": happened.recent(by, now),
        "query": query,
        "found": children_found(by, query, now) if query else [],
        "search_action": step.action + "/look",
        "unknown": unknown,
        "form": form,
    }
    return render(request, "web/happened_child.html", context, status=status)


@never_cache
@require_http_methods(["POST"])
def look(request: Any, token: str) -> HttpResponse:
    """Look for a child.  What is typed is posted, so that no name stands in an address."""
    require_duty(request.practitioner, Duty.TELL)
    drafts.keep(request.session, token, query=request.POST.get("q", "").strip()[:120])
    return redirect("web:happened_child", token)


@never_cache
@asked
def what(request: Any, token: str) -> HttpResponse:
    if happened.kind_named(request.POST.get("kind", "")):
        drafts.keep(request.session, token, kind=request.POST["kind"])
        return _onward(request, token, "where")
    kinds, more = happened.at_first(happened.kinds())
    return _ask(request, token, "what", "web/happened_type.html", kinds=kinds, more=more)


@never_cache
@asked
def where(request: Any, token: str) -> HttpResponse:
    draft = drafts.read(request.session, token)
    said = {name: draft[name] for name in ("where", "company", "detail", "is_there_now") if name in draft}
    form = WhereForm(request.POST if request.method == "POST" else None, now=request.now, initial=said)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, token, "where", "web/happened_where.html", form=form)
    happened_at = form.cleaned_data["happened_at"].isoformat()
    drafts.keep(request.session, token, **{**form.cleaned_data, "happened_at": happened_at})
    return _onward(request, token, "check")


@never_cache
@asked
def check(request: Any, token: str) -> HttpResponse:
    if request.method == "POST":
        return _send(request, token)
    draft = drafts.read(request.session, token)
    lacking = happened.missing(draft)
    if lacking:
        return redirect(f"web:happened_{lacking}", token)
    answers = happened.answers(request.practitioner, draft, request.now)
    changes = happened.changes(token)
    return _ask(request, token, "check", "web/happened_check.html", answers=answers, changes=changes)


def _send(request: Any, token: str) -> HttpResponse:
    """Raise the moment once, however often Send is pressed."""
    sent = drafts.what_became_of(request.session, token)
    draft = drafts.read(request.session, token)
    lacking = happened.missing(draft)
    if sent or lacking:
        return redirect("web:sent", sent) if sent else redirect(f"web:happened_{lacking}", token)
    try:
        said = happened.to_tell(request.practitioner, draft, request.now)
        moment = tell(by=request.practitioner, at=request.now, token=token, **said)
    except CannotBeSaid as problem:
        return _ask(request, token, "check", "web/happened_check.html", problem=str(problem))
    drafts.forget(request.session, token)
    drafts.note_sent(request.session, token, moment.ref)
    return redirect("web:sent", moment.ref)


def _ask(request: Any, token: str, name: str, template: str, **context: Any) -> HttpResponse:
    """Show a question, with all that was answered before it; a problem is said at the top."""
    require_duty(request.practitioner, Duty.TELL)
    draft = drafts.read(request.session, token)
    lacking = happened.missing(draft)
    if lacking and happened.ORDER.index(lacking) < happened.ORDER.index(name):
        return redirect(f"web:happened_{lacking}", token)
    step = happened.step(request.practitioner, name, token, draft, request.now)
    is_wrong = "problem" in context or bool(getattr(context.get("form"), "errors", None))
    return render(request, template, {"step": step, **context}, status=422 if is_wrong else 200)


def _onward(request: Any, token: str, name: str) -> HttpResponse:
    """Go to the next question, or back to the check when only one answer was changed."""
    is_whole = not happened.missing(drafts.read(request.session, token))
    return redirect(f"web:happened_{'check' if is_whole else name}", token)


@never_cache
@require_safe
def sent(request: Any, ref: str) -> HttpResponse:
    shown = moment_for(request.practitioner, ref, request.now)
    page = receipt.sent(request.practitioner, shown, request.now)
    return live(request, page, "web/receipt.html", "web/receipt_live.html", "page")
