"""Does `holdfast check` find what would make this installation unfit, and say what to do?"""

import json
import re
from datetime import time
from types import SimpleNamespace

import pytest
from django.db import connection

from holdfast.commandline import check
from tests import make

pytestmark = pytest.mark.django_db


def test_an_area_with_hours_of_nobody_is_named():
    area = make.area(name="Farshore")
    assert "Farshore: nobody is on from" in check.CHECKS["rota"]()
    make.turn(make.practitioner(), area, starts=time(9), until=time(17))
    assert re.search(r"the first of [78] gaps within a week", check.CHECKS["rota"]())
    make.turn(make.practitioner(), area)
    assert check.CHECKS["rota"]() == ""


def test_a_neighbour_needs_no_rota_but_somebody_must_be_told():
    make.area(is_partner=False)
    assert "no partner area" in check.CHECKS["rota"]()


def test_letters_must_have_a_way_out(settings):
    settings.EMAIL_HOST = ""
    assert "HOLDFAST_SMTP_HOST" in check.CHECKS["letters"]()
    settings.EMAIL_HOST = "smtp.example.invalid"
    assert check.CHECKS["letters"]() == ""


def test_people_must_not_be_signed_out_by_every_restart(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.delenv("HOLDFAST_SECRET_KEY", raising=False)
    assert check.CHECKS["secret key"]()
    (tmp_path / "secret-key").write_text("x")
    assert check.CHECKS["secret key"]() == ""


def test_a_question_that_cannot_be_asked_is_a_fault_of_its_own(capsys):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE rota_turn RENAME TO elsewhere")
    make.area()
    assert check.run(SimpleNamespace(json=True)) == 1
    found = json.loads(capsys.readouterr().out)
    assert "rota_turn" in found["rota"]
