"""Can somebody begin a real installation, and only once?"""

import argparse

import pytest
from django.test import Client

from holdfast.audit.models import Entry
from holdfast.commandline import first_administrator as command
from holdfast.people.models import Agency, Practitioner
from holdfast.people.terms import Role

pytestmark = pytest.mark.django_db
GOOD = "three odd words"


def run(*arguments):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(argument) for argument in arguments]))


def made(tmp_path, password=GOOD, **more):
    file = tmp_path / "password"
    file.write_text(f"{password}\nnot this line\n")
    given = {"--name": "Ottoline Frayne", "--username": "ottoline", "--password-file": file, **more}
    return run(*(part for pair in given.items() for part in pair))


def test_signs_in_and_sets_up(tmp_path, capsys):
    assert made(tmp_path) == 0
    assert "can sign in as ottoline" in capsys.readouterr().out
    client = Client()
    client.post("/sign-in", {"username": "ottoline", "password": GOOD})
    assert client.get("/settings").status_code == 200
    assert not any(GOOD in note for note in Entry.objects.values_list("note", flat=True))
    assert Entry.objects.filter(act="people.add_practitioner", system="set_up").exists()


def test_only_the_first(tmp_path, capsys):
    made(tmp_path)
    assert made(tmp_path, **{"--username": "second"}) == 1
    assert "There is an administrator already" in capsys.readouterr().err
    assert Practitioner.objects.filter(role=Role.ADMINISTRATOR).count() == 1


@pytest.mark.parametrize("password", ["short", "", "password1234", "111111111111111"])
def test_a_weak_password_makes_no_one(tmp_path, password, capsys):
    assert made(tmp_path, password) == 1
    assert "No one was made." in capsys.readouterr().err
    assert not Practitioner.objects.exists() and not Agency.objects.exists()


def test_the_name_to_sign_in_with_is_no_password(tmp_path, capsys):
    assert made(tmp_path, "Ottoline.Frayne", **{"--username": "ottoline.frayne"}) == 1
    assert "is the name to sign in with" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00three odd words"])
def test_a_file_that_cannot_be_read(tmp_path, capsys, content):
    file = tmp_path / "other"
    if content:
        file.write_bytes(content)
    assert made(tmp_path, **{"--password-file": file}) == 1
    assert "No one was made." in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [{"--name": " "}, {"--name": "x" * 121}, {"--username": "a b"}, {"--email": "here"}, {"--agency": ""}],
)
def test_bad_usage(tmp_path, wrong):
    with pytest.raises(SystemExit) as ended:
        made(tmp_path, **wrong)
    assert ended.value.code == 2
    assert not Practitioner.objects.exists()


@pytest.fixture
def typed(monkeypatch):
    """Somebody sits at the terminal and types these answers, the passwords apart."""

    def types(answers, passwords):
        lines, secrets = iter(answers), iter(passwords)
        monkeypatch.setattr(command.sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda asked: next(lines))
        monkeypatch.setattr(command.getpass, "getpass", lambda asked: next(secrets))

    return types


def test_asked_until_the_answers_will_do(typed, capsys):
    typed(["", "Ottoline Frayne", "a b", "ottoline"], ["short", GOOD, "three odd word", GOOD, GOOD])
    assert run() == 0
    said = capsys.readouterr().err
    assert "That will not do: 3 to 60 letters" in said
    assert "too short" in said and "The two are not the same." in said
    assert Practitioner.objects.get().user.check_password(GOOD)


def test_three_passwords_that_will_not_do(typed, capsys):
    typed([], ["short"] * 3)
    assert run("--name", "A", "--username", "abc") == 1
    assert "3 passwords would not do. No one was made." in capsys.readouterr().err


def test_somebody_who_goes_away(typed, capsys, monkeypatch):
    typed([], [])

    def ended(asked):
        raise EOFError

    monkeypatch.setattr("builtins.input", ended)
    assert run() == 1
    assert capsys.readouterr().err == "No one was made.\n"


def test_nobody_there_to_be_asked(capsys, monkeypatch):
    monkeypatch.setattr(command.sys.stdin, "isatty", lambda: False, raising=False)
    assert run("--name", "A") == 2
    assert "--password-file" in capsys.readouterr().err
