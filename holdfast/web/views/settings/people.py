"""Who works here, in which teams, and how they sign in."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from holdfast.access import set_up
from holdfast.people.models import Membership, Practitioner
from holdfast.web import links
from holdfast.web.building import settings as building
from holdfast.web.building import settings_lists as lists
from holdfast.web.forms.settings import PersonChangeForm, PersonForm, TeamChoiceForm, UsernameForm
from holdfast.web.numbers import page_number
from holdfast.web.parts import Button, FormPart, Link
from holdfast.web.views.reading import posted
from holdfast.web.views.settings.keeping import done, for_setting_up, kept, page

MAKE_A_LINK = " Make a link for them."


@for_setting_up
def people(request: Any) -> HttpResponse:
    form = PersonForm(posted(request))
    if kept(request, form, set_up.add_person, "Added. Make a link so that they can set a password."):
        added = Practitioner.objects.get(user__username=form.cleaned_data["username"])
        return redirect("web:settings_person", added.ref)
    number = page_number(request)
    rows, has_more = lists.people_rows(number, request.now)
    address = links.page("settings_people")
    context = {
        "title": "People",
        "rows": rows,
        "older": Link("More people", f"{address}?page={number + 1}") if has_more else None,
        "intro": "Everyone who works here. What they may see and do follows from role and team.",
        "empty_lead": "Nobody works here yet.",
        "add": FormPart(form, address, "Add this person", "Add somebody"),
        "next": Link("Next: the rota", links.page("settings_rota")),
    }
    return page(request, "settings_list", "settings_people", context, form)


@for_setting_up
def person(request: Any, ref: str) -> HttpResponse:
    found = get_object_or_404(Practitioner.objects.select_related("agency", "user"), ref=ref)
    form = PersonChangeForm(posted(request), initial=_held(found))
    if kept(request, form, set_up.change_person, "Kept.", practitioner=found):
        return redirect("web:settings_person", ref)
    return _page(request, found, form)


def _held(found: Practitioner) -> dict[str, Any]:
    names = ("name", "role", "job_title", "phone", "email")
    return {name: getattr(found, name) for name in names} | {"agency": found.agency_id}


def _page(
    request: Any, found: Practitioner, form: Any, team: Any = None, username: Any = None, link: str = ""
) -> HttpResponse:
    has_left = bool(found.left_at and found.left_at <= request.now)
    context = {
        "title": found.name,
        "intro": "Has left." if has_left else f"{lists.work(found)}, {found.agency}",
        "back": Link("All people", links.page("settings_people")),
        "part": FormPart(form, links.page("settings_person", found.ref), "Keep this"),
        "rows": lists.membership_rows(found, request.now),
        "join": _join_part(found, team),
        "username": _username_part(found, username),
        "signs_in": _signs_in(found, has_left, request.now).removesuffix(MAKE_A_LINK if link else ""),
        "buttons": _buttons(found, has_left),
        "link": link,
        "history": building.history(request.practitioner, found.ref, request.now),
    }
    return page(request, "settings_person", "settings_people", context, form, team, username)


def _signs_in(found: Practitioner, has_left: bool, now: datetime) -> str:
    if has_left:
        return "They cannot sign in, and nothing is told to them. What they did stays under their name."
    said = lists.signs_in(found)
    if found.user and not found.user.has_usable_password():
        return f"{said}.{MAKE_A_LINK}"
    return f"{said}.{lists.last_here(found, now)}"


def _join_part(found: Practitioner, bound: TeamChoiceForm | None) -> FormPart:
    form = bound or TeamChoiceForm(prefix="team")
    return FormPart(form, _do(found, "join"), "Put in this team", "Put in another team", is_quiet=True)


def _username_part(found: Practitioner, bound: UsernameForm | None) -> FormPart:
    held = {"username": found.user.username} if found.user else {}
    form = bound or UsernameForm(initial=held, prefix="user")
    title = "Change the name to sign in with" if found.user else "Give a name to sign in with"
    return FormPart(form, _do(found, "username"), "Keep this name", title, is_quiet=True)


def _do(found: Practitioner, act: str) -> str:
    return links.page("settings_person_do", found.ref, act)


def _buttons(found: Practitioner, has_left: bool) -> list[Button]:
    if has_left:
        return [Button(f"{found.name} works here again", _do(found, "return"), posts=True)]
    leave = Button(f"{found.name} has left", _do(found, "leave"), posts=True)
    link = Button("Make a link to set a password", _do(found, "link"), posts=True)
    return [link, leave] if found.user else [leave]


@for_setting_up
def act(request: Any, ref: str, act: str) -> HttpResponse:
    if request.method != "POST" or act not in ACTS:
        raise Http404
    found = get_object_or_404(Practitioner.objects.select_related("agency", "user"), ref=ref)
    return ACTS[act](request, found) or redirect("web:settings_person", ref)


def _join(request: Any, found: Practitioner) -> HttpResponse | None:
    form = TeamChoiceForm(request.POST, prefix="team")
    if kept(request, form, set_up.put_in_team, "They are in the team.", practitioner=found):
        return None
    return _page(request, found, PersonChangeForm(initial=_held(found)), team=form)


def _username(request: Any, found: Practitioner) -> HttpResponse | None:
    form = UsernameForm(request.POST, prefix="user")
    if kept(request, form, set_up.give_username, "Kept.", practitioner=found):
        return None
    return _page(request, found, PersonChangeForm(initial=_held(found)), username=form)


def _link(request: Any, found: Practitioner) -> HttpResponse | None:
    try:
        user, token = set_up.give_password_token(by=request.practitioner, at=request.now, practitioner=found)
    except set_up.CannotBeSet as problem:
        messages.error(request, str(problem))
        return None
    link = request.build_absolute_uri(links.page("set_password", user, token))
    return _page(request, found, PersonChangeForm(initial=_held(found)), link=link)


def _take_out(request: Any, found: Practitioner) -> HttpResponse | None:
    number = request.POST.get("membership", "")
    held = Membership.objects.filter(practitioner=found, ends_at=None)
    membership = get_object_or_404(held, pk=number if number.isascii() and number.isdigit() else 0)
    done(request, set_up.take_from_team, "They are out of the team.", membership=membership)
    return None


def _leave(request: Any, found: Practitioner) -> HttpResponse | None:
    said = f"{found.name} has left. It can be undone below."
    done(request, set_up.let_leave, said, practitioner=found)
    return None


def _return(request: Any, found: Practitioner) -> HttpResponse | None:
    done(request, set_up.let_return, f"{found.name} works here again.", practitioner=found)
    return None


ACTS = {
    "join": _join,
    "username": _username,
    "link": _link,
    "take_out": _take_out,
    "leave": _leave,
    "return": _return,
}
