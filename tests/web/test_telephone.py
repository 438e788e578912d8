"""Can a telephone number be read out, and does it stay on one line?"""

import pytest

from holdfast.web.telephone import NO_BREAK, shown


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("07700900103", "07700 900103"),
        ("01632 960 140", "01632 960 140"),
        ("+44 7700 900103", "+44 7700 900103"),
        ("999", "999"),
        ("", ""),
        ("ext. 40, ask for Jo", "ext. 40, ask for Jo"),
    ],
)
def test_groups_never_break(number, said):
    assert shown(number) == said.replace(" ", NO_BREAK)
