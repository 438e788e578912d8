"""What would somebody put into a hospital's message to bring us down?"""

import json

from holdfast.feeds.terms import ProblemCode as P
from tests.feeds.hostile import HOSPITAL, Hostile, repeated


def bundle(**patient: object) -> bytes:
    encounter = {
        "resourceType": "Encounter",
        "identifier": [{"value": "E1"}],
        "period": {"start": "2026-03-20T10:00:00+00:00"},
        "serviceProvider": {"display": "Carrow General", "identifier": {"value": "RX1"}},
        "reasonCode": [{"text": "Fall"}],
    }
    person = {"resourceType": "Patient", "name": [{"family": "Osei", "given": ["Ama"]}], **patient}
    entries = [{"resource": person}, {"resource": encounter}]
    return json.dumps({"resourceType": "Bundle", "entry": entries}).encode()


MESSAGES = [
    Hostile("JSON 100,000 deep", repeated(b"[", 100_000), HOSPITAL, fault=P.UNKNOWN_FILE),
    Hostile(
        "JSON objects 100,000 deep",
        repeated(b'{"a":', 100_000, after=b"1" + b"}" * 100_000),
        HOSPITAL,
        rows=1,
        problems=(("", P.NOT_READABLE),),
    ),
    Hostile(
        "a bundle 900 deep",
        lambda: bundle(name=json.loads('{"a":' * 900 + "1" + "}" * 900)),
        HOSPITAL,
        rows=1,
    ),
    Hostile("a message of 50 MB", repeated(b"x", 50_000_000), HOSPITAL, fault=P.TOO_LARGE),
    Hostile(
        "a message of 2 MB",
        lambda: bundle(name=[{"family": "x" * 2_000_000}]),
        HOSPITAL,
        rows=1,
        problems=(("", P.TOO_LONG),),
    ),
    Hostile(
        "20 messages of a million numbers",
        repeated(b"{" + b'"a":[' + b"1," * 490_000 + b"1]}\n", 20),
        HOSPITAL,
        rows=20,
        problems=(("", P.NOT_READABLE),) * 20,
    ),
    Hostile(
        "20 messages of empty objects",
        repeated(b'{"a":[' + b"{}," * 300_000 + b"1]}\n", 20),
        HOSPITAL,
        rows=20,
        problems=(("", P.NOT_READABLE),) * 20,
    ),
    Hostile(
        "a number of 100,000 digits in JSON",
        lambda: bundle(birthDate=0).replace(b": 0", b": " + b"9" * 100_000),
        HOSPITAL,
        rows=1,
        problems=(("", P.NOT_READABLE),),
    ),
    Hostile(
        "1e999 in JSON",
        lambda: bundle(birthDate=0).replace(b": 0", b": 1e999"),
        HOSPITAL,
        rows=1,
        problems=(("", P.NOT_READABLE),),
    ),
    Hostile(
        "1e308 in JSON", lambda: bundle(birthDate=1e308), HOSPITAL, rows=1, problems=(("dob", P.NOT_A_DATE),)
    ),
    Hostile(
        "half a pair in JSON",
        lambda: bundle(name=[{"family": "Os\ud83dei", "given": ["Ama"]}]),
        HOSPITAL,
        rows=1,
        problems=(("", P.NOT_READABLE),),
    ),
    Hostile(
        "NUL in JSON",
        lambda: bundle(name=[{"family": "Os\0ei", "given": ["Ama"]}]),
        HOSPITAL,
        rows=1,
        holds=("family_name", "Osei"),
    ),
    Hostile(
        "a key twice in JSON",
        lambda: bundle().replace(
            b'"resourceType": "Patient"', b'"resourceType": "Patient", "resourceType": "Patient"'
        ),
        HOSPITAL,
        rows=1,
    ),
    Hostile(
        "homoglyphs in JSON",
        lambda: bundle(name=[{"family": "Оsei", "given": ["Ama"]}]),
        HOSPITAL,
        rows=1,
        problems=(("family_name", P.LOOK_ALIKE),),
    ),
    Hostile(
        "ten thousand patients",
        lambda: bundle(contained=[{"resourceType": "Patient"}] * 10_000),
        HOSPITAL,
        rows=1,
    ),
    Hostile("a message cut short", lambda: bundle()[:-40], HOSPITAL, rows=1, problems=(("", P.CUT_SHORT),)),
    Hostile(
        "JSON that is no bundle",
        lambda: b'{"resourceType": "Patient"}',
        HOSPITAL,
        rows=1,
        problems=(("", P.NOT_READABLE),),
    ),
    Hostile(
        "lists where texts should be",
        lambda: bundle(name={"family": [[]]}, birthDate=["x"], gender={"a": 1}),
        HOSPITAL,
        rows=1,
    ),
]
