"""What do browsers get of the npm packages?  Made into build/static/vendor at set-up, never committed.

GOV.UK's font and crest are for gov.uk alone, so neither is built: the font's rules are taken out, and
only the pictures that the remaining rules name are copied.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = PROJECT / "node_modules"
GOVUK = PACKAGES / "govuk-frontend/dist/govuk"
MOJ = PACKAGES / "@ministryofjustice/frontend/moj"
BUILT = PROJECT / "build/static/vendor"

STYLE_SHEETS = [GOVUK / "govuk-frontend.min.css", MOJ / "moj-frontend.min.css"]
FONTS = "Helvetica Neue,Helvetica,Arial,sans-serif"
CRESTED = re.compile(r"govuk-(crest|logotype)")

# Both packages call it initAll.
START = """
import { initAll as startGovuk } from "govuk-frontend"
import { initAll as startMoj } from "@ministryofjustice/frontend"
startGovuk()
startMoj()
"""


def main() -> int:
    BUILT.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILT.parent) as folder:
        unfinished = Path(folder) / "vendor"
        unfinished.mkdir(mode=0o755)
        style = style_sheet()
        (unfinished / "govuk-moj.css").write_text(style)
        copy_pictures(style, unfinished / "images")
        bundle(unfinished / "govuk-moj.js")
        shutil.copy(PACKAGES / "htmx.org/dist/htmx.min.js", unfinished / "htmx.js")
        shutil.rmtree(BUILT, ignore_errors=True)
        unfinished.rename(BUILT)
    return 0


def style_sheet() -> str:
    """Return both packages' rules with our fonts, without theirs and without crests."""
    style = "\n".join(path.read_text() for path in STYLE_SHEETS)
    style = re.sub(r"@font-face\{[^}]*\}", "", style)
    style = style.replace("GDS Transport,arial,sans-serif", FONTS)
    style = re.sub(r"/\*[#!].*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"[^{};]*url\(/assets/images/govuk-crest[^)]*\)[^{};]*;?", "", style)
    style = style.replace("url(/assets/images/", "url(images/")
    for forbidden in ("GDS Transport", "url(/assets", "govuk-crest.svg", "url(http", "url(//"):
        if forbidden in style:
            raise SystemExit(
                f"The style sheet still holds {forbidden!r}: front/build.py must learn this version."
            )
    return style


def copy_pictures(style: str, folder: Path) -> None:
    folder.mkdir(mode=0o755)
    for name in sorted(set(re.findall(r"url\(images/([\w.-]+)", style))):
        if not CRESTED.search(name):
            shutil.copy(next(path for path in _pictures(name) if path.exists()), folder)


def _pictures(name: str) -> list[Path]:
    return [MOJ / "assets/images" / name, GOVUK / "assets/images" / name]


def bundle(target: Path) -> None:
    """Bundle with esbuild's own program, so that a second set-up needs no Node."""
    program = next(PACKAGES.glob("@esbuild/*/bin/esbuild"))
    options = ["--bundle", "--minify", "--format=iife", "--target=es2020", "--log-level=warning"]
    subprocess.run(
        [program, *options, f"--outfile={target}"], input=START, text=True, check=True, cwd=PROJECT
    )


if __name__ == "__main__":
    sys.exit(main())
