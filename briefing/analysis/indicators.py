"""Ids, hashes, domains and addresses in a text, however they are defanged, each with its place.

The rules are our own and strict: a wrong proposal costs whoever reads it more than a missing one.
A domain ends in a domain that IANA delegates, and what may be a file, a package or the end of a
sentence is none; four numbers behind the word "version" are no address. Packages that look for
indicators give values of a text that they have rewritten, and not where they stand in the text.

No pattern can be made to look at one character more than a few times, so the time follows the
length of the text whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from briefing.core.proposal import Kind
from briefing.core.top_level_domains import EXAMPLES, FILE_ENDINGS, SPECIAL, TOP_LEVEL

_DASH: Final = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{MINUS SIGN}"
_IDS: Final = re.compile(
    r"(?<![\w-])(?:[GS][0-9]{4}|T[0-9]{4}(?:[./][0-9]{3})?)(?![\w-])(?![./][0-9])"
)
"""As ``core.mentions`` has them; T1059/001, as in an address of ATT&CK, is T1059.001."""
_CVE: Final = re.compile(
    rf"(?<![\w-])(?i:CVE)[{_DASH}](?:19|20)[0-9]{{2}}[{_DASH}][0-9]{{4,19}}(?![\w-])"
)
_HEX: Final = re.compile(r"(?<![^\W_])[0-9A-Fa-f]{32,}+(?![^\W_])")
ALGORITHMS: Final = {32: "MD5", 40: "SHA-1", 64: "SHA-256"}
"""Length of a hash in hexadecimal digits → what makes hashes of that length."""
LIVE_LINK: Final = "in a live link: reports defang what is hostile"
"""Note of a domain or an address that can be followed as it stands."""
_EMPTY: Final = frozenset(
    (
        "d41d8cd98f00b204e9800998ecf8427e",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    )
)
"""Hashes of nothing at all."""

_DOT: Final = r"(?: ?[\[({] ?(?:\.|(?i:dot)) ?[\])}] ?|\\?\.\]?|\[\.)"
"""A dot as it stands, and as reports defang it: ``[.]``, ``(dot)``, ``[.``, ``.]``, ``\\.``"""
_LABEL: Final = "[0-9A-Za-zÀ-ÖØ-öø-ɏͰ-ͽͿ-ԯ_-]++"
"""Letters of Latin, Greek and Cyrillic."""
_NO_BLANKS: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Kana, ideographs and syllables of Korean: a name may stand among them without a blank."""
_JOINED: Final = rf"[^\W{_NO_BLANKS}]"
_BEFORE: Final = rf"(?<!{_JOINED})(?<![.\-/\\%+~$#])"
_BEHIND_SCHEME: Final = r"(?:(?<=//)|(?<=//\])|(?<=:\\\\))"
_NAME: Final = re.compile(rf"(?:{_BEHIND_SCHEME}|{_BEFORE}){_LABEL}(?:{_DOT}{_LABEL})++")
_BEHIND: Final = re.compile(_JOINED)
_AS_WRITTEN: Final = re.compile(_DOT)
_LIVE: Final = re.compile(r"(?<!\w)(?:https?|ftp)://$", re.IGNORECASE | re.ASCII)
_MAIL: Final = re.compile(r"[\w.+-](?:@| ?[\[({] ?(?:@|at) ?[\])}] ?)$", re.IGNORECASE)
_AT: Final = re.compile(r"@| ?[\[({] ?(?:@|at) ?[\])}]", re.IGNORECASE)
_LONGEST_LABEL: Final = 63
_LONGEST_NAME: Final = 253
_LOOK: Final = 60
"""Characters before and behind something that tell what it is."""
_PACKAGES: Final = frozenset(("com", "org", "net", "io"))
"""First labels of names of program packages: ``com.example.app`` is read from the left."""

_PART: Final = r"[0-9]{1,3}"
_V4: Final = re.compile(
    rf"(?<![\w.])(?<![^\W\d_]-){_PART}(?:{_DOT}{_PART}){{3}}"
    rf"(?:/(?:3[0-2]|[12]?[0-9])(?![\w.]))?(?!\w|{_DOT}\w|-[^\W\d_])"
)
_COLON: Final = r"(?::|\[:\])"
_V6: Final = re.compile(
    rf"(?<![\w:.])[0-9A-Fa-f]{{0,4}}(?:{_COLON}[0-9A-Fa-f]{{0,4}}){{2,8}}"
    r"(?:/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9])(?![\w.]))?(?![\w:]|\.[0-9]|\[:)"
)
_VERSION_WORDS: Final = (
    r"v|vers?|versions?|releases?|builds?|firmware|fw|rev|revisions?|updates?|patch|"
    r"prior to|earlier than|older than|newer than"
)
_VERSION: Final = re.compile(
    rf"(?:\b(?:{_VERSION_WORDS})\b[\s.:=]*(?:v\s*)?|[<>≤≥]=?\s*)$", re.IGNORECASE
)
_VERSION_BEHIND: Final = re.compile(
    r"\s*,?\s*(?:and|or) (?:earlier|prior|below|lower|later|newer|older|above|higher)",
    re.IGNORECASE,
)
_SAME_LIST: Final = re.compile(r"[\s,;/]*(?:and|or|to|through|until|[-–])?[\s,;/]*", re.IGNORECASE)
_SMALL: Final = 31
"""Where no part of an address is greater, it may be a version, or the number of a section."""

_V4_NOTES: Final = tuple(
    (ip_network(network), note)
    for network, note in (
        ("0.0.0.0/8", "reserved address"),
        ("10.0.0.0/8", "private address"),
        ("100.64.0.0/10", "address inside a provider’s network"),
        ("127.0.0.0/8", "loopback address"),
        ("169.254.0.0/16", "link-local address"),
        ("172.16.0.0/12", "private address"),
        ("192.0.0.0/24", "reserved address"),
        ("192.0.2.0/24", "address reserved for examples"),
        ("192.168.0.0/16", "private address"),
        ("198.18.0.0/15", "address reserved for measuring"),
        ("198.51.100.0/24", "address reserved for examples"),
        ("203.0.113.0/24", "address reserved for examples"),
        ("224.0.0.0/4", "multicast address"),
        ("240.0.0.0/4", "reserved address"),
    )
)
"""RFC 6890 and RFC 5771: what is no computer on the internet."""
_V6_NOTES: Final = tuple(
    (ip_network(network), note)
    for network, note in (
        ("2001:db8::/32", "address reserved for examples"),
        ("3fff::/20", "address reserved for examples"),
        ("2000::/3", ""),
        ("64:ff9b::/96", "address that stands for one of IPv4"),
        ("fc00::/7", "private address"),
        ("fe80::/10", "link-local address"),
        ("ff00::/8", "multicast address"),
        ("::1/128", "loopback address"),
    )
)
"""RFC 4291, RFC 6890 and RFC 9637. Everything else is not assigned, so it is no address but source
code, such as ``abc::def``."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something at one place of a text.

    Attributes:
        kind: What it is.
        value: In its one spelling.
        start: Place of the first character.
        end: Place after the last.
        notes: What this place tells of it.
    """

    kind: Kind
    value: str
    start: int
    end: int
    notes: tuple[str, ...] = ()


def find_ids(text: str) -> Iterator[Found]:
    """Ids of ATT&CK techniques, software and groups, and of vulnerabilities."""
    kinds = {"T": Kind.TECHNIQUE, "S": Kind.SOFTWARE, "G": Kind.GROUP}
    for match in _IDS.finditer(text):
        kind = kinds[match[0][0]]
        yield Found(kind, normal(kind, match[0]), *match.span())
    for match in _CVE.finditer(text):
        yield Found(Kind.VULNERABILITY, normal(Kind.VULNERABILITY, match[0]), *match.span())


def find_hashes(text: str) -> Iterator[Found]:
    """MD5, SHA-1 and SHA-256 in hexadecimal digits, at least one of which is a letter."""
    for match in _HEX.finditer(text):
        value = normal(Kind.HASH, match[0])
        if len(value) in ALGORITHMS and not value.isdigit():
            notes = ("hash of an empty file",) if value in _EMPTY else ()
            yield Found(Kind.HASH, value, *match.span(), notes)


def find_domains(text: str) -> Iterator[Found]:
    """Domains, alone, in URLs and behind the @ of a mail address."""
    for match in _NAME.finditer(text):
        written = match[0].rstrip("-")
        start, end = match.start(), match.start() + len(written)
        value = normal(Kind.DOMAIN, written)
        before = text[max(start - _LOOK, 0) : start]
        is_plain = value == written.lower() and not before.endswith(("//", "//]", ":\\\\"))
        if not _is_domain(value) or _AT.match(text, end) or _BEHIND.match(text, end):
            continue
        if is_plain and (text[end : end + 1] == "(" or not _is_plain_domain(written)):
            continue
        yield Found(Kind.DOMAIN, value, start, end, _domain_notes(value, written, before))


def find_addresses(text: str) -> Iterator[Found]:
    """Addresses and networks of IPv4 and IPv6; private and reserved ones with a note."""
    version_end = -_LOOK
    for match in _V4.finditer(text):
        start, end = match.span()
        value = normal(Kind.ADDRESS, match[0])
        if not _is_v4(value):
            continue
        is_plain = value == match[0]
        before = text[max(start - _LOOK, 0) : start]
        if is_plain and (
            _VERSION.search(before)
            or _VERSION_BEHIND.match(text[end : end + _LOOK])
            or (start - version_end < _LOOK and _SAME_LIST.fullmatch(text, version_end, start))
        ):
            version_end = end
            continue
        yield Found(Kind.ADDRESS, value, start, end, _v4_notes(value, before, is_plain=is_plain))
    for match in _V6.finditer(text):
        value = normal(Kind.ADDRESS, match[0])
        note = _v6_note(value)
        if note is not None:
            yield Found(Kind.ADDRESS, value, *match.span(), (note,) if note else ())


def normal(kind: Kind, written: str) -> str:
    """The one spelling of what a text writes: without what defangs it, and in one case.

    What is an address in form only ("300.1.1.1") comes back as it is written but for its dots.
    """
    if kind is Kind.ADDRESS:
        return _normal_address(written)
    if kind is Kind.DOMAIN:
        return _AS_WRITTEN.sub(".", written).lower()
    if kind is Kind.VULNERABILITY:
        return re.sub(f"[{_DASH}]", "-", written).upper()
    return written.lower() if kind is Kind.HASH else written.replace("/", ".")


def _normal_address(written: str) -> str:
    plain = _AS_WRITTEN.sub(".", written.replace("[:]", ":"))
    host, slash, bits = plain.partition("/")
    try:
        return f"{ip_address(host)}{slash}{bits}"
    except ValueError:
        return plain


def _is_domain(value: str) -> bool:
    labels = value.split(".")
    if len(value) > _LONGEST_NAME or not _is_top_level(labels[-1]):
        return False
    if any("_" in label for label in labels[-2:]):
        return False
    return all(
        0 < len(label) <= _LONGEST_LABEL and label[0] != "-" and label[-1] != "-"
        for label in labels
    )


def _is_top_level(label: str) -> bool:
    if label.isascii():
        return label in TOP_LEVEL or label in SPECIAL
    try:
        return label.encode("idna").decode("ascii") in TOP_LEVEL
    except UnicodeError:
        return False


def _is_plain_domain(written: str) -> bool:
    """Whether a name that nothing marks as one is a domain.

    Its last label is in small letters ("ends.It begins" is two sentences, ``System.Net`` a library)
    and no ending of files, and its first label is none with which names of packages begin.
    """
    labels = written.split(".")
    is_package = labels[0] in _PACKAGES
    return labels[-1].islower() and labels[-1] not in FILE_ENDINGS and not is_package


def _domain_notes(value: str, written: str, before: str) -> tuple[str, ...]:
    labels = value.split(".")
    notes = []
    if labels[-1] in SPECIAL:
        notes.append(SPECIAL[labels[-1]])
    elif ".".join(labels[-2:]) in EXAMPLES:
        notes.append(SPECIAL["example"])
    if not value.isascii():
        notes.append("written with letters outside a to z")
    if _LIVE.search(before) and value == written.lower():
        notes.append(LIVE_LINK)
    elif _MAIL.search(before) and "//" not in before.rpartition(" ")[2]:
        notes.append("in a mail address")
    return tuple(notes)


def _is_v4(value: str) -> bool:
    try:
        IPv4Address(value.partition("/")[0])
    except ValueError:
        return False
    return True


def _v4_notes(value: str, before: str, *, is_plain: bool) -> tuple[str, ...]:
    host, slash, _ = value.partition("/")
    address = IPv4Address(host)
    notes = [note for network, note in _V4_NOTES if address in network]
    if slash:
        notes.append("a network")
    elif is_plain and _LIVE.search(before):
        notes.append(LIVE_LINK)
    elif is_plain and not notes and max(address.packed) <= _SMALL:
        notes.append("may be a version or the number of a section")
    return tuple(notes)


def _v6_note(value: str) -> str | None:
    """What there is to know of an address of IPv6; None where it is none."""
    try:
        address = IPv6Address(value.partition("/")[0])
    except ValueError:
        return None
    return next((note for network, note in _V6_NOTES if address in network), None)
