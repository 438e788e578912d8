"""Does the `holdfast` command say what it can do, and end with the right status?"""

import json

import pytest

from holdfast.commandline import check, main


def test_without_a_command_it_tells_which_there_are(capsys):
    with pytest.raises(SystemExit):
        main.main([])
    said = capsys.readouterr().out
    assert all(command.name in said for command in main.COMMANDS)


def test_a_command_that_does_not_exist_is_bad_usage():
    with pytest.raises(SystemExit) as ended:
        main.main(["nonsense"])
    assert ended.value.code == 2


def test_check_names_what_is_wrong(db, capsys):
    """Tests run as the tables' owner on a hasty server: two faults that a real installation must not have."""
    assert check.run(main.argparse.Namespace(json=True)) == 1
    faults = json.loads(capsys.readouterr().out)
    assert "owns" in faults["the application's role"]
    assert faults["migrations"] == ""


def test_nobody_is_chosen_from_a_list_on_a_real_database(db, settings):
    settings.DEMONSTRATION = True
    assert check.CHECKS["demonstration sign-in"]()
