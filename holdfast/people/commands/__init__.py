"""What feeds and people write down about who someone is."""

from holdfast.people.commands.children import (
    TYPED_HERE,
    Responsible,
    make_responsible,
    open_child,
    open_children,
    open_typed_record,
    say_homes,
)
from holdfast.people.commands.records import (
    NewRecord,
    Statement,
    TieStatement,
    keep_record,
    make_records,
    state_all,
    state_facts,
    tie_family,
)

__all__ = [
    "TYPED_HERE",
    "NewRecord",
    "Responsible",
    "TieStatement",
    "Statement",
    "keep_record",
    "make_records",
    "make_responsible",
    "open_child",
    "open_children",
    "open_typed_record",
    "say_homes",
    "state_all",
    "state_facts",
    "tie_family",
]
