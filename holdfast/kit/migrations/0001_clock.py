from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            """
            CREATE SCHEMA kit;
            CREATE FUNCTION kit.now() RETURNS timestamptz LANGUAGE sql VOLATILE
                AS 'SELECT clock_timestamp()';
            GRANT USAGE ON SCHEMA kit TO PUBLIC;
            """,
            "DROP SCHEMA kit CASCADE",
        ),
    ]
