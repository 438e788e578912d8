"""Who is on when, who is told next, and what is promised at each kind of moment."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from holdfast.moments.commands import add_kind, change_kind_settings
from holdfast.moments.models import Kind
from holdfast.people.models import Area
from holdfast.rota.commands import end_turn, set_ladder, set_turn
from holdfast.rota.models import Turn
from holdfast.rota.queries import ladder
from holdfast.web import links
from holdfast.web.building import rota as shared
from holdfast.web.building import settings as building
from holdfast.web.building import settings_rota
from holdfast.web.clocks import LONDON
from holdfast.web.forms.settings import KindChangeForm, KindForm, StepForm, TurnForm
from holdfast.web.parts import FormPart, Link
from holdfast.web.views.reading import posted
from holdfast.web.views.settings.keeping import done, for_setting_up, kept, page


@for_setting_up
def rota(request: Any, code: str = "") -> HttpResponse:
    areas = shared.partner_areas()
    area = next((one for one in areas if one.code == code), areas[0] if areas and not code else None)
    if area is None:
        if code:
            raise Http404
        messages.info(request, "Set an area first: a rota is an area’s.")
        return redirect("web:settings_areas")
    return _rota(request, area)


def _rota(request: Any, area: Area, turn: Any = None, step: Any = None) -> HttpResponse:
    people = settings_rota.may_be_on(area, request.now)
    turn = turn or TurnForm(people=people, prefix="turn")
    step = step or StepForm(people=people, prefix="step")
    context = settings_rota.page(request.practitioner, area, request.now) | {
        "add": FormPart(turn, _do(area, "add"), "Put on the rota", "Put somebody on the rota"),
        "add_step": FormPart(step, _do(area, "add_step"), "Add this step", "Add a step", is_quiet=True),
    }
    return page(request, "settings_rota", "settings_rota", context, turn, step)


def _do(area: Area, act: str) -> str:
    return links.page("settings_rota_do", area.code, act)


@for_setting_up
def rota_act(request: Any, code: str, act: str) -> HttpResponse:
    if request.method != "POST" or act not in ACTS:
        raise Http404
    area = get_object_or_404(Area, code=code, is_partner=True)
    return ACTS[act](request, area) or redirect("web:settings_rota_of", code)


def _add(request: Any, area: Area) -> HttpResponse | None:
    form = TurnForm(request.POST, people=settings_rota.may_be_on(area, request.now), prefix="turn")

    def set_turns(*, by: Any, at: Any, **given: Any) -> None:
        for turn in form.turns(at.astimezone(LONDON).date()):
            set_turn(by=by, at=at, area=area, **turn)

    if kept(request, form, set_turns, "They are on the rota."):
        return None
    return _rota(request, area, turn=form)


def _end(request: Any, area: Area) -> HttpResponse | None:
    """Let a turn end with today: whoever is on now stays on until the turn is over."""
    turn = get_object_or_404(Turn, area=area, ref=request.POST.get("turn", ""))
    today = request.now.astimezone(LONDON).date()
    done(request, end_turn, "Off the rota from tomorrow.", turn=turn, last_on=today)
    return None


def _add_step(request: Any, area: Area) -> HttpResponse | None:
    form = StepForm(request.POST, people=settings_rota.may_be_on(area, request.now), prefix="step")

    def add_step(*, by: Any, at: Any, **given: Any) -> None:
        set_ladder(by=by, at=at, area=area, steps=[*ladder(area), form.step])

    if kept(request, form, add_step, "The step is added."):
        return None
    return _rota(request, area, step=form)


def _drop_step(request: Any, area: Area) -> HttpResponse | None:
    steps, text = ladder(area), request.POST.get("number", "")
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < number <= len(steps):
        raise Http404
    left = [replace(step) for place, step in enumerate(steps, start=1) if place != number]
    said = "The step is out." if left else "No step is left: the usual ones are used."
    done(request, set_ladder, said, area=area, steps=left)
    return None


ACTS = {"add": _add, "end": _end, "add_step": _add_step, "drop_step": _drop_step}


@for_setting_up
def moments(request: Any) -> HttpResponse:
    form = KindForm(posted(request))
    if kept(request, form, add_kind, "The kind is added."):
        return redirect("web:settings_moments")
    context = {
        "title": "Moments and limits",
        "intro": "What counts as a critical moment, and what is promised at each.",
        "rows": building.kind_rows(request.practitioner),
        "empty_lead": "No kind of moment is set yet.",
        "add": FormPart(
            form, links.page("settings_moments"), "Add the kind", "Add a kind that people can tell us of"
        ),
    }
    return page(request, "settings_list", "settings_moments", context, form)


@for_setting_up
def moment(request: Any, code: str) -> HttpResponse:
    kind = get_object_or_404(Kind, code=code)
    form = KindChangeForm.of(kind, posted(request))
    if kept(request, form, change_kind_settings, "Kept.", kind=kind):
        return redirect("web:settings_moments")
    context = {
        "title": kind.label,
        "intro": "Moments that are open already keep what was promised when they began.",
        "back": Link("All kinds", links.page("settings_moments")),
        "part": FormPart(form, links.page("settings_moment", code), "Keep this"),
        "history": building.history(request.practitioner, code, request.now),
    }
    return page(request, "settings_form", "settings_moments", context, form)
