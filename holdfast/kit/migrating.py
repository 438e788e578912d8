"""What do migrations of several packages share?"""

from django.db import migrations

DROP = """
DO $$ DECLARE found text; BEGIN
    FOR found IN SELECT format('%I.%I', schemaname, indexname) FROM pg_indexes
        WHERE tablename = '{table}' AND indexname LIKE '%\\_like'
    LOOP EXECUTE 'DROP INDEX ' || found; END LOOP;
END $$
"""


def without_pattern_indexes(*tables: str) -> migrations.RunSQL:
    """Drop the second index that Django makes for a text that is looked up, so that it could be searched by
    its beginning: nobody looks for the beginning of a reference, and each row pays for it."""
    return migrations.RunSQL([DROP.format(table=table) for table in tables], migrations.RunSQL.noop)
