"""Records already held are found by the two new kinds of token too: "name-only" and "name+birth-year"."""

from django.db import migrations, models

FORWARDS = """
INSERT INTO linkage_token (record_id, value)
SELECT record_id, left('name-only:' || split_part(value, ':', 2), 120) FROM linkage_token
WHERE value LIKE 'full-name:%'
    AND NOT EXISTS (SELECT FROM people_recordbirthdate AS born WHERE born.record_id = linkage_token.record_id)
UNION
SELECT record_id, left('name+birth-year:' || extract(year FROM born_on) || ' ' || split_part(value, ':', 2), 120)
FROM linkage_token JOIN people_recordbirthdate USING (record_id)
WHERE value LIKE 'full-name:%'
ON CONFLICT (value, record_id) DO NOTHING
"""
BACKWARDS = "DELETE FROM linkage_token WHERE value LIKE 'name-only:%' OR value LIKE 'name+birth-year:%'"


class Migration(migrations.Migration):
    dependencies = [("linkage", "0001_initial"), ("people", "0004_names_worked_out_once")]

    operations = [
        migrations.AlterField(
            model_name="token",
            name="value",
            field=models.CharField(
                help_text="kind:value, as `linkage.blocking.tokens` makes it.", max_length=120
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
