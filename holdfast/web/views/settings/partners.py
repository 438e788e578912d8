"""Areas, agencies and teams."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from holdfast.access import set_up
from holdfast.people.models import Agency, Area, Team
from holdfast.web import links
from holdfast.web.building import settings as building
from holdfast.web.forms.settings import AgencyForm, AreaChangeForm, AreaForm, TeamChangeForm, TeamForm
from holdfast.web.parts import FormPart, Link
from holdfast.web.views.reading import posted
from holdfast.web.views.settings.keeping import for_setting_up, kept, page


@for_setting_up
def overview(request: Any) -> HttpResponse:
    return page(request, "settings", "settings", building.overview(request.practitioner, request.now))


@for_setting_up
def areas(request: Any) -> HttpResponse:
    form = AreaForm(posted(request))
    if kept(request, form, set_up.add_area, "The area is added."):
        return redirect("web:settings_areas")
    context = {
        "title": "Areas",
        "intro": "The local authorities whose children are looked after here, and their neighbours.",
        "rows": building.area_rows(),
        "empty_lead": "No area is set yet.",
        "empty_more": "Without one, nobody's duty can answer.",
        "add": FormPart(form, links.page("settings_areas"), "Add the area", "Add an area"),
    }
    return page(request, "settings_list", "settings_areas", context, form)


@for_setting_up
def area(request: Any, code: str) -> HttpResponse:
    found = get_object_or_404(Area, code=code)
    held = {"name": found.name, "gss_code": found.gss_code, "is_partner": found.is_partner}
    form = AreaChangeForm(posted(request), initial=held)
    if kept(request, form, set_up.change_area, "Kept.", area=found):
        return redirect("web:settings_areas")
    context = _one(request, found.name, "settings_areas", "All areas", found.code)
    context["part"] = FormPart(form, links.page("settings_area", code), "Keep this")
    return page(request, "settings_form", "settings_areas", context, form)


def _one(request: Any, title: str, section: str, back: str, about: str) -> dict[str, Any]:
    return {
        "title": title,
        "back": Link(back, links.page(section)),
        "history": building.history(request.practitioner, about, request.now),
    }


@for_setting_up
def agencies(request: Any) -> HttpResponse:
    form = AgencyForm(posted(request))
    if kept(request, form, set_up.add_agency, "The agency is added."):
        return redirect("web:settings_agencies")
    context = {
        "title": "Agencies",
        "rows": building.agency_rows(),
        "empty_lead": "No agency is set yet.",
        "add": FormPart(form, links.page("settings_agencies"), "Add the agency", "Add an agency"),
    }
    return page(request, "settings_list", "settings_agencies", context, form)


@for_setting_up
def agency(request: Any, ref: str) -> HttpResponse:
    found = get_object_or_404(Agency, ref=ref)
    held = {"name": found.name, "kind": found.kind, "duty_phone": found.duty_phone}
    form = AgencyForm(posted(request), initial=held)
    if kept(request, form, set_up.change_agency, "Kept.", agency=found):
        return redirect("web:settings_agencies")
    context = _one(request, found.name, "settings_agencies", "All agencies", found.ref)
    context["part"] = FormPart(form, links.page("settings_agency", ref), "Keep this")
    return page(request, "settings_form", "settings_agencies", context, form)


@for_setting_up
def teams(request: Any) -> HttpResponse:
    form = TeamForm(posted(request))
    if kept(request, form, set_up.add_team, "The team is added."):
        return redirect("web:settings_teams")
    context = {
        "title": "Teams",
        "intro": "Where a team works decides whose children its people see.",
        "rows": building.team_rows(),
        "empty_lead": "No team is set yet.",
        "add": FormPart(form, links.page("settings_teams"), "Add the team", "Add a team"),
    }
    return page(request, "settings_list", "settings_teams", context, form)


@for_setting_up
def team(request: Any, ref: str) -> HttpResponse:
    found = get_object_or_404(Team.objects.select_related("agency", "area"), ref=ref)
    form = TeamChangeForm(posted(request), initial={"name": found.name, "area": found.area_id})
    if kept(request, form, set_up.change_team, "Kept.", team=found):
        return redirect("web:settings_teams")
    context = _one(request, found.name, "settings_teams", "All teams", found.ref)
    context["intro"] = f"A team of {found.agency}."
    context["part"] = FormPart(form, links.page("settings_team", ref), "Keep this")
    return page(request, "settings_form", "settings_teams", context, form)
