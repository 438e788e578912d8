"""What do people and addresses call a thing, when its number must say nothing?"""

import secrets

# No letters or figures that are mistaken for each other on paper or over a telephone.
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 10


def new_ref() -> str:
    """Return an opaque reference: 30**10 possibilities, nothing to guess or count."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
