"""Files of government publications: they arrive whole, and what breaks the form is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from feed_samples import vocabulary
from store_samples import source

from briefing.core.changes import ChangeSet, Predicate, RecordDraft, StatementDraft
from briefing.core.errors import BriefingError
from briefing.feeds.advisory_pages import cisa_number, numbered_id, page_key
from briefing.feeds.attack_names import AttackName, names_in, page_of, read_names
from briefing.feeds.guidance import action_id
from briefing.feeds.misp_producers import parse_issuers
from briefing.feeds.own_advisories import SOURCE, Known, advisory_changes
from briefing.feeds.payload import Payload

HEAD = 'recorded = "2026-11-24"\ntlp = "CLEAR"\ncredibility = 2\n'
TABLE = """
[[advisory]]
id = "foxes"
number = "AA26-001A"
kind = "advisory"
title = "Foxes in the henhouse"
issuers = ["agency", "office"]
published = "2026-03-01"
updated = "2026-04"
url = "https://www.cisa.gov/news-events/cybersecurity-advisories/aa26-001a"
other_urls = ["https://agency.example/foxes.pdf"]
languages = ["en"]
names = ["G0001", "CVE-2026-11111", "misp:0610cd57-2511-467a-97e3-3c810384074f"]
cited_for = ["T1000.001"]
our_reading = ["T2000"]
sectors = ["energy"]
countries = ["DE", "region:europe"]
readers = ["executives"]
audience = "For keepers of hens."
abstract = "Foxes come at night. They dig."
do = [
  { text = "Shut the door", action = "lock-the-door" },
  { text = "Count the hens" },
]
coverage = [{ title = "Hens", publisher = "Paper", url = "https://paper.example/hens" }]
"""
KNOWN = Known(
    vocabulary(),
    {"agency": "Agency", "office": "Office"},
    {
        "G0001": AttackName("intrusion-set--1", "Fox"),
        "T1000.001": AttackName("attack-pattern--1", "Digging"),
        "T2000": AttackName("attack-pattern--2", "Waiting"),
    },
    frozenset({"lock-the-door"}),
)


def changes(*files: str) -> ChangeSet:
    payloads = [Payload(f"{n}.toml", text.encode()) for n, text in enumerate(files)]
    return advisory_changes(payloads, source(SOURCE, kind="own-text"), KNOWN)


def said(record: RecordDraft, predicate: Predicate) -> list[StatementDraft]:
    return [one for one in record.statements if one.predicate is predicate]


def test_a_publication_arrives_with_everything_that_is_written() -> None:
    made = changes(HEAD + TABLE)
    assert (made.full, made.version) == (True, "1 government publication")
    (record,) = made.records
    assert (record.kind, record.native_id) == ("advisory", numbered_id("AA26-001A"))
    (named,) = said(record, Predicate.NAMED)
    assert named.value == "Foxes in the henhouse"
    assert named.detail == {"id": "AA26-001A", "languages": ["en"]}
    assert [(s.object, s.value) for s in said(record, Predicate.ISSUED_BY)] == [
        ("agency", "Agency"),
        ("office", "Office"),
    ]
    assert [(s.object, s.first_seen) for s in said(record, Predicate.HAPPENED)] == [
        ("published", "2026-03-01"),
        ("updated", "2026-04"),
    ]
    assert [(s.object, s.value) for s in said(record, Predicate.DESCRIBED_AS)] == [
        ("summary", "Foxes come at night. They dig."),
        ("audience", "For keepers of hens."),
    ]
    assert [(s.value, s.detail) for s in said(record, Predicate.ADVISED)] == [
        ("Shut the door", {"place": 1, "action": action_id("lock-the-door")}),
        ("Count the hens", {"place": 2}),
    ]
    assert [(s.object, s.detail["scope"]) for s in said(record, Predicate.CONCERNS)] == [
        ("energy", "sector"),
        ("DE", "country"),
        ("region:europe", "country"),
    ]


def test_a_link_is_a_statement_about_what_is_linked_with_its_ground() -> None:
    (record,) = changes(HEAD + TABLE).records
    links = said(record, Predicate.MENTIONED_IN)
    assert {s.object for s in links} == {record.native_id}
    assert [(s.subject, s.value, s.detail) for s in links] == [
        ("intrusion-set--1", "G0001", {}),
        ("CVE-2026-11111", "CVE-2026-11111", {}),
        (
            "threat-actor--0610cd57-2511-467a-97e3-3c810384074f",
            "misp:0610cd57-2511-467a-97e3-3c810384074f",
            {},
        ),
        ("attack-pattern--1", "T1000.001", {"basis": "cited"}),
        ("attack-pattern--2", "T2000", {"basis": "reading"}),
    ]


def test_every_statement_cites_the_publication_and_what_else_says_so() -> None:
    made = changes(HEAD + TABLE)
    (record,) = made.records
    pages = {document.id: document for document in made.documents}
    assert all(s.documents for s in record.statements)
    own = {pages[s.documents[0]].url for s in record.statements}
    assert own == {"https://www.cisa.gov/news-events/cybersecurity-advisories/aa26-001a"}
    (summary, _) = said(record, Predicate.DESCRIBED_AS)
    coverage = pages[summary.documents[1]]
    assert (coverage.publisher, coverage.rests_on) == ("Paper", "Agency")
    (cited,) = (s for s in said(record, Predicate.MENTIONED_IN) if s.detail.get("basis") == "cited")
    attack = pages[cited.documents[1]]
    assert attack.url == "https://attack.mitre.org/techniques/T1000/001/"
    assert attack.title == "ATT&CK Enterprise v18.1, Digging (T1000.001)"


def test_a_publication_that_cisa_did_not_number_is_known_by_its_slug() -> None:
    other = TABLE.replace('number = "AA26-001A"', 'number = "JCSA-1"')
    (record,) = changes(HEAD + other).records
    again = other.replace("Foxes in the henhouse", "Foxes").replace("/aa26-001a", "/else")
    assert record.native_id == changes(HEAD + again).records[0].native_id
    assert record.native_id != numbered_id("JCSA-1")


def test_one_that_has_a_number_and_no_title_is_called_by_the_number() -> None:
    (record,) = changes(HEAD + TABLE.replace('title = "Foxes in the henhouse"', "")).records
    assert said(record, Predicate.NAMED)[0].value == "AA26-001A"


def test_what_its_issuer_keeps_in_an_archive_says_so() -> None:
    (record,) = changes(HEAD + TABLE.replace("other_urls", "archived = true\nother_urls")).records
    assert "archived by its issuer" in {s.value for s in said(record, Predicate.DESCRIBED_AS)}


def test_a_narrower_label_stands_on_every_statement() -> None:
    (record,) = changes(HEAD.replace("CLEAR", "GREEN") + TABLE).records
    assert {s.tlp for s in record.statements} == {"GREEN"}


def test_the_same_files_give_the_same_change_set() -> None:
    assert changes(HEAD + TABLE) == changes(HEAD + TABLE)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[[advisory]]", "[[advisories]]", "[[advisory]]: there are none"),
        (TABLE, "", "[[advisory]]: there are none"),
        (TABLE, "advisory = 3", "[[advisory]] 1: it is no table"),
        ("tlp =", "label = 'a'\ntlp =", "label: no such field is known"),
        ("2026-11-24", "2026-11", "recorded: “2026-11” is no day"),
        ("2026-11-24", "soon", "recorded: “soon” is no ISO 8601 date"),
        ('"CLEAR"', '"WHITE"', "tlp: “WHITE” is unknown"),
        ("credibility = 2", "credibility = 7", "credibility: it is no whole number in range"),
        ("credibility = 2", "", "credibility: it is missing"),
        ('id = "foxes"', 'id = "The foxes"', "id: “The foxes” is no slug"),
        ('id = "foxes"', "", "id: it is missing"),
        ('kind = "advisory"', 'kind = "poem"', "kind: “poem” is unknown"),
        ('["agency", "office"]', '["agency", "circus"]', "issuers: “circus” is unknown"),
        ('["agency", "office"]', "[]", "issuers: it names nothing"),
        ("https://www.cisa", "http://www.cisa", "/aa26-001a” is no https address"),
        (
            "https://agency",
            "ftp://agency",
            "other_urls: “ftp://agency.example/foxes.pdf” is unknown",
        ),
        ("https://paper", "http://paper", "“http://paper.example/hens” is no https address"),
        ('["en"]', '["English"]', "languages: “English” is unknown"),
        ('"G0001"', '"G9999"', "names: “G9999” is unknown"),
        ('"T1000.001"', '"digging"', "cited_for: “digging” is unknown"),
        ('["energy"]', '["hens"]', "sectors: “hens” is unknown"),
        ('"DE"', '"XX"', "countries: “XX” is unknown"),
        ('["executives"]', '["hens"]', "readers: “hens” is unknown"),
        ("2026-03-01", "2026-12-01", "after the file was recorded"),
        ("2026-04", "2027", "updated: it is 2027, after the file was recorded"),
        ("2026-03-01", "March", "“March” is no ISO 8601 date"),
        ('audience = "For keepers of hens."', "", "audience: it is missing"),
        ("They dig.", "They dig", "abstract: it does not end with a full stop"),
        ("Count the hens", "Count the hens.", "[[do]] 2, text: it ends with a full stop"),
        ("lock-the-door", "open-the-door", "no action is called “open-the-door”"),
        ('{ text = "Count the hens" }', '"Count"', "[[do]] 2: it is no table"),
        ("They dig.", f"They dig{' on' * 40}.", "abstract: a sentence has 42 words"),
        ("They dig.", "They — dig.", "line 23: it holds an em dash"),
        ("languages", "archived = false\nlanguages", "archived: it is not true"),
        ("languages", "colour = 'red'\nlanguages", "colour: no such field is known"),
        (
            'number = "AA26-001A"\nkind = "advisory"\ntitle = "Foxes in the henhouse"',
            'kind = "advisory"',
            "it has neither title nor number",
        ),
        (TABLE, TABLE + TABLE, "“foxes” is there twice"),
        ("[[advisory]]", "[[advisory", "0.toml, the file: it is not TOML"),
    ],
)
def test_what_breaks_the_form_is_refused_with_file_and_reason(
    old: str, new: str, sentence: str
) -> None:
    text = HEAD + TABLE
    assert old in text
    with pytest.raises(BriefingError, match=re.escape(sentence)) as refused:
        changes(text.replace(old, new, 1))
    assert str(refused.value).startswith("0.toml")


def test_a_second_file_with_the_same_number_is_refused() -> None:
    with pytest.raises(BriefingError, match=re.escape("1.toml, [[advisory]] 1 “hens”")):
        changes(HEAD + TABLE, HEAD + TABLE.replace('"foxes"', '"hens"'))


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.us-cert.gov/ncas/alerts/TA18-106A", "cisa.gov TA18-106A"),
        ("https://us-cert.cisa.gov/ncas/alerts/aa20-258a/", "cisa.gov AA20-258A"),
        ("https://www.cisa.gov/uscert/ncas/alerts/aa20-296a#revisions", "cisa.gov AA20-296A"),
        (
            "https://www.cisa.gov/sites/default/files/2023-03/aa23-075a-stop-ransomware.pdf",
            "cisa.gov AA23-075A",
        ),
        (
            "https://www.cisa.gov/news-events/ics-advisories/icsa-19-134-02",
            "cisa.gov ICSA-19-134-02",
        ),
        ("https://www.cisa.gov/news-events/alerts/x", "cisa.gov/news-events/alerts/x"),
        ("https://www.ncsc.gov.uk/news/aa23-075a/?a=1", "ncsc.gov.uk/news/aa23-075a"),
        ("https://cisa.gov.example/aa23-075a", "cisa.gov.example/aa23-075a"),
        ("not an address", ""),
    ],
)
def test_a_page_is_known_by_cisas_number_or_by_host_and_path(address: str, key: str) -> None:
    assert page_key(address) == key


@pytest.mark.parametrize("other", ["AA23-0750A", "AA23-075AB", "GA23-075A", ""])
def test_what_is_not_of_the_form_is_no_number_of_cisa(other: str) -> None:
    assert cisa_number(other) == ""


def cluster(native: str, value: dict[str, Any]) -> RecordDraft:
    return RecordDraft.of(native, "intrusion-set", value)


def test_names_of_attack_are_read_from_clusters_and_from_the_list_beside_them() -> None:
    found = names_in(
        [
            cluster("a", {"value": "Fox - G0001", "meta": {"external_id": "G0001"}}),
            cluster("b", {"value": "Badger", "meta": {}}),
        ]
    )
    assert found == {"G0001": AttackName("a", "Fox")}
    listed = b'[[object]]\nid = "C0001"\nstix = "campaign--1"\nname = "Night"\n'
    assert read_names(listed) == {"C0001": AttackName("campaign--1", "Night")}
    assert page_of("C0001", "Night").url == "https://attack.mitre.org/campaigns/C0001/"


@pytest.mark.parametrize("text", ["", "object = 3", "[[object]]\nid = 'C1'", "object ="])
def test_a_list_of_objects_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BriefingError, match=r"attack\.toml"):
        read_names(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "issuer = 3",
        '[[issuer]]\ncode = "a"',
        '[[issuer]]\ncode = "a"\nname = ""',
        '[[issuer]]\ncode = "a"\nname = "A"\n[[issuer]]\ncode = "a"\nname = "B"',
    ],
)
def test_a_list_of_issuers_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BriefingError, match=r"producers\.toml"):
        parse_issuers(text.encode())
