"""Does anything that a running Holdfast needs carry a licence that would bind its users?

Read from the installed packages themselves.  LGPL is fine for a library used as it is; GPL and AGPL are not.
"""

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
BINDING = re.compile(r"(?<!L)(?<!Lesser )(?<!lesser )(A?GPL|GNU (Affero )?General Public)")


def named(found: Distribution) -> str:
    """Return what a package says of its licence, from the field it filled in."""
    about = found.metadata
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    return about.get("License-Expression") or "; ".join(classifiers) or (about.get("License") or "")[:200]


def python_faults() -> list[str]:
    faults = []
    for name in re.findall(r"^([\w.-]+)==", (PROJECT / "requirements/base.txt").read_text(), re.MULTILINE):
        try:
            licence = named(distribution(name))
        except PackageNotFoundError:
            faults.append(f"{name}: not installed")
            continue
        if not licence or BINDING.search(licence):
            faults.append(f"{name}: {licence or 'no licence stated'}")
    return faults


def front_end_faults() -> list[str]:
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    faults = [f"{name}: names a host" for name, package in packages.items() if "resolved" in package]
    for name, package in packages.items():
        if name and (not package.get("license") or BINDING.search(package["license"])):
            faults.append(f"{name}: {package.get('license', 'no licence stated')}")
    return faults


if __name__ == "__main__":
    faults = python_faults() + front_end_faults()
    print("\n".join(faults))
    sys.exit(bool(faults))
