from django.db import migrations

# A sender's reference without its authority, spaces and marks, as people type it into the search box.
FORWARDS = """
CREATE INDEX chronology_reference_bare ON chronology_event
    (kit.bare(regexp_replace(source_ref, '^[0-9A-Z]{3,9}:', '')));
"""


class Migration(migrations.Migration):
    dependencies = [("chronology", "0002_kinds"), ("people", "0003_search")]
    operations = [migrations.RunSQL(FORWARDS, "DROP INDEX chronology_reference_bare")]
