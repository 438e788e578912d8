"""Which figures can be measured here?  `python -m bench` lists them; `python -m bench NAME` measures."""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOT_BENCHES = {
    "__main__",
    "crowd",
    "drops",
    "fuzzed",
    "harness",
    "histories",
    "loading",
    "mutated_files",
    "mutations",
    "plain_splink",
    "parsers",
    "reached",
    "served",
    "served_urls",
    "stages",
    "state",
    "users",
}


def main() -> int:
    known = {path.stem: path for path in HERE.glob("*.py") if path.stem not in NOT_BENCHES}
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in known:
        print("python -m bench NAME [OPTIONS]\n", file=sys.stderr)
        for one, path in sorted(known.items()):
            print(f"  {one:<18}{_question(path)}", file=sys.stderr)
        return 2 if name else 0
    sys.argv = [f"bench.{name}", *sys.argv[2:]]
    runpy.run_module(f"bench.{name}", run_name="__main__", alter_sys=True)
    return 0


def _question(path: Path) -> str:
    return path.read_text(encoding="utf-8").removeprefix('"""').partition("\n")[0].strip('"')


if __name__ == "__main__":
    sys.exit(main())
