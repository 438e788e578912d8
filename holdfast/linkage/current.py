"""By which model are records weighed now?"""

import json
from functools import lru_cache

from holdfast.linkage.clustering import Weighing
from holdfast.linkage.models import ModelVersion
from holdfast.linkage.scoring import Model, from_settings, load

SHIPPED = ""
REMEMBERED = 32_768  # pairs, our choice: some 30 MB; all pairs of 60 children with 30 records each


def chosen_name() -> str:
    """Return the name of the version in use, empty for the shipped one.  One SQL query: another process may
    have chosen another a moment ago."""
    found = ModelVersion.objects.filter(chosen_at__isnull=False).order_by("-chosen_at", "-pk")
    return found.values_list("name", flat=True).first() or SHIPPED


def current_model() -> Model:
    return weighing().model


def weighing() -> Weighing:
    """Return what weighs pairs live, remembering those it has seen."""
    return _weighing(chosen_name())


@lru_cache(maxsize=2)
def _weighing(name: str) -> Weighing:
    return Weighing(model_named(name), REMEMBERED)


def model_named(name: str) -> Model:
    """Return a version by its name, or the shipped one.  Raises ModelVersion.DoesNotExist."""
    if name == SHIPPED:
        return load()
    return from_settings(json.loads(ModelVersion.objects.get(name=name).content))
