"""Whatever address an agency's file holds, nobody here follows it: no name is looked up, nothing connects."""

import ast
import socket
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from holdfast.audit.terms import System
from holdfast.feeds.applying import apply_waiting
from holdfast.feeds.commands import receive
from holdfast.feeds.mentions import mentions
from holdfast.feeds.models import Message
from holdfast.feeds.reading import Context, read_file
from holdfast.feeds.rules import check_row
from tests import make
from tests.feeds import hostile_workbooks as books
from tests.feeds.hostile import CALLS, HOSPITAL, TRACKER, calls, record
from tests.feeds.hostile_messages import bundle

HOUSE = Path(__file__).resolve().parents[2] / "holdfast"
SENT = Context(date(2026, 3, 29), frozenset({"701"}))
# This very machine and its neighbours, in every form in which an address can be written.
HOSTS = (
    "127.0.0.1", "localhost", "LOCALHOST.", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "0x7f000001",
    "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.0.0.1.nip.io", "127。0。0。1", "①②⑦.⓪.⓪.①",
    "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "[fe80::1%25eth0]", "169.254.169.254", "[fd00:ec2::254]",
    "2852039166", "0xA9FEA9FE", "metadata.google.internal", "10.0.0.1", "192.168.0.1", "172.16.0.1",
    "example.invalid@127.0.0.1", "127.0.0.1#@example.invalid", "example.invalid%00.127.0.0.1",
    "rebind.example.invalid", "127.0.0.1:5432", "localhost:8000", "kubernetes.default.svc",
    "host.docker.internal",
)  # fmt: skip
SCHEMES = ("http", "https", "ftp", "gopher", "file", "jar:http", "dict", "ldap", "\\\\", "//")
FORMS = [f"{one}://{host}/x" if one.isalpha() else f"{one}{host}/x" for one, host in product(SCHEMES, HOSTS)]


@pytest.fixture
def calls_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """What was looked up or connected to.  The database is reached by its own library, not by these."""
    found: list[object] = []

    def noted(*about: object, **_: object) -> None:
        found.append(about)
        raise OSError("nothing goes out")

    for name in ("getaddrinfo", "gethostbyname", "gethostbyaddr", "create_connection"):
        monkeypatch.setattr(socket, name, noted)
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, noted)
    yield found


def workbook(address: str) -> bytes:
    """A tracker with the address in a cell, as a link, as another book, as a picture and in a formula."""
    said = address.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    links = "".join(
        f'<Relationship Id="rId{number}" Type="x/{kind}" Target="{said}" TargetMode="External"/>'
        for number, kind in enumerate(("hyperlink", "externalLink", "image"), 8)
    )
    cell = f'<c r="A2" t="inlineStr"><is><t>{said}</t></is></c>'
    row = f'<row r="2">{cell}<c r="B2"><f>WEBSERVICE("{said}")</f></c></row>'
    outside = f"<Relationships>{links}</Relationships>".encode()
    return books.packed(books.parts(row) | {"xl/worksheets/_rels/sheet1.xml.rels": outside})


def read(content: bytes, path: str) -> int:
    found = read_file(content, path)
    for row in found.rows:
        checked = check_row(found.table, row, SENT)
        if checked.is_usable:
            mentions(found.table, checked.values, "701")
    return len(found.rows)


def test_there_are_enough_forms():
    assert len(set(FORMS)) >= 200


def test_no_reader_follows_an_address(calls_out):
    rows = 0
    for address in FORMS:
        rows += read(calls(record(worry=address, child_name=address)), CALLS)
        rows += read(workbook(address), TRACKER)
        linked = bundle(
            photo=[{"url": address}], link=[{"other": {"reference": address}}], id=address,
            extension=[{"url": address, "valueUri": address}], name=[{"family": address}],
        )  # fmt: skip
        rows += read(linked, HOSPITAL)
    assert calls_out == [] and rows >= 2 * len(FORMS)


@pytest.mark.django_db
def test_nothing_goes_out_when_such_rows_are_applied(calls_out):
    make.area()
    content = calls(*(record(call_ref=f"PL{n}", worry=one) for n, one in enumerate(FORMS)))
    receive(by=System.FEEDS, at=make.NOW, path=CALLS, content=content)
    apply_waiting(by=System.FEEDS, at=make.NOW)
    assert calls_out == [] and Message.objects.count() == len(FORMS)


def test_it_would_be_noticed(calls_out):
    with pytest.raises(OSError, match="nothing goes out"):
        socket.create_connection(("127.0.0.1", 9))
    assert len(calls_out) == 1


# Who may speak to another machine at all: each by name, and why.
SPEAKS = {
    "paging/channels.py": "names what the mail server may answer; Django's own mail speaks to it",
    "commandline/supervise.py": "asks the pages that it started itself whether they answer",
}
NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "requests",
    "httpx",
    "aiohttp",
    "ftplib",
    "smtplib",
    "asyncio",
}


def test_nobody_else_speaks_to_another_machine():
    """Letters leave by Django's own mail, to the one server that is set up."""
    found = {}
    for path in HOUSE.rglob("*.py"):
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in (
                [alias.name for alias in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )
        }  # fmt: skip
        if any(name in NETWORK or name.split(".")[0] in NETWORK for name in names):
            found[path.relative_to(HOUSE).as_posix()] = names & NETWORK
    assert set(found) == set(SPEAKS), found
