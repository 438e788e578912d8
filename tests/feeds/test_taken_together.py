"""What do rows keep apart that take effect together?"""

from datetime import timedelta

import pytest

from holdfast.audit.terms import System
from holdfast.chronology.models import Correction, Event
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import receive
from tests import make
from tests.feeds.test_any_order import CASELOAD

pytestmark = pytest.mark.django_db

FIRST = CASELOAD.format(version=1, closed="", court="")
ROW = FIRST.splitlines(keepends=True)[1]
HOUR = timedelta(hours=1)


def send(path: str, content: str, at: object) -> None:
    receive(by=System.FEEDS, at=at, path=path, content=content.encode())


def test_two_versions_in_one_file_are_told_one_after_the_other() -> None:
    make.area("701", "Carrow")
    second = ROW.replace("Y701001,1,", "Y701001,2,").replace("14/08/2026", "15/08/2026")
    send("yjs/caseload_701_2026-09-01.csv", FIRST + second, make.NOW)
    apply_waiting(by=System.FEEDS, at=make.NOW)
    assert Event.objects.count() == 1
    assert Correction.objects.exists(), "what the first version said stays as what was corrected"


def test_what_came_with_two_drops_is_known_since_its_own() -> None:
    make.area("701", "Carrow")
    other = ROW.replace("Y701001", "Y701002").replace("Marsh,Theo", "Tarn,Isla")
    send("yjs/caseload_701_2026-09-01.csv", FIRST, make.NOW)
    send("yjs/caseload_701_2026-09-02.csv", FIRST.replace(ROW, other), make.NOW + HOUR)
    apply_waiting(by=System.FEEDS, at=make.NOW + 2 * HOUR)
    assert sorted(Event.objects.values_list("known_at", flat=True)) == [make.NOW, make.NOW + HOUR]
