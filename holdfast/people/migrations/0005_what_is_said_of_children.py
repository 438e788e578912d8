from django.db import migrations

# A search is for a child, and one person in a hundred is one.  Children's names and postcodes stand in two
# small tables of their own: indexes over facts, records and open records at once, for which PostgreSQL
# has no word.  Nothing is stated here: triggers keep it, and it can be made again at any time.
FORWARDS = """
DROP INDEX people_name_words, people_name_sounds, people_name_letters, people_postcode_begins;
ALTER TABLE people_recordname DROP COLUMN words, DROP COLUMN sounds, DROP COLUMN letters;
CREATE TABLE people_childs_name (
    name_id bigint PRIMARY KEY,
    person_id bigint NOT NULL,
    words text[] NOT NULL,
    sounds text[] NOT NULL,
    letters text NOT NULL
);
CREATE INDEX people_childs_name_person ON people_childs_name (person_id);
-- Read far more often than written: what waits to be put into an index would be read through each time.
CREATE INDEX people_childs_name_words ON people_childs_name USING gin (words) WITH (fastupdate = off);
CREATE INDEX people_childs_name_sounds ON people_childs_name USING gin (sounds) WITH (fastupdate = off);
CREATE INDEX people_childs_name_letters ON people_childs_name
    USING gin (letters gin_trgm_ops) WITH (fastupdate = off);
CREATE TABLE people_childs_postcode (
    address_id bigint PRIMARY KEY,
    person_id bigint NOT NULL,
    postcode text NOT NULL
);
CREATE INDEX people_childs_postcode_person ON people_childs_postcode (person_id);
CREATE INDEX people_childs_postcode_begins ON people_childs_postcode (postcode text_pattern_ops);

-- Lists what is said of those of these persons who have an open record.
CREATE FUNCTION kit.list_children(persons bigint[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM people_childs_name WHERE person_id = ANY ($1);
    DELETE FROM people_childs_postcode WHERE person_id = ANY ($1);
    INSERT INTO people_childs_name (name_id, person_id, words, sounds, letters)
    SELECT name.id, record.person_id, said, kit.sounds(said), kit.fold(name.given || ' ' || name.family)
    FROM people_child AS child
    JOIN people_record AS record ON record.person_id = child.person_id
    JOIN people_recordname AS name ON name.record_id = record.id,
    LATERAL kit.name_words(name.given, name.family) AS said
    WHERE child.person_id = ANY ($1)
    ON CONFLICT (name_id) DO UPDATE SET person_id = excluded.person_id;
    INSERT INTO people_childs_postcode (address_id, person_id, postcode)
    SELECT address.id, record.person_id, address.postcode
    FROM people_child AS child
    JOIN people_record AS record ON record.person_id = child.person_id
    JOIN people_recordaddress AS address ON address.record_id = record.id
    WHERE address.postcode <> '' AND child.person_id = ANY ($1)
    ON CONFLICT (address_id) DO UPDATE SET person_id = excluded.person_id
    $$;

-- Each way in which something comes to be said of a child holds the person (and the record) for as long as
-- its transaction lasts, so that of two at once the later sees what the earlier wrote.
CREATE FUNCTION kit.facts_were_said() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE persons bigint[];
    BEGIN
        SELECT array_agg(DISTINCT held.id) INTO persons FROM (
            SELECT person.id FROM people_record AS record
            JOIN people_person AS person ON person.id = record.person_id
            WHERE record.id IN (SELECT record_id FROM said)
            FOR SHARE OF record FOR KEY SHARE OF person
        ) AS held;
        IF persons IS NOT NULL THEN
            PERFORM kit.list_children(persons);
        END IF;
        RETURN NULL;
    END $$;
CREATE FUNCTION kit.facts_are_gone() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_TABLE_NAME = 'people_recordname' THEN
            DELETE FROM people_childs_name WHERE name_id IN (SELECT id FROM gone);
        ELSE
            DELETE FROM people_childs_postcode WHERE address_id IN (SELECT id FROM gone);
        END IF;
        RETURN NULL;
    END $$;
CREATE FUNCTION kit.all_facts_are_gone() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_TABLE_NAME = 'people_recordname' THEN
            DELETE FROM people_childs_name;
        ELSE
            DELETE FROM people_childs_postcode;
        END IF;
        RETURN NULL;
    END $$;
CREATE FUNCTION kit.records_were_assigned() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE persons bigint[];
    BEGIN
        SELECT array_agg(person_id) INTO persons FROM (
            SELECT was.person_id FROM was JOIN became USING (id) WHERE was.person_id <> became.person_id
            UNION SELECT became.person_id FROM was JOIN became USING (id) WHERE was.person_id <> became.person_id
        ) AS moved;
        IF persons IS NOT NULL THEN
            PERFORM FROM people_person WHERE id = ANY (persons) FOR KEY SHARE;
            PERFORM kit.list_children(persons);
        END IF;
        RETURN NULL;
    END $$;
CREATE FUNCTION kit.children_were_opened() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE persons bigint[];
    BEGIN
        SELECT array_agg(DISTINCT person_id) INTO persons FROM opened;
        IF persons IS NOT NULL THEN
            PERFORM FROM people_person WHERE id = ANY (persons) ORDER BY id FOR UPDATE;
            PERFORM kit.list_children(persons);
        END IF;
        RETURN NULL;
    END $$;

CREATE TRIGGER said_of_a_child AFTER INSERT ON people_recordname
    REFERENCING NEW TABLE AS said FOR EACH STATEMENT EXECUTE FUNCTION kit.facts_were_said();
CREATE TRIGGER corrected_of_a_child AFTER UPDATE ON people_recordname
    REFERENCING NEW TABLE AS said FOR EACH STATEMENT EXECUTE FUNCTION kit.facts_were_said();
CREATE TRIGGER gone_of_a_child AFTER DELETE ON people_recordname
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION kit.facts_are_gone();
CREATE TRIGGER all_gone AFTER TRUNCATE ON people_recordname
    FOR EACH STATEMENT EXECUTE FUNCTION kit.all_facts_are_gone();
CREATE TRIGGER said_of_a_child AFTER INSERT ON people_recordaddress
    REFERENCING NEW TABLE AS said FOR EACH STATEMENT EXECUTE FUNCTION kit.facts_were_said();
CREATE TRIGGER corrected_of_a_child AFTER UPDATE ON people_recordaddress
    REFERENCING NEW TABLE AS said FOR EACH STATEMENT EXECUTE FUNCTION kit.facts_were_said();
CREATE TRIGGER gone_of_a_child AFTER DELETE ON people_recordaddress
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION kit.facts_are_gone();
CREATE TRIGGER all_gone AFTER TRUNCATE ON people_recordaddress
    FOR EACH STATEMENT EXECUTE FUNCTION kit.all_facts_are_gone();
CREATE TRIGGER assigned_to_children AFTER UPDATE ON people_record
    REFERENCING OLD TABLE AS was NEW TABLE AS became
    FOR EACH STATEMENT EXECUTE FUNCTION kit.records_were_assigned();
CREATE TRIGGER opened_for_children AFTER INSERT ON people_child
    REFERENCING NEW TABLE AS opened FOR EACH STATEMENT EXECUTE FUNCTION kit.children_were_opened();
CREATE TRIGGER moved_to_children AFTER UPDATE ON people_child
    REFERENCING NEW TABLE AS opened FOR EACH STATEMENT EXECUTE FUNCTION kit.children_were_opened();
CREATE TRIGGER moved_from_children AFTER UPDATE ON people_child
    REFERENCING OLD TABLE AS opened FOR EACH STATEMENT EXECUTE FUNCTION kit.children_were_opened();
CREATE TRIGGER closed_for_children AFTER DELETE ON people_child
    REFERENCING OLD TABLE AS opened FOR EACH STATEMENT EXECUTE FUNCTION kit.children_were_opened();

SELECT kit.list_children(array_agg(person_id)) FROM people_child;
ANALYZE people_childs_name, people_childs_postcode;
"""
BACKWARDS = """
DROP FUNCTION kit.facts_were_said, kit.facts_are_gone, kit.all_facts_are_gone,
    kit.records_were_assigned, kit.children_were_opened CASCADE;
DROP FUNCTION kit.list_children;
DROP TABLE people_childs_name, people_childs_postcode;
ALTER TABLE people_recordname
    ADD COLUMN words text[] GENERATED ALWAYS AS (kit.name_words(given, family)) STORED,
    ADD COLUMN sounds text[] GENERATED ALWAYS AS (kit.sounds(kit.name_words(given, family))) STORED,
    ADD COLUMN letters text GENERATED ALWAYS AS (kit.fold(given || ' ' || family)) STORED;
CREATE INDEX people_name_words ON people_recordname USING gin (words);
CREATE INDEX people_name_sounds ON people_recordname USING gin (sounds);
CREATE INDEX people_name_letters ON people_recordname USING gin (letters gin_trgm_ops);
CREATE INDEX people_postcode_begins ON people_recordaddress (postcode varchar_pattern_ops);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_names_worked_out_once")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
