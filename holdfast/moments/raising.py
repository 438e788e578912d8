"""Raise a moment in its caller's transaction, once per happening however many tell us.  §8.

This is the write side that `commands` and the feeds share.
"""

from datetime import datetime

from holdfast.audit.commands import record as audit
from holdfast.audit.terms import System
from holdfast.chronology.terms import Precision
from holdfast.kit.transactions import atomic
from holdfast.moments.models import Kind, Moment
from holdfast.moments.rules import FURTHEST_APART, Telling, is_same_happening
from holdfast.paging.commands import raise_page
from holdfast.people.commands import make_responsible, open_child
from holdfast.people.models import Area, Person, Practitioner
from holdfast.people.terms import AreaRole
