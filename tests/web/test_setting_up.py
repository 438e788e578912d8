"""From an empty database to a person told at night: can a partnership be set up on the pages alone?"""

import argparse
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from holdfast.commandline import first_administrator
from holdfast.feeds.models import Feed
from holdfast.kit.clock import LONDON, now
from holdfast.moments.models import Kind
from holdfast.paging import worker
from holdfast.people.models import Agency, Area, Practitioner, Team
from tests.web.setting import sent, words

pytestmark = pytest.mark.django_db
HEAD = "custody_ref,record_version,arrested_at,arrived_at,station,surname,forenames,dob,sex,offence\n"


@pytest.fixture
def client(tmp_path):
    """The first administrator, signed in with a password on an installation in which nothing is set."""
    (tmp_path / "password").write_text("three odd words\n")
    parser = argparse.ArgumentParser()
    first_administrator.add_arguments(parser)
    given = ["--name", "Ottoline Frayne", "--username", "ottoline"]
    options = parser.parse_args([*given, "--password-file", str(tmp_path / "password")])
    assert first_administrator.run(options) == 0
    made = Client()
    made.post("/sign-in", {"username": "ottoline", "password": "three odd words"})
    return made


def arrested(reference="NM/1/26"):
    """A custody export: somebody of 15 was arrested two hours ago."""
    at = now().astimezone(LONDON)
    when, born = f"{at - timedelta(hours=2):%d/%m/%Y %H:%M}", f"16/09/{at.year - 15}"
    row = f"{reference},1,{when},{when},Northmere Central,MARSH,Theo,{born},M,Possession with intent\n"
    return SimpleUploadedFile(f"custody_{at:%Y-%m-%d}.csv", (HEAD + row).encode())


def to_do(client):
    return words(client.get("/settings")).split("Still to be set")[1].split("What is set")[0]


def set_up_partners(client):
    sent(client, "areas", code="991", name="Northmere", is_partner="on")
    assert "Set an area" not in to_do(client) and "Fill the rota of Northmere" in to_do(client)
    sent(client, "agencies", name="Northmere Council", kind="childrens_services", duty_phone="01632 960 140")
    assert "Set an agency" not in to_do(client)
    agency, area = Agency.objects.get(name="Northmere Council"), Area.objects.get()
    assert "Set a team" in to_do(client)
    sent(client, "teams", agency=agency.pk, name="Duty", area=area.pk)
    assert "Set a team" not in to_do(client) and "Add somebody who may answer" in to_do(client)


def add_amira(client):
    """Somebody who answers, who has set her own password with the link that was made for her."""
    team = Team.objects.get(name="Duty")
    page = sent(
        client, "people", name="Amira Hassan", role="duty_manager", team=team.pk,
        email="amira@example.invalid", username="amira",
    )  # fmt: skip
    assert "Add somebody who may answer" not in to_do(client) and "Make a link" in page
    amira = Practitioner.objects.get(name="Amira Hassan")
    link = re.search(r"http://testserver(/set-password/\S+)", sent(client, f"people/{amira.ref}/link"))[1]
    hers = Client()
    hers.post(link, {"password": "calm green ferry", "again": "calm green ferry"})
    hers.post("/sign-in", {"username": "amira", "password": "calm green ferry"})
    return amira, hers


def put_on_the_rota(client, amira):
    every_hour = {"turn-weekdays": range(7), "turn-starts": "09:00", "turn-until": "9.00"}
    page = sent(client, "rota/991/add", **{"turn-practitioner": amira.pk, **every_hour})
    assert page.count("09:00 to 09:00 the next morning") == 7
    assert "Fill the rota" not in to_do(client)


def test_from_nothing_to_somebody_told(client, mailoutbox):
    assert [row in to_do(client) for row in ("Set an area", "Set an agency")] == [True, True]
    set_up_partners(client)
    amira, hers = add_amira(client)
    put_on_the_rota(client, amira)
    sent(client, "moments/arrest", **promise("arrest", answer_within="10 min"))
    page = words(client.post("/feeds", {"export": "", "file": arrested()}, follow=True))
    assert "Received 1 = applied 1" in page
    assert worker.run_once() == 1
    assert mailoutbox[0].to == ["amira@example.invalid"] and "Theo" not in mailoutbox[0].body
    board = words(hers.get("/"))
    assert "1 live moment." in board and "Theo , 15" in board and "10 min to an answer" in board


def promise(code, **changed):
    kind = Kind.objects.get(code=code)
    said = {"label": kind.label, "sentence": kind.sentence, "order": kind.order, "contact_within": "2 h"}
    return {**said, "is_told_by_people": "on", **changed}


def test_how_often_a_feed_is_expected(client):
    set_up_partners(client)
    client.post("/feeds", {"export": "", "file": arrested()})
    feed = Feed.objects.get()
    held = {"label": feed.label, "agency": "", "is_active": "on"}
    client.post(f"/feeds/of/{feed.name}", {**held, "days": 1})
    feed.refresh_from_db()
    assert feed.expected_every == timedelta(days=1)
    assert "is silent" not in to_do(client)
    feed.deliveries.update(arrived_at=now() - timedelta(days=2))
    assert f"{feed.label} is silent" in to_do(client)


def test_who_is_on_and_cannot_be_told_is_named(client, settings):
    set_up_partners(client)
    team = Team.objects.get(name="Duty")
    sent(client, "people", name="Bea Lowe", role="duty_manager", team=team.pk, username="bea")
    put_on_the_rota(client, Practitioner.objects.get(name="Bea Lowe"))
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "", "http://localhost:8000"
    left = to_do(client)
    assert "Bea Lowe has no e-mail address" in left and "Bea Lowe cannot sign in yet" in left
    assert "Name a mail server" in left and "Name the address" in left
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "mail.example", "https://holdfast.example"
    assert "Name a" not in to_do(client) and "Name the" not in to_do(client)
    settings.DEMONSTRATION = True
    assert "cannot sign in" not in to_do(client)


def test_a_file_before_any_area_is_set_is_sent_back(client):
    response = client.post("/feeds", {"export": "", "file": arrested()})
    assert response.status_code == 422 and "so nobody could be told" in words(response)
    assert not Feed.objects.exists()
