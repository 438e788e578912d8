from django.db import migrations

FORWARDS = """
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
-- Lower case without accents and apostrophes.
CREATE FUNCTION kit.fold(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT lower(public.unaccent('public.unaccent', translate($1, '''’`´', ''))) $$;
-- Every word of a name, and its forenames and its family name each run together.
CREATE FUNCTION kit.name_words(given text, family text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_remove(
        regexp_split_to_array(kit.fold($1), '[^a-z0-9]+') || regexp_split_to_array(kit.fold($2), '[^a-z0-9]+')
        || ARRAY[regexp_replace(kit.fold($1), '[^a-z0-9]+', '', 'g'),
                 regexp_replace(kit.fold($2), '[^a-z0-9]+', '', 'g')], '')
    $$;
-- How each word sounds, in both of the ways that double metaphone knows.
CREATE FUNCTION kit.sounds(words text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT sound), '{}') FROM unnest($1) AS word,
        LATERAL (VALUES (public.dmetaphone(word)), (public.dmetaphone_alt(word))) AS said(sound)
    WHERE length(sound) > 1
    $$;
-- A number without spaces and marks.
CREATE FUNCTION kit.bare(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT upper(regexp_replace($1, '[^A-Za-z0-9]+', '', 'g')) $$;
CREATE INDEX people_name_words ON people_recordname USING gin (kit.name_words(given, family));
CREATE INDEX people_name_sounds ON people_recordname USING gin (kit.sounds(kit.name_words(given, family)));
CREATE INDEX people_name_letters ON people_recordname USING gin (kit.fold(given || ' ' || family) gin_trgm_ops);
CREATE INDEX people_number_bare ON people_recordidentifier (kit.bare(value));
CREATE INDEX people_postcode_begins ON people_recordaddress (postcode varchar_pattern_ops);
"""
BACKWARDS = """
DROP INDEX people_name_words, people_name_sounds, people_name_letters, people_number_bare, people_postcode_begins;
DROP FUNCTION kit.fold, kit.name_words, kit.sounds, kit.bare CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_record_approx_birth_year"), ("kit", "0001_clock")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
