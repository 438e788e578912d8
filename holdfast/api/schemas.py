"""What is answered to a sender's system?"""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

Status = Literal["waiting", "applied", "duplicate", "superseded", "quarantined"]


class Wrong(Schema):
    """Why a request was not taken, in words."""

    detail: str


class Kept(Schema):
    """What was sent is kept, and will be applied.  Ask at `address` what became of it."""

    delivery: str = Field(description="Our reference for what was sent.")
    address: str
    rows: int = Field(description="How many rows were kept; 1 for a file that cannot be read.")
    is_new: bool = Field(description="False: this very content had come before, and nothing was changed.")


class Counts(Schema):
    """received = waiting + applied + duplicate + superseded + quarantined, always."""

    received: int
    waiting: int
    applied: int
    duplicate: int
    superseded: int
    quarantined: int


class Problem(Schema):
    field: str = Field(description="The column; empty where the row or the file as a whole is meant.")
    code: str
    reason: str
    is_error: bool = Field(description="True: the row is not used. False: it is used without this value.")


class Row(Schema):
    row: str = Field(description="Counted from 1 in the order sent; * for a file as a whole.")
    status: Status
    is_withdrawn: bool = Field(description="Taken back together with all that a key wrote.")
    problems: list[Problem]


class Delivered(Schema):
    delivery: str
    name: str = Field(description="Under which it is shown to whoever looks after the feed.")
    arrived_at: datetime
    counts: Counts
    rows: list[Row] = Field(description="One page of them.")
    next_page: int | None


class WaitingRow(Schema):
    delivery: str
    row: str
    problems: list[Problem]


class Quarantine(Schema):
    rows: list[WaitingRow]
    next_page: int | None
