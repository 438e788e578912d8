from django.db import migrations

from holdfast.kit.migrating import without_pattern_indexes


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_about")]
    operations = [without_pattern_indexes("audit_entry")]
