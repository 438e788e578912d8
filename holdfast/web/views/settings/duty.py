"""Who is on when, and who is told next?"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from holdfast.people.models import Area
from holdfast.rota.commands import cover_turn, end_turn, keep_turn, set_ladder, set_turn
from holdfast.rota.models import Turn
from holdfast.rota.queries import ladder, turn_for
from holdfast.web import links
from holdfast.web.building import rota as shared
from holdfast.web.building import settings_rota as building
from holdfast.web.building.words import today
from holdfast.web.forms.settings_duty import WEEKDAYS, CoverForm, EndTurnForm, StepForm, TurnForm
from holdfast.web.parts import Button, FormPart, Link
from holdfast.web.views.settings.keeping import checked_first, done, for_setting_up, kept, page


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
    turn = turn or _turn_form(request)
    step = step or _step_form(request, area)
    context = building.page(request.practitioner, area, request.now) | {
        "add": FormPart(turn, _do(area, "add"), "Put on the rota", "Put somebody on the rota"),
        "add_step": FormPart(step, _do(area, "add_step"), "Add this step", "Add a step", is_quiet=True),
    }
    return page(request, "settings_rota", "settings_rota", context, turn, step)


def _turn_form(request: Any, data: Any = None) -> TurnForm:
    return TurnForm(data, people=building.may_be_on(request.now), today=today(request.now), prefix="turn")


def _step_form(request: Any, area: Area, data: Any = None) -> StepForm:
    people = building.may_be_on(request.now)
    return StepForm(data, people=people, steps=len(ladder(area)), prefix="step")


def _do(area: Area, act: str) -> str:
    return links.page("settings_rota_do", area.code, act)


@for_setting_up
def rota_act(request: Any, code: str, act: str) -> HttpResponse:
    if request.method != "POST" or act not in ACTS:
        raise Http404
    area = _area(code)
    return ACTS[act](request, area) or redirect("web:settings_rota_of", code)


def _area(code: str) -> Area:
    return get_object_or_404(Area, code=code, is_partner=True)


def _add(request: Any, area: Area) -> HttpResponse | None:
    form = _turn_form(request, request.POST)

    def set_turns(*, by: Any, at: Any, **given: Any) -> None:
        for turn in form.turns():
            set_turn(by=by, at=at, area=area, **turn)

    if kept(request, form, set_turns, "They are on the rota."):
        return None
    return _rota(request, area, turn=form)


def _add_step(request: Any, area: Area) -> HttpResponse | None:
    form = _step_form(request, area, request.POST)

    def add_step(*, by: Any, at: Any, **given: Any) -> None:
        steps, place = ladder(area), given["place"]
        set_ladder(by=by, at=at, area=area, steps=[*steps[:place], form.step, *steps[place:]])

    if kept(
        request, form, add_step, "The step is added. Moments that are open keep the steps they began with."
    ):
        return None
    return _rota(request, area, step=form)


def _usual_steps(request: Any, area: Area) -> HttpResponse | None:
    done(request, set_ladder, "The usual steps are used.", area=area, steps=[])
    return None


ACTS = {"add": _add, "add_step": _add_step, "usual_steps": _usual_steps}


@for_setting_up
def step(request: Any, code: str, number: int) -> HttpResponse:
    """Take one step out of the ladder, once asked."""
    area = _area(code)
    steps = ladder(area)
    if not 0 < number <= len(steps):
        raise Http404
    left = [*steps[: number - 1], *steps[number:]]
    what = "Moments that are open keep the steps they began with."
    return checked_first(
        request,
        set_ladder,
        section="settings_rota",
        title=f"Take step {number} out?",
        lead=what if left else f"No step is left then, so the usual ones are used. {what}",
        button="Take it out",
        said="The step is out." if left else "No step is left: the usual ones are used.",
        back=links.page("settings_rota_of", code),
        area=area,
        steps=left,
    ) or redirect("web:settings_rota_of", code)


@for_setting_up
def turn(request: Any, code: str, ref: str, act: str = "") -> HttpResponse:
    """Change one turn: somebody else once, or for the last time."""
    found = turn_for(request.practitioner, _area(code), ref)
    if found is None or (act and (request.method != "POST" or act not in TURN_ACTS)):
        raise Http404
    if act:
        return TURN_ACTS[act](request, found) or redirect("web:settings_rota_of", code)
    return _turn(request, found)


def _turn(request: Any, found: Turn, cover: Any = None, end: Any = None) -> HttpResponse:
    day = today(request.now)
    cover, end = cover or _cover_form(request, found), end or EndTurnForm(today=day, prefix="end")
    keep = Button("Keep it every week", _do_turn(found, "keep"), posts=True)
    context = {
        "title": f"{found.practitioner}, {WEEKDAYS[found.weekday]}s",
        "intro": f"{building.hours(found)}. {building.dates(found, day)}".strip(),
        "back": Link(f"Rota of {found.area}", links.page("settings_rota_of", found.area.code)),
        "parts": [
            FormPart(cover, _do_turn(found, "cover"), "They take it that day", "Somebody else, once"),
            FormPart(
                end,
                _do_turn(found, "end"),
                "Take off the rota after that",
                "Take off the rota",
                is_quiet=True,
            ),
        ],
        "keep": keep if found.last_on else None,
    }
    return page(request, "settings_turn", "settings_rota", context, cover, end)


def _do_turn(found: Turn, act: str) -> str:
    return links.page("settings_turn_do", found.area.code, found.ref, act)


def _cover_form(request: Any, found: Turn, data: Any = None) -> CoverForm:
    people = building.may_be_on(request.now).exclude(pk=found.practitioner_id)
    days = building.coming_days(found, today(request.now))
    return CoverForm(data, people=people, days=days, prefix="cover")


def _cover(request: Any, found: Turn) -> HttpResponse | None:
    form = _cover_form(request, found, request.POST)
    if kept(request, form, cover_turn, "They take it that day.", turn=found):
        return None
    return _turn(request, found, cover=form)


def _end(request: Any, found: Turn) -> HttpResponse | None:
    form = EndTurnForm(request.POST, today=today(request.now), prefix="end")
    said = "Kept. Until the last day is over, the turn’s page can undo it."
    if kept(request, form, end_turn, said, turn=found):
        return None
    return _turn(request, found, end=form)


def _keep(request: Any, found: Turn) -> HttpResponse | None:
    done(request, keep_turn, "They stay on the rota every week.", turn=found)
    return None


TURN_ACTS = {"cover": _cover, "end": _end, "keep": _keep}
