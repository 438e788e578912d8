"""This is not about this child: choose, see what goes where, then do it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from holdfast.linkage.errors import NothingToJudge
from holdfast.web import links
from holdfast.web.building import splitting as building
from holdfast.web.building.of_child import frame, shown
from holdfast.web.forms.splitting import SplitForm
from holdfast.web.parts import FormPart
from holdfast.web.views.reading import child_of, note_read, posted
from holdfast.who_is_who import commands
from holdfast.who_is_who.splitting import parts_of

SURE = "sure"  # the button of the second step


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: Any, ref: str) -> HttpResponse:
    by, now = request.practitioner, request.now
    person = child_of(request, ref)
    parts = parts_of(by, person, now)
    form = SplitForm(posted(request), parts=parts, initial={"leaving": [request.GET.get("record", "")]})
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and SURE in request.POST:
        try:
            commands.set_apart(by=by, at=now, person=person, **_said(form))
        except NothingToJudge as problem:
            form.add_error("leaving", str(problem))
        else:
            messages.success(request, "Set apart. Whoever relied on this page in the last 28 days is told.")
            return redirect("web:records", ref)
    note_read(request, person, "split")
    said = _said(form) if is_ready and form.is_valid() else None
    page = {
        "part": FormPart(form, links.page("split", ref), "Show what goes where"),
        "halves": building.halves(parts, said["leaving"], said["going"], now) if said else [],
        "said": said,
        "sure": SURE,
        "action": links.page("split", ref),
    }
    context = frame(shown(by, person, now), now, "records") | {"page": page}
    return render(request, "web/split.html", context, status=422 if form.errors else 200)


def _said(form: SplitForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {"leaving": data["leaving"], "going": data.get("going", []), "why": data["why"]}
