"""Records already held are found by the new kinds of token too, and no longer by dates they do not bear."""

from django.db import migrations, models

FORWARDS = """
INSERT INTO linkage_token (record_id, value)
SELECT record_id, left('name-only:' || split_part(value, ':', 2), 120) FROM linkage_token
WHERE value LIKE 'full-name:%'
    AND NOT EXISTS (SELECT FROM people_recordbirthdate AS born WHERE born.record_id = linkage_token.record_id)
UNION
SELECT record_id, left(kind || extract(year FROM born_on) || ' ' || split_part(value, ':', 2), 120)
FROM linkage_token JOIN people_recordbirthdate USING (record_id),
    (VALUES ('name+birth-year:'), ('name+year-only:')) AS known(kind)
WHERE value LIKE 'full-name:%'
    AND (kind = 'name+birth-year:' OR to_char(born_on, 'MM-DD') = '01-01')
UNION
SELECT record_id, 'name+birth-year-day:' || to_char(born_on, 'YYYY-*-DD') || substr(value, 25)
FROM linkage_token JOIN people_recordbirthdate USING (record_id)
WHERE value LIKE 'name+birth-month:' || to_char(born_on, 'YYYY-MM') || '%'
ON CONFLICT (value, record_id) DO NOTHING;
DELETE FROM linkage_token WHERE value ~ '^born[+](family|given):' AND NOT EXISTS (
    SELECT FROM people_recordbirthdate AS born
    WHERE born.record_id = linkage_token.record_id AND born_on::text = substr(split_part(value, ':', 2), 1, 10)
);
"""
BACKWARDS = """
DELETE FROM linkage_token WHERE value ~ '^(name-only|name[+]year-only|name[+]birth-year|name[+]birth-year-day):'
"""


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
