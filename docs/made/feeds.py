"""What may each agency's export hold, and what is made of it?  For the people who set an export up."""

import json

from holdfast.feeds.reading.dates import EARLIEST_YEAR, LATEST_YEAR
from holdfast.feeds.reading.files import LARGEST_FILE
from holdfast.feeds.tables import TABLES, Column, Table
from holdfast.feeds.terms import DateStyle, Format, Kind, ProblemCode

from . import code_lists, effects, examples
from .markdown import listed, page, table

ENDINGS = {Format.CSV: ".csv", Format.NDJSON: ".ndjson", Format.WORKBOOK: ".xlsx"}
FORMATS = {
    Format.CSV: "CSV with a line of headings",
    Format.NDJSON: "one FHIR R4 Bundle as JSON on each line",
    Format.WORKBOOK: "an Excel workbook (.xlsx)",
}
EXAMPLE_DAY, EXAMPLE_AUTHORITY = "2026-03-17", "301"
INTRODUCTION = """\
One page for each export that Holdfast reads. `make docs` writes them from `holdfast/feeds/tables/`
(columns and codes), `holdfast/feeds/mentions/` (whom a row names) and `holdfast/feeds/adapters/` (what
happened)."""

FILES = f"""\
## Files

- **Folder and name.** A file lies in the folder of its feed: `FEED/EXPORT_yyyy-mm-dd.csv`. Where each
  authority sends its own, its three-figure code stands before the day:
  `FEED/EXPORT_{EXAMPLE_AUTHORITY}_yyyy-mm-dd.csv`. The day is the day the sender's job ran. A job run
  again for the same day adds `_resend` before the ending. A file under another name is known by its
  headings.
- **Encoding, separators, order of columns.** UTF-8 (with or without a byte order mark), UTF-16 and
  Windows-1252 are recognised; so are comma, semicolon, tab and bar. Columns may stand in any order;
  capitals, spaces and underscores in a heading make no difference; columns that we do not know are kept
  and not used.
- **Size.** At most {LARGEST_FILE // 1_000_000} MB.
- **Sent twice, late or out of order.** The sender's version decides which row is current, then the day of
  the job, then the place in the file. The order of arrival never does."""

BY_HTTP = """\
## By HTTP

A system that can speak for itself sends the same rows or files with a key of its own:
[Sending by HTTP](http.md). A running Holdfast gives the OpenAPI document at `/api/openapi.json`."""

VALUES = f"""\
## Values

- **Mandatory.** Blank, unreadable or not in its list: the row waits, with the reason, until it is mended.
  In any other column the row is used without that value, which can be mended later.
- **Dates.** Day first or year first, four-digit year ({EARLIEST_YEAR} to {LATEST_YEAR}); also 17 March
  2026. Day first is UK practice: 03/04/2026 is 3 April, and 03/17/2026 is asked. So is a date of birth
  after the day the file was sent.
- **Times.** London time, unless the value has an offset. The hour that comes twice in October is its
  first occurrence; the hour that no clock shows in March is asked, unless the row's other times settle
  it.
- **Codes.** As in their list, in capitals or small letters."""

USES = """\
*Used for* says what becomes of a value: *which row* (the key), *which version*, *who* (to find out who
the person is), *what happened* (the event on the timeline, or what follows from it). *Kept as sent* means
that the value stays with the row, can be looked at on the Feeds page, and is used for nothing else. The
examples are invented."""


def pages() -> dict[str, str]:
    return {"feeds.md": _index(), **{_file(export): _page(export) for export in TABLES}}


def _file(export: Table) -> str:
    return f"feeds/{export.feed}-{export.name}.md"


def _index() -> str:
    rows = [
        [
            f"[{export.title}]({_file(export)})",
            export.says,
            listed(f"`{name}`" for name in export.key),
            ", ".join(_moment(kind, "moment-kinds.md") for kind in effects.moments(export)) or "none",
        ]
        for export in TABLES
    ]
    wrong = table(["code", "meaning"], [[code.name, str(code)] for code in ProblemCode])
    return page(
        "Feeds: what agencies send",
        INTRODUCTION,
        table(["export", "what it is", "key", "can raise"], rows),
        FILES,
        BY_HTTP,
        VALUES,
        "## What can be wrong with a row or a file",
        wrong,
    )


def _moment(kind: str, to: str) -> str:
    return f"[{effects.LABELS[kind]}]({to}#{kind})"


def _page(export: Table) -> str:
    return page(
        export.title,
        export.says,
        _sent(export),
        _becomes(export),
        "## Columns",
        USES,
        _columns(export),
        _as_written(export),
    )


def _columns(export: Table) -> str:
    """Return the table of columns; what stands in no line of it is left out."""
    given = examples.example(export)
    cells = given.cells if given else {}
    lines = [_cells(export, column, cells.get(column.name, "")) for column in export.columns]
    wanted = [heading for heading in lines[0] if any(line[heading] for line in lines)]
    return table(wanted, [[line[heading] for heading in wanted] for line in lines])


def _cells(export: Table, column: Column, example: str) -> dict[str, str]:
    return {
        "column": f"`{column.name}`",
        "sent as": f"`{column.source}`" if column.source else "",
        "what it means": column.says,
        "holds": _holds(column),
        "must": "yes" if column.mandatory else "",
        "used for": effects.used_for(export, column),
        "for example": examples.shown(example),
    }


def _as_written(export: Table) -> str:
    """Return what stands in a file, as far as it is text."""
    if export.format == Format.CSV:
        names = ",".join(column.name for column in export.columns)
        return f"## The first line of the file\n\n```text\n{names}\n```"
    given = examples.example(export)
    if export.format == Format.WORKBOOK or given is None:
        return ""
    message = json.dumps(json.loads(given.text), indent=1, ensure_ascii=False)
    return f"## One message\n\nHere on many lines, in the file on one.\n\n```json\n{message}\n```"


def _sent(export: Table) -> str:
    authority = f"_{EXAMPLE_AUTHORITY}" if export.per_authority else ""
    name = f"{export.feed}/{export.name}{authority}_{EXAMPLE_DAY}{ENDINGS[export.format]}"
    rows = [
        ["file", f"`{name}`, {FORMATS[export.format]}"],
        ["key", f"{_key(export)}: two rows with one key are two versions of one"],
        ["version", f"`{export.version}`, the highest is current" if export.version else "the later file"],
        ["dates", _dates(export)],
    ]
    if export.blank_words:
        rows.append(["read as blank", ", ".join(f"`{word}`" for word in sorted(export.blank_words))])
    return "## How it is sent\n\n" + table(["", ""], rows)


def _key(export: Table) -> str:
    own = " with ".join(f"`{name}`" for name in export.key)
    return f"{own}, within one authority" if export.per_authority else own


def _dates(export: Table) -> str:
    example = f"for example `{export.date_example}`"
    if export.dates == DateStyle.TYPED_BY_HAND:
        return f"{example}; also two-digit years and no year (then the twelve months before the file)"
    return example


def _becomes(export: Table) -> str:
    """Say what a usable row changes."""
    told, raised = effects.events(export), effects.moments(export)
    lines = [f"- **What it says of people**: {listed(effects.stated(export))}."]
    lines.append(
        f"- **On the timeline**: {listed(f'`{kind}`' for kind in told)}. {effects.says(export)}".rstrip()
        if told
        else "- **On the timeline**: nothing. The export says only who people are."
    )
    if raised:
        links = listed(_moment(kind, "../moment-kinds.md") for kind in raised)
        lines.append(f"- **Critical moments**: {links}, if its rule says so.")
    if effects.opens_record(export):
        lines.append("- **A child's record** is opened while the sender works with the child.")
    return "## What is made of it\n\n" + "\n".join(lines)


def _holds(column: Column) -> str:
    holds = str(column.kind)
    if column.codes:
        kind = "code" if column.kind == Kind.CODE else "codes"
        holds = f"{kind}: {code_lists.link(column.codes, '../code-lists.md')}"
    return holds + (", not after the day the file was sent" if column.is_past else "")
