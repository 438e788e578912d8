"""How is Django made ready without a database, and the same on every machine?"""

import os
from importlib import import_module


def make_ready() -> None:
    # Defaults that come from the environment must not differ between one machine and the next.
    os.environ.pop("HOLDFAST_PORT", None)
    os.environ.setdefault("HOLDFAST_DATABASE_ROLE", "owner")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.settings")
    import_module("django").setup()
