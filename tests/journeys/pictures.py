"""How does a picture of a page become small?  A page has few colours, so a palette holds them all."""

import base64
import struct
import zlib

import numpy as np
from playwright.sync_api import Page

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_COLOURS = 256
UP = 2  # the one filter that Chromium uses when it writes in haste: the difference to the line above
CHANNELS = {2: 3, 6: 4}  # of the PNG colour types for true colour, without and with transparency


def of_page(page: Page) -> bytes:
    """Return a PNG of the whole page with a palette: about a third of what the browser itself writes."""
    browser = page.context.new_cdp_session(page)
    size = browser.send("Page.getLayoutMetrics")["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
    how = {"format": "png", "optimizeForSpeed": True, "captureBeyondViewport": True, "clip": clip}
    return small(base64.b64decode(browser.send("Page.captureScreenshot", how)["data"]))


def small(png: bytes) -> bytes:
    """Return the same picture in its 256 most frequent colours: only edges of letters change."""
    points = _points(png).astype(np.uint32)
    packed = points[..., 0] << 16 | points[..., 1] << 8 | points[..., 2]
    colours, numbers, counts = np.unique(packed, return_inverse=True, return_counts=True)
    kept = np.sort(np.argsort(counts, kind="stable")[-MOST_COLOURS:])
    place = _nearest(colours, colours[kept])
    return _with_palette(colours[kept], place[numbers].reshape(packed.shape))


def _nearest(colours: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Return, for each colour, the place of the kept colour that is most like it."""
    apart = np.zeros((len(colours), len(kept)), np.int64)
    for shift in (0, 8, 16):
        one, other = colours >> shift & 255, kept >> shift & 255
        apart += (one.astype(np.int64)[:, None] - other.astype(np.int64)[None, :]) ** 2
    return apart.argmin(axis=1).astype(np.uint8)


def _points(png: bytes) -> np.ndarray:
    """Return rows of points of red, green, blue."""
    width, height, _, kind = struct.unpack(">IIBB", png[16:26])
    lines = np.frombuffer(zlib.decompress(_data(png)), np.uint8).reshape(height, -1)
    assert (lines[:, 0] == UP).all(), "this browser writes its pictures in another way"
    rows = np.cumsum(lines[:, 1:], axis=0, dtype=np.uint8)
    return rows.reshape(height, width, CHANNELS[kind])


def _data(png: bytes) -> bytes:
    place, found = len(SIGNATURE), []
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place : place + 8])
        if name == b"IDAT":
            found.append(png[place + 8 : place + 8 + length])
        place += 12 + length
    return b"".join(found)


def _with_palette(colours: np.ndarray, numbers: np.ndarray) -> bytes:
    height, width = numbers.shape
    lines = np.hstack([np.zeros((height, 1), np.uint8), numbers])  # 0: no filter
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(int(colour).to_bytes(3, "big") for colour in colours)),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_part(name, content) for name, content in parts)


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
