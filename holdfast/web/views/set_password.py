"""Somebody new sets their password, with a link that works once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from holdfast.access.set_up import set_own_password
from holdfast.web import links
from holdfast.web.forms.settings import PasswordForm
from holdfast.web.middleware import open_to_all
from holdfast.web.parts import FormPart
from holdfast.web.views.reading import posted


@open_to_all
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: Any, user: int, token: str) -> HttpResponse:
    found = User.objects.filter(pk=user, is_active=True, practitioner__isnull=False).first()
    if found is None or not default_token_generator.check_token(found, token):
        # What was wrong with it is nobody's business: used, too old, or never made.
        return render(request, "web/set_password.html", status=404)
    form = PasswordForm(found, posted(request))
    if form.is_valid():
        set_own_password(by=found.practitioner, at=request.now, password=form.cleaned_data["password"])
        messages.success(request, f"Your password is kept. Sign in as {found.username}.")
        return redirect("web:sign_in")
    part = FormPart(form, links.page("set_password", str(user), token), "Keep this password")
    context = {"part": part, "username": found.username}
    return render(request, "web/set_password.html", context, status=422 if form.errors else 200)
