"""Is an archive safe to open, and what do its parts hold?

It is measured by what its directory says before anything is unpacked; no part can be longer than it says,
nothing is written anywhere, and an archive inside an archive is not opened.
"""

import io
import stat
import zipfile
import zlib

ZIP_MARK = b"PK\x03\x04"
MOST_ENTRIES = 1_000  # parts in the archive; our choice
MOST_UNPACKED = 10_000_000  # bytes; our choice, a hundred times a tracker of 500 lines
MOST_RATIO = 30  # unpacked to packed; our choice
RATIO_FROM = 1_000_000  # bytes; our choice: a small workbook of blank cells may well shrink more
_DIRECTORY_MARK = b"PK\x01\x02"  # stands before each part in the directory
_WAYS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the only ways in which office programs pack
_IS_ENCRYPTED = 1
_ARCHIVES = (ZIP_MARK, b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError)


class NotAWorkbook(Exception):
    """Carries what to tell the sender."""


class Pack:
    """An archive that has been measured.  Raises NotAWorkbook."""

    def __init__(self, content: bytes) -> None:
        # Counted before the directory is read, which takes time and memory for each part.
        if content.count(_DIRECTORY_MARK) > MOST_ENTRIES:
            raise NotAWorkbook(f"holds more than {MOST_ENTRIES:,} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            raise NotAWorkbook("cannot be opened as an Excel workbook") from None
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._measure()

    def _measure(self) -> None:
        entries = self._zip.infolist()
        total = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if len(entries) > MOST_ENTRIES or total > MOST_UNPACKED:
            raise NotAWorkbook("is too large when unpacked")
        if total > RATIO_FROM and total > MOST_RATIO * packed:
            raise NotAWorkbook("unpacks to far more than it holds")
        for entry in entries:
            _check(entry)
        if len(self._entries) < len(entries):
            raise NotAWorkbook("holds two parts of one name")

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Return one part.  Raises NotAWorkbook where it is not there, damaged, or an archive itself."""
        try:
            with self._zip.open(self._entries[name]) as stream:
                found = stream.read(MOST_UNPACKED + 1)
        except KeyError:
            raise NotAWorkbook("lacks a part that every Excel workbook has") from None
        except _BROKEN:
            raise NotAWorkbook("is damaged") from None
        if found.startswith(_ARCHIVES):
            raise NotAWorkbook("holds an archive where a sheet should be")
        return found


def _check(entry: zipfile.ZipInfo) -> None:
    parts = entry.filename.replace("\\", "/").split("/")
    if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0]:
        raise NotAWorkbook("holds a part whose name leads out of the workbook")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise NotAWorkbook("holds a part that only points to another file")
    if entry.flag_bits & _IS_ENCRYPTED:
        raise NotAWorkbook("is locked with a password. Save it without one")
    if entry.compress_type not in _WAYS:
        raise NotAWorkbook("is packed in a way that office programs do not use")
