"""Which moments are critical, and what is promised at each?  §8.5."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from holdfast.moments.commands import add_kind, change_kind_settings, remove_kind
from holdfast.moments.models import Kind
from holdfast.moments.queries import kinds_for
from holdfast.moments.terms import MomentKind
from holdfast.web import links
from holdfast.web.building import settings as building
from holdfast.web.building import settings_lists as lists
from holdfast.web.forms.settings_duty import KindChangeForm, KindForm
from holdfast.web.parts import FormPart, Link
from holdfast.web.views.reading import posted
from holdfast.web.views.settings.keeping import checked_first, for_setting_up, kept, page


@for_setting_up
def moments(request: Any) -> HttpResponse:
    form = KindForm(posted(request))
    if kept(request, form, add_kind, "The kind is added."):
        return redirect("web:settings_moments")
    context = {
        "title": "Moments and limits",
        "intro": "What counts as a critical moment, and what is promised at each.",
        "rows": lists.kind_rows(request.practitioner),
        "empty_lead": "No kind of moment is set yet.",
        "add": FormPart(
            form, links.page("settings_moments"), "Add the kind", "Add a kind that people can tell us of"
        ),
    }
    return page(request, "settings_list", "settings_moments", context, form)


def _kind(request: Any, code: str) -> Kind:
    found = next((kind for kind in kinds_for(request.practitioner) if kind.code == code), None)
    if found is None:
        raise Http404
    return found


@for_setting_up
def moment(request: Any, code: str) -> HttpResponse:
    kind = _kind(request, code)
    form = KindChangeForm.of(kind, posted(request))
    if kept(request, form, change_kind_settings, "Kept.", kind=kind):
        return redirect("web:settings_moments")
    context = {
        "title": kind.label,
        "intro": "What you keep here measures every moment of this kind, those that are live now too.",
        "back": Link("All kinds", links.page("settings_moments")),
        "part": FormPart(form, links.page("settings_moment", code), "Keep this"),
        "remove": None
        if kind.code in set(MomentKind)
        else Link(f"Remove {kind.label}", links.page("settings_moment_remove", code)),
        "history": building.history(request.practitioner, code, request.now),
    }
    return page(request, "settings_form", "settings_moments", context, form)


@for_setting_up
def remove(request: Any, code: str) -> HttpResponse:
    kind = _kind(request, code)
    return checked_first(
        request,
        remove_kind,
        section="settings_moments",
        title=f"Remove {kind.label}?",
        lead="Only a kind that was added here, and of which there is no moment, can be removed.",
        button="Remove it",
        said=f"{kind.label} is removed.",
        back=links.page("settings_moment", code),
        kind=kind,
    ) or redirect("web:settings_moments")
