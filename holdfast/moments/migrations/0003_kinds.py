from dataclasses import asdict

from django.db import migrations

from holdfast.moments.kinds import DEFAULT_KINDS


def add_kinds(apps, schema_editor):
    kind = apps.get_model("moments", "Kind")
    kind.objects.bulk_create([kind(**asdict(default)) for default in DEFAULT_KINDS], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("moments", "0002_told_as")]
    operations = [migrations.RunPython(add_kinds, migrations.RunPython.noop)]
