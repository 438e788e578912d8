"""Do the same files end in the same state, whichever came first?"""

from datetime import timedelta
from itertools import permutations

import pytest

from holdfast.audit.terms import System
from holdfast.chronology.models import Event
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import receive
from holdfast.feeds.models import Message
from holdfast.moments.queries import every_moment
from holdfast.people.models import AreaResponsibility, Child, Record
from tests import make

pytestmark = pytest.mark.django_db

CASELOAD = (
    "yjs_ref,record_version,surname,forenames,alias,dob,sex,ethnicity_16_1,upn,nhs_number,address,postcode,"
    "looked_after,referral_source,intervention,opened,closed,case_manager,first_time_entrant,"
    "likelihood_reoffending,rosh,safety_wellbeing,education_status,first_court_date\n"
    'Y701001,{version},Marsh,Theo,,04/03/2011,M,W1,,,"1 Test Road, Carrow",CW3 9WG,N,POLICE,PRE-COURT,'
    "14/08/2026,{closed},Rachel Lund,Y,MEDIUM,LOW,MEDIUM,ON ROLL,{court}\n"
)


def files() -> dict[str, str]:
    """One child's caseload row in three versions: opened, in court on a date, closed and silent about it."""
    return {
        "yjs/caseload_701_2026-09-01.csv": CASELOAD.format(version=1, closed="", court=""),
        "yjs/caseload_701_2026-10-01.csv": CASELOAD.format(version=2, closed="", court="03/09/2026"),
        "yjs/caseload_701_2026-11-01.csv": CASELOAD.format(version=3, closed="30/10/2026", court=""),
    }


def apply(order: tuple[str, ...]) -> None:
    make.area("701", "Carrow")
    for number, path in enumerate(order):
        at = make.NOW + timedelta(minutes=number)
        receive(by=System.FEEDS, at=at, path=path, content=files()[path].encode(), is_history=True)
        apply_waiting(by=System.FEEDS, at=at)


def state() -> dict[str, object]:
    """All that is known, without when it was known and under which references."""
    return {
        "rows": sorted(Message.objects.values_list("delivery__path", "row", "status")),
        "events": sorted(Event.objects.values_list("kind", "source_ref", "happened_at", "title", "code")),
        "moments": sorted((m.kind_id, m.happened_at) for m, _ in every_moment(System.FEEDS)),
        "open": Child.objects.count(),
        "homes": sorted(AreaResponsibility.objects.values_list("role", "area__code", "starts_on", "ends_on")),
        "names": sorted(Record.objects.values_list("names__given", "names__family", "birth_dates__born_on")),
    }


ORDERS = list(permutations(files()))


@pytest.mark.parametrize("order", ORDERS, ids=["".join(path[-6:-4] for path in order) for order in ORDERS])
def test_versions_in_any_order(order):
    apply(order)
    found = state()
    assert [status for _, _, status in found["rows"]] == ["superseded", "superseded", "applied"]
    assert {kind for kind, *_ in found["events"]} == {"youth_justice", "first_court"}
    assert [kind for kind, _ in found["moments"]] == ["first_court"]
    assert found["open"] == 1
    for path in order:  # the same files once more change nothing
        receive(by=System.FEEDS, at=make.NOW, path=path, content=files()[path].encode(), is_history=True)
    apply_waiting(by=System.FEEDS, at=make.NOW)
    assert state() == found
