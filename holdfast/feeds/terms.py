"""What are the words for files, rows, columns and what can be wrong with them?"""

from enum import StrEnum


class Kind(StrEnum):
    """What a column of an export holds."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    AGE = "age"
    DATE = "date"
    DATE_TIME = "date and time"
    CODE = "code"
    FLAGS = "structured text"  # JSON inside one cell, as the Standard Safeguarding Dataset has it


class Format(StrEnum):
    """How the rows of an export are written down."""

    CSV = "csv"
    NDJSON = "ndjson"
    WORKBOOK = "xlsx"


class DateStyle(StrEnum):
    """How far a date may be read as a person meant it."""

    WRITTEN_OUT = "written out"  # day first or year first, four-digit year
    TYPED_BY_HAND = "typed by hand"  # also two-digit years and no year at all


class Severity(StrEnum):
    ERROR = "error"  # the row or the file waits until it is mended
    WARNING = "warning"  # the row is used without this value
    REMARK = "remark"  # nothing to mend; says how a value was read


class ProblemCode(StrEnum):
    BLANK = "mandatory field blank"
    NOT_A_DATE = "invalid date"
    NO_SUCH_TIME = "local time does not exist (clocks went forward)"
    NOT_IN_LIST = "code not in list"
    NOT_A_NUMBER = "not a number"
    NOT_READABLE = "not readable"
    LOOK_ALIKE = "letters that look like others"
    CUT_SHORT = "file ends inside this record"
    WRONG_COUNT = "wrong number of values"
    TOO_LONG = "value too long"
    EMPTY_FILE = "file is empty"
    UNKNOWN_FILE = "file is of no known export"
    HTML_PAGE = "file is a web page"
    OTHER_EXPORT = "file is another export"
    RENAMED_WORKBOOK = "file is a renamed workbook"
    UNREADABLE_FILE = "file cannot be read"
    TOO_LARGE = "file is too large"
    COLUMN_MISSING = "mandatory column missing"


class Colour(StrEnum):
    """A tracker's red, amber or green: the worker's view, never ours."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
