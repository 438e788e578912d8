"""Which exports do we know?"""

from holdfast.feeds.tables.hospital_ed import ED
from holdfast.feeds.tables.housing import REQUESTS, TENANCY
from holdfast.feeds.tables.nrm_decisions import DECISIONS
from holdfast.feeds.tables.parents_concerns import CONCERNS
from holdfast.feeds.tables.police_custody import CUSTODY
from holdfast.feeds.tables.police_intel import INTEL
from holdfast.feeds.tables.police_missing import MISSING
from holdfast.feeds.tables.school_attendance import ATTENDANCE_AP
from holdfast.feeds.tables.school_exclusions import EXCLUSIONS
from holdfast.feeds.tables.shape import CodeList, Column, Table, heading_key
from holdfast.feeds.tables.social_care import SOCIAL_CARE
from holdfast.feeds.tables.voluntary_contacts import CONTACTS
from holdfast.feeds.tables.youth_justice import CASELOAD, COURT

TABLES: tuple[Table, ...] = (
    CUSTODY,
    MISSING,
    INTEL,
    EXCLUSIONS,
    ATTENDANCE_AP,
    ED,
    CASELOAD,
    COURT,
    DECISIONS,
    REQUESTS,
    TENANCY,
    CONTACTS,
    CONCERNS,
    *SOCIAL_CARE,
)
_BY_TITLE = {table.title: table for table in TABLES}
_BY_NAME = {table.name: table for table in TABLES}


def table_of(feed: str, name: str) -> Table | None:
    """Return the export a folder and file name stand for; the name alone is enough."""
    return _BY_TITLE.get(f"{feed}/{name}") or _BY_NAME.get(name)


def tables_with(headings: list[str]) -> list[Table]:
    """Return the exports whose mandatory columns are all among these headings."""
    sent = {heading_key(heading) for heading in headings}
    return [
        table
        for table in TABLES
        if sent >= {heading_key(column.source or column.name) for column in table.mandatory}
    ]


__all__ = ["TABLES", "CodeList", "Column", "Table", "heading_key", "table_of", "tables_with"]
