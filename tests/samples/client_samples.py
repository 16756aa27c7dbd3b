"""Clients, pictures for their logos, and the words of the vocabularies, all made here."""

from __future__ import annotations

import struct
import zlib
from functools import cache

from briefing.core.client import Brand, Client
from briefing.core.tlp import Tlp
from briefing.feeds.vocabulary import read_vocabulary
from briefing.paths import data_folder
from briefing.services.vocabulary_labels import vocabulary_labels
from briefing.store.labels import Labels

PNG = b"\x89PNG\r\n\x1a\n"


@cache
def labels() -> Labels:
    """Sectors and countries as every database of the program holds them."""
    by_kind: dict[str, dict[str, object]] = {}
    for label in vocabulary_labels(read_vocabulary(data_folder() / "vocabulary")):
        by_kind.setdefault(label.kind, {})[label.code] = label
    return Labels(by_kind)  # type: ignore[arg-type]  # filled with labels alone


def chunk(name: bytes, body: bytes = b"") -> bytes:
    """One chunk of a PNG with its sum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(
    width: int = 3, height: int = 2, *, extra: bytes = b"", pixels: bytes | None = None
) -> bytes:
    """A grey picture; ``extra`` chunks stand before its pixels."""
    lines = bytes(height * (1 + width)) if pixels is None else pixels
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(lines)
    return PNG + chunk(b"IHDR", header) + extra + chunk(b"IDAT", packed) + chunk(b"IEND")


def segment(code: int, body: bytes = b"") -> bytes:
    """One segment of a JPEG."""
    return bytes((0xFF, code)) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 3, height: int = 2, *, frame: int = 0xC0, extra: bytes = b"") -> bytes:
    """The segments of a JPEG in their order; ``extra`` ones stand before the frame."""
    size = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    jfif = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
    return b"\xff\xd8" + jfif + extra + segment(frame, size) + scan + b"\xff\xd9"


PRACTICE = Client(
    name="Seafront Dental",
    sectors=("healthcare",),
    countries=("US", "CA"),
    size="small",
    customer_sectors=("government",),
    supplier_sectors=("technology", "telecommunications"),
    uses_msp=True,
    technology=("pumpworks:panel", "microsoft:exchange_server"),
    tlp=Tlp.GREEN,
    brand=Brand(png(), "#0b3c78", "#4f94c9", "Prepared for Seafront Dental"),
)
FILE = """
name = "Seafront Dental"
sectors = ["healthcare"]
countries = ["US", "CA"]
size = "small"
customer_sectors = ["government"]
supplier_sectors = ["technology", "telecommunications"]
uses_msp = true
technology = ["pumpworks:panel", "microsoft:exchange_server"]
tlp = "GREEN"

[brand]
logo = "logo.png"
primary = "#0b3c78"
secondary = "#4f94c9"
footer = "Prepared for Seafront Dental"
"""
"""The same client, with ``png()`` beside it as logo.png."""
