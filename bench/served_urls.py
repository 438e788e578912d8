"""Holdfast's addresses, and an empty page to compare with."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path


def empty(request: Any) -> HttpResponse:
    """Nothing but what stands around every page: the least that a page can cost."""
    return render(request, "base.html", {})


urlpatterns = [path("bench-empty", empty), path("", include("holdfast.urls"))]
