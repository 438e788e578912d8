"""Areas, agencies and teams."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from holdfast.access import removing, set_up
from holdfast.people.models import Agency, Area, Team
from holdfast.web import links
from holdfast.web.building import settings as building
from holdfast.web.building import settings_lists as lists
from holdfast.web.forms.settings import AgencyForm, AreaChangeForm, AreaForm, TeamChangeForm, TeamForm
from holdfast.web.parts import FormPart, Link
from holdfast.web.views.reading import posted
from holdfast.web.views.settings.keeping import checked_first, for_setting_up, kept, page

# The page of one, and of all.
ALL = {"settings_area": "areas", "settings_agency": "agencies", "settings_team": "teams"}


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
        "rows": lists.area_rows(),
        "empty_lead": "No area is set yet.",
        "empty_more": "Begin here: a team works in an area, and each area has its own rota.",
        "add": FormPart(form, links.page("settings_areas"), "Add the area", "Add an area"),
        "next": Link("Next: agencies", links.page("settings_agencies")),
    }
    return page(request, "settings_list", "settings_areas", context, form)


@for_setting_up
def area(request: Any, code: str) -> HttpResponse:
    found = get_object_or_404(Area, code=code)
    held = {"name": found.name, "gss_code": found.gss_code, "is_partner": found.is_partner}
    form = AreaChangeForm(posted(request), initial=held)
    if kept(request, form, set_up.change_area, "Kept.", area=found):
        return redirect("web:settings_areas")
    context = _one(request, found.name, "settings_area", found.code)
    context["intro"] = f"Code {found.code}."
    context["part"] = FormPart(form, links.page("settings_area", code), "Keep this")
    return page(request, "settings_form", "settings_areas", context, form)


def _one(request: Any, title: str, address: str, about: str) -> dict[str, Any]:
    return {
        "title": title,
        "back": Link(f"All {ALL[address]}", links.page(f"settings_{ALL[address]}")),
        "remove": Link(f"Remove {title}", links.page(f"{address}_remove", about)),
        "history": building.history(request.practitioner, about, request.now),
    }


@for_setting_up
def agencies(request: Any) -> HttpResponse:
    form = AgencyForm(posted(request))
    if kept(request, form, set_up.add_agency, "The agency is added."):
        return redirect("web:settings_agencies")
    context = {
        "title": "Agencies",
        "intro": "Whoever works with children here: police, children’s services, schools, health, charities.",
        "rows": lists.agency_rows(request.now),
        "empty_lead": "No agency is set yet.",
        "empty_more": "People work for an agency, in one of its teams.",
        "add": FormPart(form, links.page("settings_agencies"), "Add the agency", "Add an agency"),
        "next": Link("Next: teams", links.page("settings_teams")),
    }
    return page(request, "settings_list", "settings_agencies", context, form)


@for_setting_up
def agency(request: Any, ref: str) -> HttpResponse:
    found = get_object_or_404(Agency, ref=ref)
    held = {"name": found.name, "kind": found.kind, "duty_phone": found.duty_phone}
    form = AgencyForm(posted(request), initial=held)
    if kept(request, form, set_up.change_agency, "Kept.", agency=found):
        return redirect("web:settings_agencies")
    context = _one(request, found.name, "settings_agency", found.ref) | {
        "part": FormPart(form, links.page("settings_agency", ref), "Keep this"),
        "rows_title": "Its teams",
        "rows": lists.team_rows(request.now, found),
        "rows_empty": "It has no team yet. People work in a team.",
        "rows_link": Link("Add a team", links.page("settings_teams")),
    }
    return page(request, "settings_form", "settings_agencies", context, form)


@for_setting_up
def teams(request: Any) -> HttpResponse:
    form = TeamForm(posted(request))
    if kept(request, form, set_up.add_team, "The team is added."):
        return redirect("web:settings_teams")
    context = {
        "title": "Teams",
        "intro": "Where a team works decides whose children its people may see.",
        "rows": lists.team_rows(request.now),
        "empty_lead": "No team is set yet.",
        "empty_more": "A team belongs to one agency and works in one area, or in all.",
        "add": FormPart(form, links.page("settings_teams"), "Add the team", "Add a team"),
        "next": Link("Next: people", links.page("settings_people")),
    }
    return page(request, "settings_list", "settings_teams", context, form)


@for_setting_up
def team(request: Any, ref: str) -> HttpResponse:
    found = get_object_or_404(Team.objects.select_related("agency", "area"), ref=ref)
    form = TeamChangeForm(posted(request), initial={"name": found.name, "area": found.area_id})
    if kept(request, form, set_up.change_team, "Kept.", team=found):
        return redirect("web:settings_teams")
    context = _one(request, found.name, "settings_team", found.ref) | {
        "intro": f"A team of {found.agency}.",
        "part": FormPart(form, links.page("settings_team", ref), "Keep this"),
        "rows_title": "Who is in it",
        "rows": lists.member_rows(found, request.now),
        "rows_empty": "Nobody is in it. People are put into a team on their own page.",
        "rows_link": Link("All people", links.page("settings_people")),
    }
    return page(request, "settings_form", "settings_teams", context, form)


@for_setting_up
def remove_area(request: Any, code: str) -> HttpResponse:
    found = get_object_or_404(Area, code=code)
    return _remove(request, "settings_area", found, code, removing.remove_area, area=found)


@for_setting_up
def remove_agency(request: Any, ref: str) -> HttpResponse:
    found = get_object_or_404(Agency, ref=ref)
    return _remove(request, "settings_agency", found, ref, removing.remove_agency, agency=found)


@for_setting_up
def remove_team(request: Any, ref: str) -> HttpResponse:
    found = get_object_or_404(Team, ref=ref)
    return _remove(request, "settings_team", found, ref, removing.remove_team, team=found)


def _remove(request: Any, address: str, found: Any, about: str, command: Any, **given: Any) -> HttpResponse:
    return checked_first(
        request,
        command,
        section=f"settings_{ALL[address]}",
        title=f"Remove {found}?",
        lead="Only what nobody has used can be removed. It can be added again.",
        button="Remove it",
        said=f"{found} is removed.",
        back=links.page(address, about),
        **given,
    ) or redirect(f"web:settings_{ALL[address]}")
