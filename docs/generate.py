"""Write docs/reference from the code, or with --check say what is stale.  No database is needed."""

import argparse
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))  # the code beside these documents, whatever is installed

from docs.made import code_lists, commands, feeds, http, moment_kinds, review_map, roles, web_pages  # noqa: E402

REFERENCE = DOCS / "reference"
MAKERS = (feeds, http, code_lists, moment_kinds, review_map, commands, web_pages, roles)


def wanted() -> dict[Path, str]:
    return {REFERENCE / name: text for maker in MAKERS for name, text in maker.pages().items()}


def stale(pages: dict[Path, str]) -> list[Path]:
    """Return the pages that are missing, differ from the code, or are of something that is no more."""
    differ = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    return differ + [path for path in sorted(REFERENCE.rglob("*.md")) if path not in pages]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit status 1 if a page is stale"
    )
    options = parser.parse_args()
    pages = wanted()
    found = stale(pages)
    for path in found:
        print(f"{'stale: ' if options.check else ''}{path.relative_to(DOCS.parent)}")
        if options.check:
            continue
        if path in pages:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[path], "utf-8")
        else:
            path.unlink()
    if options.check and found:
        print("Run `make docs`.")
    return 1 if options.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
