"""What can a sender's system ask by HTTP, and what is it answered?  From the OpenAPI document itself."""

from importlib import import_module
from typing import Any

from holdfast.feeds.reading.files import LARGEST_FILE
from holdfast.feeds.sending import LARGEST_BODY, LONGEST_TOKEN, MOST_ROWS_SENT

from .django_ready import make_ready
from .markdown import page, table

INTRODUCTION = """\
Made by `make docs` from the OpenAPI document, which a running Holdfast gives to anybody at
`/api/openapi.json`. Step by step: [How to send rows by HTTP](../how-to/send-rows-by-http.md). `{feed}` is the
feed's name with a hyphen, as in the addresses of the [pages about each export](feeds.md):
`police_custody-custody`."""
WORDS = """\
## What each answer means

Every answer but 200 and 202 holds the reason in words, under `detail`."""
MEANINGS = {
    "200": "done; to something sent: it had come before, and nothing was changed",
    "202": "kept, and will be applied",
    "400": "the body is not what it says it is",
    "401": "no key, a wrong one, or one that was stopped",
    "404": "not this key's, or not there: the answer is the same",
    "409": "this `Idempotency-Key` came before with other content",
    "413": "larger than is taken at once",
    "415": "another kind of body",
    "422": "readable, but not as described; a file whose name or headings are another export's",
    "429": "too fast: go on after the seconds in `Retry-After`",
}


def pages() -> dict[str, str]:
    make_ready()
    schema = import_module("holdfast.api.urls").api.get_openapi_schema()
    found = [(way, path, told) for path, ways in schema["paths"].items() for way, told in ways.items()]
    asked = [[f"`{way.upper()} {path}`", told["description"], _answers(told)] for way, path, told in found]
    answers = sorted({code for _, _, told in found for code in map(str, told["responses"])})
    assert set(answers) == set(MEANINGS), "each answer is explained"
    return {
        "http.md": page(
            "Sending by HTTP",
            INTRODUCTION,
            table(["asked", "what it is", "answers"], asked),
            _limits(),
            WORDS,
            table(["answer", "meaning"], [[code, MEANINGS[code]] for code in answers]),
            *(_shape(name, shape) for name, shape in sorted(schema["components"]["schemas"].items())),
        )
    }


def _answers(told: dict[str, Any]) -> str:
    return ", ".join(sorted(map(str, told["responses"])))


def _limits() -> str:
    keys = import_module("holdfast.feeds.keys")
    size, whole = LARGEST_BODY // 1_000_000, LARGEST_FILE // 1_000_000
    return (
        f"At most {MOST_ROWS_SENT:,} rows and {size} MB of them in one request, or one file of {whole} MB; "
        f"{keys.REQUESTS_A_MINUTE} requests and {keys.ROWS_A_MINUTE:,} rows a minute; an "
        f"`Idempotency-Key` of {LONGEST_TOKEN} characters."
    )


def _shape(name: str, shape: dict[str, Any]) -> str:
    rows = [[f"`{field}`", about.get("description", "")] for field, about in shape["properties"].items()]
    return f"## {name}\n\n{shape.get('description', '')}\n\n" + table(["field", "what it is"], rows)
