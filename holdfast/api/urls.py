"""At which addresses can senders' systems be heard?"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from holdfast import __version__
from holdfast.api import bodies
from holdfast.api.errors import NOT_A_KEY, Refused
from holdfast.api.operations import router
from holdfast.api.who import SenderKeyBearer

MOST_WORDS = 5  # of what is wrong with the parameters of a request, our choice


class Api(NinjaAPI):
    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        response = super().create_response(request, data, **more)
        response["Cache-Control"] = "no-store"
        return response


api = Api(
    title="Holdfast: sending rows",
    version=__version__,
    description="For the systems of agencies that send rows. Each key sends to one feed.",
    auth=SenderKeyBearer(),
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", router)


def _answer(request: HttpRequest, status: int, words: str) -> HttpResponse:
    return api.create_response(request, {"detail": words}, status=status)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, told: Refused) -> HttpResponse:
    bodies.let_finish(request)
    response = _answer(request, told.status, told.words)
    if told.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if told.wait:
        response["Retry-After"] = str(told.wait)
    return response


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, told: AuthenticationError) -> HttpResponse:
    return _refused(request, Refused(401, NOT_A_KEY))


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, told: ValidationError) -> HttpResponse:
    said = [f"{one['loc'][-1]}: {one['msg']}" for one in told.errors[:MOST_WORDS]]
    return _answer(request, 422, "; ".join(said))


def _open(pattern: Any) -> Any:
    """Senders' systems do not sign in: their key is asked for instead."""
    pattern.callback.is_open_to_all = True
    return pattern


_patterns, _app, _namespace = api.urls
urlpatterns = [path("", ([_open(one) for one in _patterns], _app, _namespace))]
