"""Which page answers which address?"""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"holdfast.web.urls.{name}"))
    for name in ("alerts", "records")
    if find_spec(f"holdfast.web.urls.{name}")
]
