"""Ids, hashes, domains and addresses: what is one, what only looks like one, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from extraction_samples import MD5, SHA1, SHA256

from briefing.analysis.indicators import (
    Found,
    find_addresses,
    find_domains,
    find_hashes,
    find_ids,
)

Find = Callable[[str], Iterator[Found]]


def values(find: Find, text: str) -> list[str]:
    return [one.value for one in find(text)]


def only(find: Find, text: str) -> Found:
    [found] = find(text)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("uses T1059.001.", "T1059.001"),
        ("(T1059)", "T1059"),
        ("https://attack.example/techniques/T1059/001/", "T1059.001"),
        ("S0002 and", "S0002"),
        ("G0007", "G0007"),
        ("CVE-2024-1234", "CVE-2024-1234"),
        ("cve-2024-123456", "CVE-2024-123456"),
        ("CVE\u20112024\u20111234", "CVE-2024-1234"),
        ("CVE\u20132024\u20131234.", "CVE-2024-1234"),
    ],
)
def test_an_id_is_found_however_it_is_written(text: str, value: str) -> None:
    assert values(find_ids, text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "t1059",
        "T10590",
        "T1059.0012",
        "XT1059",
        "T1059-2",
        "S00021",
        "AT1059",
        "CVE-2024-123",
        "CVE-1066-1234",
        "XCVE-2024-1234",
        "CVE-2024-1234-5",
        "M1036",
        "TA0001",
    ],
)
def test_what_only_resembles_an_id_is_none(text: str) -> None:
    assert values(find_ids, text) == []


def test_hashes_are_told_by_their_length_and_written_small() -> None:
    text = f"{MD5.upper()} {SHA1}\n{SHA256}"
    assert values(find_hashes, text) == [MD5, SHA1, SHA256]


@pytest.mark.parametrize(
    "text", [MD5[:-1], MD5 + "0", SHA256 + "ab", "1" * 32, "x" + MD5, "é" + MD5]
)
def test_other_runs_of_digits_are_no_hashes(text: str) -> None:
    assert values(find_hashes, text) == []


def test_the_hash_of_nothing_is_said_to_be_that() -> None:
    assert only(find_hashes, "d41d8cd98f00b204e9800998ecf8427e").notes == ("hash of an empty file",)


@pytest.mark.parametrize(
    "text",
    [
        "gate.com",
        "GATE[.]COM",
        "gate[.]com",
        "gate(.)com",
        "gate{.}com",
        "gate [.] com",
        "gate[dot]com",
        "gate(dot)com",
        "gate [DOT] com",
        "gate[.com",
        "gate.]com",
        r"gate\.com",
        "hxxp://gate.com/a.php",
        "hxxps[:]//gate[.]com",
        "hxxps[://]gate[.]com/x",
        r"http:\\gate.com\x",
        "meow://gate.com",
        "(gate.com)",
        "[gate.com]",
        "gate.com.",
        "gate.com, and",
        "gate.com:8080",
        "gate.com-",
        "„gate.com“",
        "攻撃者gate.com使用",
        "name=gate.com",
    ],
)
def test_a_domain_is_found_however_it_is_defanged(text: str) -> None:
    assert values(find_domains, text) == ["gate.com"]


@pytest.mark.parametrize(
    "text",
    [
        "report.pdf",
        "setup.exe",
        "index.html",
        "gate.com.exe",
        "run.py",
        "install.sh",
        "backup.zip",
        "e.g. this",
        "U.S. officials",
        "It ends.It begins",
        "System.Net",
        "ASP.NET",
        "com.android.chrome",
        "os.open(",
        "thing.run()",
        "C:\\Users\\ada.net",
        "path/of.com",
        "john.info@",
        "john.info[at]",
        "-gate.com",
        "gate-.com",
        "my_gate.com",
        "a..com",
        ".com",
        "gate.c_m",
        "x" * 64 + ".com",
        ".".join(["gate"] * 60) + ".com",
        "gate.com\u02bcs",
        "\uff47ate.com",
        "1.2.3.4",
        "сервер.Это",
        "gate.\u0370\u0371" + "\u0372" * 70,
        "",
    ],
)
def test_files_sentences_and_code_are_no_domains(text: str) -> None:
    assert values(find_domains, text) == []


def test_an_ending_of_files_is_a_domain_where_the_text_says_so() -> None:
    text = "hxxps://invoice[.]zip https://get.rs/x and load[.]sh"
    assert values(find_domains, text) == ["invoice.zip", "get.rs", "load.sh"]


def test_the_place_of_a_domain_is_the_domain_alone() -> None:
    text = "see hxxps://ada:key@Cdn[.]Gate[.]com/x.php now"
    found = only(find_domains, text)
    assert (found.value, text[found.start : found.end]) == ("cdn.gate.com", "Cdn[.]Gate[.]com")
    assert found.notes == ()


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("https://gate.com/x", "in a live link: reports defang what is hostile"),
        ("ada@gate.com", "in a mail address"),
        ("ada [at] gate[.]com", "in a mail address"),
        ("a.example.net", "name reserved for examples"),
        ("gate.example", "name reserved for examples"),
        ("abcdefghijklmnop.onion", "Tor service"),
        ("пример.рф", "written with letters outside a to z"),
        ("\u0430pple.com", "written with letters outside a to z"),
    ],
)
def test_what_is_to_know_of_a_domain_is_said(text: str, note: str) -> None:
    assert only(find_domains, text).notes == (note,)


@pytest.mark.parametrize("text", ["hxxp://gate.com", "https://gate[.]com", "xhttp://gate.com"])
def test_a_defanged_link_is_no_live_link(text: str) -> None:
    assert only(find_domains, text).notes == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("to 85.10.1.20.", "85.10.1.20"),
        ("85[.]10[.]1[.]20", "85.10.1.20"),
        ("85.10.1[.]20:443", "85.10.1.20"),
        ("85(dot)10(dot)1(dot)20", "85.10.1.20"),
        ("hxxp://85.10.1.20/x", "85.10.1.20"),
        ("85.10.1.0/24", "85.10.1.0/24"),
        ("85.10.1.20/x", "85.10.1.20"),
        ("2620:0:2d0:200::7", "2620:0:2d0:200::7"),
        ("[2620:0:02D0:200::7]:443", "2620:0:2d0:200::7"),
        ("2620[:]0[:]2d0[:]200[:]0[:]0[:]0[:]7", "2620:0:2d0:200::7"),
        ("2620:0:2d0::/48", "2620:0:2d0::/48"),
    ],
)
def test_an_address_is_found_however_it_is_defanged(text: str, value: str) -> None:
    found = only(find_addresses, text)
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        "version 1.2.3.4",
        "Version: 1.2.3.4",
        "v 1.2.3.4",
        "v1.2.3.4",
        "prior to 1.2.3.4",
        "firmware 91.2.3.4",
        "< 1.2.3.4",
        "≤1.2.3.4",
        "1.2.3.4 and earlier",
        "1.2.3.4, or later",
        "app-1.2.3.4",
        "1.2.3.4-rc1",
        "1.2.3.4.5",
        "1.2.3.4[.]5",
        "x.1.2.3.4",
        "300.1.1.1",
        "010.1.1.1",
        "1.2.3",
        "12:30:45",
        "00:1b:44:11:3a:b7",
        "std::vector",
        "abc::def",
        "a::",
        "2001:db8::1::2",
        "::ffff:1.2.3.4x",
        "x2620:0:2d0:200::7",
    ],
)
def test_versions_times_and_code_are_no_addresses(text: str) -> None:
    assert values(find_addresses, text) == []


def test_the_versions_of_a_list_are_all_versions() -> None:
    text = "versions 81.2.3.4, 81.2.3.5 and 81.2.3.6 answer; the raid came from 81.2.3.7"
    assert values(find_addresses, text) == ["81.2.3.7"]


def test_a_defanged_address_is_never_a_version() -> None:
    assert values(find_addresses, "version 81[.]2[.]3[.]4") == ["81.2.3.4"]


def test_both_ends_of_a_range_are_addresses() -> None:
    assert values(find_addresses, "85.10.1.20-85.10.1.29") == ["85.10.1.20", "85.10.1.29"]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("10.1.2.99", ("private address",)),
        ("192.168.7.1", ("private address",)),
        ("172.31.255.1", ("private address",)),
        ("127.0.0.1", ("loopback address",)),
        ("169.254.7.7", ("link-local address",)),
        ("100.64.1.1", ("address inside a provider’s network",)),
        ("203.0.113.9", ("address reserved for examples",)),
        ("239.1.1.1", ("multicast address",)),
        ("255.255.255.255", ("reserved address",)),
        ("10.0.0.0/8", ("private address", "a network")),
        ("8.8.4.4", ("may be a version or the number of a section",)),
        ("10.1.2.3", ("private address",)),
        ("8[.]8[.]4[.]4", ()),
        ("https://8.8.4.4/x", ("in a live link: reports defang what is hostile",)),
        ("85.10.1.20", ()),
        ("fe80::1", ("link-local address",)),
        ("fd00::1", ("private address",)),
        ("ff02::1", ("multicast address",)),
        ("::1", ("loopback address",)),
        ("2001:db8::1", ("address reserved for examples",)),
        ("64:ff9b::1", ("address that stands for one of IPv4",)),
        ("2620:0:2d0:200::7", ()),
    ],
)
def test_what_is_no_computer_on_the_internet_is_said_to_be_that(
    text: str, notes: tuple[str, ...]
) -> None:
    assert only(find_addresses, text).notes == notes
