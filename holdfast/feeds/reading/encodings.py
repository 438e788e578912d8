"""Which letters do these bytes stand for?

Most senders write UTF-8, with or without a mark in front; some office systems still save
Windows-1252, and "Unicode text" from a spreadsheet is UTF-16.
"""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as the mark of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# PostgreSQL cannot hold a NUL, so a row keeps its picture instead.
_NUL, _NUL_SHOWN = "\x00", "\N{SYMBOL FOR NULL}"
_LOOKED_AT = 200  # bytes; enough to tell UTF-16 without a mark from text with a stray NUL


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and the name of the encoding.  Never fails."""
    text, name = _decode(content)
    return text.replace(_NUL, _NUL_SHOWN), name


def _decode(content: bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, errors="replace"), name
    wide = _utf_16_without_mark(content[:_LOOKED_AT])
    if wide:
        return content.decode(wide, errors="replace"), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_by_line(content)


def _utf_16_without_mark(start: bytes) -> str | None:
    """Every second byte of plain words in UTF-16 is zero; say on which side."""
    if len(start) < 4:
        return None
    for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[0::2])):
        if zeros.count(0) > 0.8 * len(zeros):
            return name
    return None


def _decode_by_line(content: bytes) -> tuple[str, str]:
    """Read each line as UTF-8 where it is, as Windows-1252 where it is not.

    One bad byte, or a file cut inside a letter, must not turn every name in it to noise.
    """
    lines, is_mixed = [], False
    for line in content.splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8"))
            is_mixed = is_mixed or not line.isascii()
        except UnicodeDecodeError:
            lines.append(_windows(line))
    return "".join(lines), "mixed" if is_mixed else "cp1252"


def _windows(line: bytes) -> str:
    """Windows-1252 leaves five bytes without a letter; those become the replacement mark."""
    return line.decode("cp1252", errors="replace")
