"""A service says that a child was in court for the first time, on a date that cannot be read."""

from typing import Any

from django.db import migrations

CODE, LABEL, GROUP = "first_court_undated", "First court, date not read", "Court and youth justice"


def add_kind(apps: Any, schema_editor: Any) -> None:
    kind = apps.get_model("chronology", "Kind")
    kind.objects.get_or_create(code=CODE, defaults={"label": LABEL, "group": GROUP})


class Migration(migrations.Migration):
    dependencies = [("chronology", "0003_references")]

    operations = [migrations.RunPython(add_kind, migrations.RunPython.noop)]
