"""Which package answers which address?  Packages without pages of their own are not named here."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# `web` holds the pages at the root; it comes last, so that a package's own prefix is found first.
PAGES = {
    "api/": "holdfast.api.urls",
    "moments/": "holdfast.moments.urls",
    "rota/": "holdfast.rota.urls",
    "feeds/": "holdfast.feeds.urls",
    "demonstration/": "holdfast.demonstration.urls",
    "": "holdfast.web.urls",
}


def _exists(module: str) -> bool:
    if find_spec(module.rpartition(".")[0]) is None:
        return False
    found = find_spec(module)
    return found is not None and found.origin is not None


urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module)) for prefix, module in PAGES.items() if _exists(module)
]
