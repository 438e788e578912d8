"""Which pages are there, at which address, and what does each look like?"""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .django_ready import make_ready
from .markdown import page, table

PICTURES = Path(__file__).resolve().parents[1] / "screenshots"
PHONE, DESK = "390", "1280"
INTRODUCTION = """\
Each page has a view of at most a few lines; what stands on it is built in `holdfast/web/building/` and
laid out in `holdfast/web/templates/`. S1, S2 … are the numbers by which the code calls the pages. The
pictures are made by the tests in `tests/journeys/` at the width of a phone and of a desk, with the
invented partnership."""


def pages() -> dict[str, str]:
    make_ready()
    modules: dict[str, list[tuple[str, str]]] = {}
    for address, name, module in _addresses(importlib.import_module("holdfast.urls").urlpatterns):
        modules.setdefault(module, []).append((address, name))
    rows = [[_says(module), _listed(found), f"`{_file(module)}`"] for module, found in modules.items()]
    pictures = ["## Pictures", *map(_picture, _names())]
    return {"pages.md": page("Pages", INTRODUCTION, table(["page", "addresses", "view"], rows), *pictures)}


def _addresses(patterns: list[Any], before: str = "/") -> Iterator[tuple[str, str, str]]:
    """Yield the address, name and view's module of each of our own pages."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _addresses(pattern.url_patterns, address)
        elif pattern.callback.__module__.startswith("holdfast."):
            yield address, pattern.name or "", pattern.callback.__module__


def _listed(found: list[tuple[str, str]]) -> str:
    return ", ".join(f"`{address}`" for address, _ in found)


def _says(module: str) -> str:
    return " ".join((importlib.import_module(module).__doc__ or "").split("\n\n")[0].split())


def _file(module: str) -> str:
    path = Path(module.replace(".", "/"))
    return f"{path}/__init__.py" if (PICTURES.parents[1] / path).is_dir() else f"{path}.py"


def _names() -> list[str]:
    """Return what is pictured, without the width."""
    return sorted({path.stem.rpartition("-")[0] for path in PICTURES.glob("*-*.png")})


def _picture(name: str) -> str:
    title = name.replace("-", " ").capitalize()
    found = [width for width in (PHONE, DESK) if (PICTURES / f"{name}-{width}.png").exists()]
    shown = [f"![{title}, {width} pixels wide](../screenshots/{name}-{width}.png)" for width in found]
    return f"### {title}\n\n" + table([f"{width} pixels" for width in found], [shown])
