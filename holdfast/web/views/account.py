"""My own page: who I am here, my duty, whether a letter reaches me, my password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from holdfast.audit.commands import record as audit
from holdfast.kit.refs import new_ref
from holdfast.paging.channels import hang_up, send_email
from holdfast.web.building.account import page
from holdfast.web.clocks import wall_time
from holdfast.web.forms.account import NewPasswordForm


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Any) -> HttpResponse:
    form = NewPasswordForm(request.user, request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        form.save()
        update_session_auth_hash(request, form.user)
        audit(by=request.practitioner, act="web.change_password", at=request.now)
        messages.success(request, "From now on the new password counts.")
        return redirect("web:account")
    context = {"page": page(request.practitioner, request.user, request.now, form)}
    return render(request, "web/account.html", context, status=422 if form else 200)


@require_POST
def test_letter(request: Any) -> HttpResponse:
    """Send one letter as the alert path would, at once, and say what became of it."""
    to = request.practitioner.email
    audit(by=request.practitioner, act="web.test_letter", at=request.now)
    try:
        send_email(ref=new_ref(), about="", to=to)
        messages.success(
            request,
            f"The mail server took a letter to {to} at {wall_time(request.now)}. Look whether it came.",
        )
    except OSError as problem:
        messages.error(
            request, f"The letter to {to} did not leave: {problem}. Tell whoever looks after Holdfast."
        )
    finally:
        hang_up()
    return redirect("web:account")
