"""Signing in, as whom, and out.  S1."""

from typing import Any

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from holdfast.web import links, signing_in
from holdfast.web.building.sign_in import nobody_can_sign_in, people_to_choose
from holdfast.web.forms.sign_in import SignInForm
from holdfast.web.middleware import open_to_all
from holdfast.web.parts import FormPart

LOCKED = (
    "Too many wrong passwords. Wait 15 minutes and try again, or ring the person who looks after Holdfast"
    " in your agency. If a child needs someone now, ring the person on duty."
)
NO_PRACTITIONER = "This name is not, or no longer, one of the people who work here."


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: Any) -> HttpResponse:
    form = SignInForm(request, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    practitioner = signing_in.practitioner_of(form.get_user(), request.now)
    if practitioner is None:
        form.add_error(None, NO_PRACTITIONER)
        return _page(request, form, status=422)
    login(request, form.get_user())
    signing_in.note_signed_in(by=practitioner, at=request.now)
    return redirect(_wanted(request))


@open_to_all
@require_POST
def sign_in_as(request: Any) -> HttpResponse:
    if not signing_in.may_choose_anyone(request):
        raise Http404
    person = signing_in.choosable(request.POST.get("person", ""), request.now)
    if person is None:
        return redirect("web:sign_in")
    signing_in.sign_in_as(request=request, practitioner=person, at=request.now)
    return redirect(_wanted(request))


@open_to_all
@require_POST
def sign_out(request: Any) -> HttpResponse:
    logout(request)
    return redirect("web:sign_in")


def locked(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """What somebody reads after too many wrong passwords; called by django-axes."""
    form = SignInForm(request, data=request.POST)
    form.full_clean()
    form.errors.clear()
    form.add_error(None, LOCKED)
    return _page(request, form, status=429)


def _page(request: HttpRequest, form: SignInForm, status: int) -> HttpResponse:
    wanted = _wanted(request)
    action = links.page("sign_in") + (f"?next={wanted}" if wanted != "/" else "")
    chosen = people_to_choose() if signing_in.may_choose_anyone(request) else []
    context = {
        "part": FormPart(form=form, action=action, button="Sign in"),
        "demonstration": chosen,
        "first_run": not chosen and nobody_can_sign_in(),
    }
    return render(request, "web/sign_in.html", context, status=status)


def _wanted(request: HttpRequest) -> str:
    """Return the page asked for before signing in, if it is one of ours."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours and wanted.startswith("/") else "/"
