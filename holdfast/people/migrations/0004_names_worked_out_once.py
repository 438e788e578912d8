from django.db import migrations

# A search tests the names of thousands of children: each way to find a name is worked out when it is
# written, not whenever somebody looks.
FORWARDS = """
DROP INDEX people_name_words, people_name_sounds, people_name_letters;
ALTER TABLE people_recordname
    ADD COLUMN words text[] GENERATED ALWAYS AS (kit.name_words(given, family)) STORED,
    ADD COLUMN sounds text[] GENERATED ALWAYS AS (kit.sounds(kit.name_words(given, family))) STORED,
    ADD COLUMN letters text GENERATED ALWAYS AS (kit.fold(given || ' ' || family)) STORED;
CREATE INDEX people_name_words ON people_recordname USING gin (words);
CREATE INDEX people_name_sounds ON people_recordname USING gin (sounds);
CREATE INDEX people_name_letters ON people_recordname USING gin (letters gin_trgm_ops);
"""
BACKWARDS = """
DROP INDEX people_name_words, people_name_sounds, people_name_letters;
ALTER TABLE people_recordname DROP COLUMN words, DROP COLUMN sounds, DROP COLUMN letters;
CREATE INDEX people_name_words ON people_recordname USING gin (kit.name_words(given, family));
CREATE INDEX people_name_sounds ON people_recordname USING gin (kit.sounds(kit.name_words(given, family)));
CREATE INDEX people_name_letters ON people_recordname USING gin (kit.fold(given || ' ' || family) gin_trgm_ops);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_search")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
