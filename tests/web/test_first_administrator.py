"""Can somebody begin a real installation, and only once?"""

import argparse

import pytest
from django.test import Client

from holdfast.audit.models import Entry
from holdfast.commandline import first_administrator as command
from holdfast.people.models import Practitioner
from holdfast.people.terms import Role

pytestmark = pytest.mark.django_db


def made(tmp_path, password="three odd words", **more):
    file = tmp_path / "password"
    file.write_text(password + "\n")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    given = {"--name": "Ottoline Frayne", "--username": "ottoline", "--password-file": str(file), **more}
    return command.run(parser.parse_args([part for pair in given.items() for part in pair]))


def test_signs_in_and_sets_up(tmp_path, capsys):
    assert made(tmp_path) == 0
    assert "can sign in as ottoline" in capsys.readouterr().out
    client = Client()
    client.post("/sign-in", {"username": "ottoline", "password": "three odd words"})
    assert client.get("/settings").status_code == 200
    assert not any("three odd words" in note for note in Entry.objects.values_list("note", flat=True))


def test_only_the_first(tmp_path, capsys):
    made(tmp_path)
    assert made(tmp_path, **{"--username": "second"}) == 1
    assert "There is an administrator already" in capsys.readouterr().err
    assert Practitioner.objects.filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.parametrize("password", ["short", "", "password1234"])
def test_a_weak_password_makes_no_one(tmp_path, password):
    assert made(tmp_path, password) == 1
    assert not Practitioner.objects.exists()


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert made(tmp_path, **{"--password-file": str(tmp_path / "none")}) == 1
    assert "No such file" in capsys.readouterr().err


def test_typed_twice(tmp_path, monkeypatch):
    typed = iter(["three odd words", "three odd word"])
    monkeypatch.setattr(command.getpass, "getpass", lambda asked: next(typed))
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert command.run(parser.parse_args(["--name", "A", "--username", "abc"])) == 1
    assert not Practitioner.objects.exists()
