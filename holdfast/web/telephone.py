"""How is a telephone number written, so that it can be read out and never breaks across lines?"""

NO_BREAK = "\N{NO-BREAK SPACE}"
CODE = 5  # digits of a British area or mobile code: 01632, 07700
WHOLE = 11  # digits of a British number


def shown(number: str) -> str:
    """Return "01632 960 140" as its owner grouped it, or "07700 900103" where nobody did."""
    grouped = number.split()
    bare = "".join(grouped)
    if len(grouped) == 1 and bare.isdigit() and len(bare) == WHOLE and bare.startswith("0"):
        grouped = [bare[:CODE], bare[CODE:]]
    return NO_BREAK.join(grouped)
