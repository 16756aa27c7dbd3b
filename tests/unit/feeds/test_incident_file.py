"""Files of worked incidents: what they say arrives whole, and what breaks the form is refused."""

from __future__ import annotations

import csv
import io

import pytest
from galaxy_samples import real_vocabulary
from incident_file_samples import ACTOR, TEXT, payload
from shared_data import needs_shared_data
from shared_data import read as read_shared
from store_samples import source

from briefing.core.case import (
    Assessment,
    Case,
    Cell,
    Cited,
    Claim,
    Evidence,
    Hypothesis,
    Opinion,
    Row,
    Subject,
    Suspected,
)
from briefing.core.case_checks import check_rows
from briefing.core.case_stix import from_stix
from briefing.core.case_words import Claimant, ClaimStatus, Mark, Purpose, Stance, Supposes
from briefing.core.changes import ChangeSet
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc_terms import BASES, TYPES, by_words, short_term
from briefing.feeds.incident_file import (
    AUTHOR,
    SOURCE,
    incident_changes,
    parse_incident,
    row_id,
)
from briefing.feeds.own_table import OwnTextError
from briefing.feeds.payload import Payload


def rows() -> dict[str, Row]:
    return {row.id: row for row in parse_incident(payload(), real_vocabulary())}


def row(kind: str, *key: str) -> Row:
    return rows()[row_id(kind, "raid-2023", *key)]


def changes(*texts: str) -> ChangeSet:
    files = [payload(text, f"raid-202{place}.toml") for place, text in enumerate(texts, start=3)]
    return incident_changes(files, source(SOURCE, kind="own-text"), real_vocabulary())


def refused(text: str, name: str = "raid-2023.toml") -> OwnTextError:
    with pytest.raises(OwnTextError) as caught:
        parse_incident(payload(text, name), real_vocabulary())
    return caught.value


def test_the_incident_is_read_with_everything_that_is_written() -> None:
    found = row("incident")
    assert isinstance(found, Subject)
    assert (found.slug, found.name, found.victim) == (
        "raid-2023",
        "Raid on the harbour",
        "The harbour",
    )
    assert (found.first_seen, found.last_seen, found.disclosed) == ("2023-09", "", "2023-09-12")
    assert found.sectors == ("transport", "private-sector")
    assert found.countries == ("NL", "region:europe")
    assert found.features == ("T1566.004", "S1068")
    assert found.infrastructure == ("heron.example",)
    assert found.documents == (
        Cited("https://gazette.example/dark", "Harbour dark", "Harbour Gazette", "2023-09-12"),
        Cited(
            "https://echo.example/dark?id=1",
            "Harbour dark, says the Gazette",
            "Echo",
            repeats="https://gazette.example/dark",
        ),
    )


def test_every_row_is_of_the_files_day_label_and_author() -> None:
    for found in rows().values():
        assert found.created == found.modified == "2024-03-01T00:00:00.000Z"
        assert found.tlp is Tlp.GREEN
        by_another = isinstance(found, Opinion)
        assert found.author == ("A second analyst" if by_another else AUTHOR)


def test_a_claim_is_read_with_everything_that_is_written() -> None:
    found = row("claim", "heron")
    assert isinstance(found, Claim)
    assert (found.claimant, found.by, found.accused) == (Claimant.ACTOR, "Heron", "Heron")
    assert (found.actor, found.status) == (ACTOR, ClaimStatus.CONTESTED)
    assert found.suspected == (
        Suspected(Purpose.CREDIBILITY, "It is new."),
        Suspected(Purpose.OTHER),
    )
    assert (found.grade.code, found.confidence) == ("E3", Confidence.HIGH)
    assert found.incident == row_id("incident", "raid-2023")


def test_a_term_of_eurepoc_may_be_written_without_its_examples_and_is_kept_in_full() -> None:
    found = row("claim", "heron")
    assert isinstance(found, Claim)
    assert found.type.startswith("Self-attribution in the course of the attack (e.g.")
    assert found.type in TYPES
    assert found.basis in BASES
    for term in (*TYPES, *BASES):
        assert by_words((*TYPES, *BASES))[short_term(term)] == term
        assert by_words((term,))[term] == term


def test_keys_become_the_ids_of_the_rows_they_name() -> None:
    call, heron = row_id("evidence", "raid-2023", "call"), row_id("claim", "raid-2023", "heron")
    evidence, first = row("evidence", "call"), row("hypothesis", "h1")
    second, later = row("hypothesis", "h2"), row("assessment", "a2")
    opinion = row("opinion", "o1")
    assert isinstance(evidence, Evidence)
    assert evidence.bears_on == (heron,)
    assert isinstance(first, Hypothesis)
    assert first.cells == (Cell(call, Mark.C, "its habit: a call"),)
    assert first.actors == (ACTOR,)
    assert isinstance(second, Hypothesis)
    assert second.cells == (Cell(call, Mark.II),)
    assert second.supposes is Supposes.UNKNOWN
    assert isinstance(later, Assessment)
    assert (later.hypothesis, later.likelihood) == (second.id, Likelihood.ROUGHLY_EVEN)
    assert later.supersedes == row_id("assessment", "raid-2023", "a1")
    assert isinstance(opinion, Opinion)
    assert (opinion.assessment, opinion.hypothesis) == (later.id, first.id)
    assert opinion.stance is Stance.DISAGREE


def test_rows_fit_each_other_and_stand_in_the_order_in_which_they_are_written() -> None:
    found = tuple(rows().values())
    assert list(check_rows(found)) == []
    assert isinstance(found[0], Subject)
    hypotheses = tuple(one for one in found if isinstance(one, Hypothesis))
    assessments = tuple(one for one in found if isinstance(one, Assessment))
    assert [one.place for one in hypotheses] == [0, 1]
    case = Case(found[0], hypotheses=hypotheses, assessments=assessments)
    assert case.assessment == assessments[1]


def test_a_row_keeps_its_id_when_its_words_change_and_a_key_means_one_row_of_a_kind() -> None:
    other = TEXT.replace("Somebody rang the desk.", "Nobody rang.").replace('"heron"', '"call"')
    found = {one.id for one in parse_incident(payload(other), real_vocabulary())}
    assert row_id("evidence", "raid-2023", "call") in found
    assert row_id("claim", "raid-2023", "call") in found
    assert row_id("evidence", "raid-2023", "call") != row_id("claim", "raid-2023", "call")


def test_files_become_one_full_change_set_of_records_that_read_back_as_the_rows() -> None:
    made = changes(TEXT, TEXT.replace("raid-2023", "raid-2024"))
    assert (made.version, made.full) == ("2 worked incidents", True)
    assert made.source.id == SOURCE
    assert len({record.native_id for record in made.records}) == len(made.records) == 16
    back = {record.native_id: from_stix(record.value()) for record in made.records}
    assert {one: back[one] for one in rows()} == rows()
    assert {document.url for document in made.documents} == {
        "https://gazette.example/dark",
        "https://echo.example/dark?id=1",
    }
    assert all(record.statements for record in made.records)


def test_the_same_files_give_the_same_change_set_and_other_words_another_hash() -> None:
    assert changes(TEXT) == changes(TEXT)
    assert changes(TEXT).sha256 != changes(TEXT.replace("Ships", "Boats")).sha256
    assert changes().records == ()


LONG = "word " * 36 + "end."


@pytest.mark.parametrize(
    ("written", "instead", "entry", "wrong"),
    [
        ('tlp = "GREEN"', "tlp = ", "the file", "it is not TOML"),
        ('slug = "raid-2023"', "slug = 3", "the incident", "slug: it is not plain text"),
        ('slug = "raid-2023"', 'slug = "raid"', "the incident", "is not the name of the file"),
        ('name = "Raid on the harbour"\n', "", "the incident", "name: it is missing"),
        ('description = "Screens', 'description = "  Screens', "the incident", "without margins"),
        ("Ships waited", "Ships \N{EM DASH} waited", "line 4", "em dash"),
        ("Ships waited for a day.", LONG, "the incident", "has 37 words"),
        (
            'types = ["disruption"]',
            'kinds = ["x"]\ntypes = []',
            "the incident",
            "kinds: no such field is known",
        ),
        (
            '["transport", "private-sector"]',
            '["harbours"]',
            "the incident",
            "sectors: “harbours” is unknown",
        ),
        ('["transport", "private-sector"]', '"transport"', "the incident", "no list of texts"),
        ('["NL", "region:europe"]', '["XX"]', "the incident", "countries: “XX” is unknown"),
        (
            '["NL", "region:europe"]',
            '["NL", "NL"]',
            "the incident",
            "countries: “NL” is there twice",
        ),
        ('["T1566.004"]', '["T15"]', "the incident", "techniques: “T15” is unknown"),
        ('["S1068"]', '["BlackCat"]', "the incident", "software: “BlackCat” is unknown"),
        ('["heron.example"]', "[1]", "the incident", "“infrastructure” is no text"),
        ('recorded = "2024-03-01"', 'recorded = "2024-03"', "the incident", "is no day"),
        (
            'recorded = "2024-03-01"',
            'recorded = "2024-02-30"',
            "the incident",
            "“2024-02-30” is no ISO 8601 date",
        ),
        ('tlp = "GREEN"', 'tlp = "PINK"', "the incident", "tlp: “PINK” is unknown"),
        (
            'documents = ["gazette", "echo"]\n\n',
            "documents = []\n\n",
            "the incident",
            "names no document",
        ),
        ('first_seen = "2023-09"', 'first_seen = "2023-13"', "the incident", "no ISO 8601 date"),
        ('disclosed = "2023-09-12"', 'disclosed = "2024-04"', "the incident", "after the file"),
        ('title = "Harbour dark"\n', "", "[document.gazette]", "title: it is missing"),
        ("https://gazette.example", "http://gazette.example", "[document.gazette]", "no https"),
        (
            'publisher = "Echo"',
            'publisher = "Echo"\npage = 1',
            "[document.echo]",
            "page: no such field is known",
        ),
        (
            'repeats = "gazette"',
            'repeats = "herald"',
            "[document.echo]",
            "no document is called “herald”",
        ),
        ('repeats = "gazette"', 'repeats = "echo"', "[document.echo]", "no other document"),
        ('"2023-09-12"\n\n[doc', '"2025-01"\n\n[doc', "[document.gazette]", "after the file was"),
        ("[[claim]]", "[document.herald]\nurl=1\n[[claim]]", "[document.herald]", "missing"),
        ('key = "heron"\n', "", "[[claim]] 1", "key: it is missing"),
        ('key = "heron"', 'key = "Heron, it"', "[[claim]] 1", "key: “Heron, it” is no slug"),
        (
            "[[claim]]\n",
            "[[claim]]\nplace = 3\n",
            "[[claim]] “heron”",
            "place: no such field is known",
        ),
        ('claimant = "actor"', 'claimant = "rumour"', "[[claim]] “heron”", "it may be: actor"),
        ('claimant = "actor"\n', "", "[[claim]] “heron”", "claimant: it is missing"),
        (f'actor = "{ACTOR}"', 'actor = "Heron"', "[[claim]] “heron”", "“Heron” is no id"),
        ('accused = "Heron"', 'accused = ""', "[[claim]] “heron”", "accused: it is missing"),
        ('date = "2023-09-13"', 'date = "Monday"', "[[claim]] “heron”", "no ISO 8601 date"),
        ('type = "Self', 'type = "Shelf', "[[claim]] “heron”", "no term of EuRepoC"),
        ('basis = "Attacker confirms"', 'basis = "Hearsay"', "[[claim]] “heron”", "no term of Eu"),
        ('"credibility", why', '"vanity", why', "[[claim]] “heron”", "it may be: credibility"),
        ('why = "It is new."', 'who = "x"', "[[claim]] “heron”", "unknown “who”"),
        ('status = "contested"', 'status = "true"', "[[claim]] “heron”", "it may be: unverified"),
        ('reliability = "E"', 'reliability = "G"', "[[claim]] “heron”", "Reliability is A to F"),
        ('credibility = 3\norigin = "Her', 'credibility = 9\norigin = "Her', "“heron”", "1 to 6"),
        (
            "credibility = 3\nrelevance",
            "credibility = true\nrelevance",
            "“call”",
            "no whole number",
        ),
        ('confidence = "high"', 'confidence = "huge"', "[[claim]] “heron”", "“huge”"),
        ('confidence = "high"\ndocuments = ["gazette"]', "documents = []", "“heron”", "a source"),
        ('documents = ["gazette"]\n', 'documents = ["herald"]\n', "“heron”", "called “herald”"),
        ('kind = "ttp"', 'kind = "hunch"', "[[evidence]] “call”", "it may be: ttp"),
        ('vertex = "capability"', 'vertex = "top"', "[[evidence]] “call”", "it may be: adversary"),
        ('level = "tactical"', 'level = "high"', "[[evidence]] “call”", "it may be: tactical"),
        ('relevance = "high"', 'relevance = "some"', "[[evidence]] “call”", "it may be: low"),
        ('bears_on = ["heron"]', 'bears_on = ["h1"]', "[[evidence]] “call”", "no key of a [[claim"),
        ('origin = "Harbour master"', "", "[[evidence]] “call”", "origin: it is missing"),
        ('supposes = "unknown"', 'supposes = "ghost"', "[[hypothesis]] “h2”", "it may be: actor"),
        (f'actors = ["{ACTOR}"]', 'actors = ["Heron"]', "[[hypothesis]] “h1”", "no id of an act"),
        ('call = "II"', 'ring = "II"', "[[hypothesis]] “h2”", "cells: “ring” is no key"),
        ('call = "II"', 'call = "III"', "[[hypothesis]] “h2”", "it may be: CC, C, N, I, II, NA"),
        ('call = "II"', "call = 2", "[[hypothesis]] “h2”", "the cell of “call” is no text"),
        ('cells = { call = "II" }', 'cells = "II"', "[[hypothesis]] “h2”", "cells: it is no table"),
        ('key = "h2"', 'key = "h1"', "[[hypothesis]] “h1”", "this key is there twice"),
        ('hypothesis = "h2"', 'hypothesis = "h3"', "[[assessment]] “a2”", "no key of a [[hyp"),
        ('likelihood = "likely"', 'likelihood = "maybe"', "[[assessment]] “a1”", "ICD 203"),
        ('"low"\nbasis = "One witness."', '""\nbasis = "x"', "[[assessment]] “a1”", "missing"),
        ('date = "2024-02-29"', 'date = "2024-02"', "[[assessment]] “a1”", "needs the day"),
        ('supersedes = "a1"', 'supersedes = "a2"', "[[assessment]] “a2”", "supersede itself"),
        ('supersedes = "a1"', 'supersedes = "a0"', "[[assessment]] “a2”", "no key of a [[ass"),
        ('gaps = ["Who rang."]\n', "", "[[assessment]] “a1”", "gaps: it is missing"),
        ('author = "A second analyst"\n', "", "[[opinion]] “o1”", "author: it is missing"),
        ('stance = "disagree"', 'stance = "no"', "[[opinion]] “o1”", "it may be: strongly-dis"),
        ('assessment = "a2"', 'assessment = "a3"', "[[opinion]] “o1”", "no key of a [[assess"),
    ],
)
def test_what_breaks_the_form_is_refused_with_file_and_entry(
    written: str, instead: str, entry: str, wrong: str
) -> None:
    assert TEXT.count(written), written
    error = refused(TEXT.replace(written, instead, 1))
    assert str(error).startswith("raid-2023.toml, ")
    assert entry in str(error)
    assert wrong in str(error)
    assert error.detail in str(error)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("claim = [1]", "[[claim]] 1: it is no table"),
        ('claim = "x"', "[[claim]] 1: it is no table"),
        ('slug = "raid-2023"', "raid-2023.toml, document: there are none"),
        ("document = 3", "raid-2023.toml, document: there are none"),
        ("document = { a = 3 }", "[document.a]: it is no table"),
    ],
)
def test_what_is_no_table_where_one_belongs_is_refused(text: str, wrong: str) -> None:
    assert wrong in str(refused(text))


def test_a_file_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(OwnTextError, match="UTF-8"):
        parse_incident(Payload("raid-2023.toml", b"\xff"), real_vocabulary())


def test_a_document_that_nothing_cites_is_refused() -> None:
    unused = '[document.herald]\ntitle = "x"\npublisher = "y"\nurl = "https://herald.example/"\n'
    error = refused(TEXT.replace("[[claim]]", unused + "[[claim]]", 1))
    assert "[document.herald]: no statement uses this document" in str(error)
    assert refused(TEXT, "other.toml").remedy == "Give both one name."


def test_dates_are_compared_as_precisely_as_they_are_written() -> None:
    same = TEXT.replace('disclosed = "2023-09-12"', 'disclosed = "2024"')
    assert isinstance(parse_incident(payload(same), real_vocabulary())[0], Subject)


@needs_shared_data
def test_the_terms_are_those_of_eurepocs_table() -> None:
    table = io.StringIO(read_shared("eurepoc/EuRepoC_Attribution_dataset_1.1.csv").decode("utf-8"))
    cells = list(csv.DictReader(table))
    without = {"", "Not available"}
    assert {row["attribution_type"] for row in cells} - without == set(TYPES)
    assert {row["attribution_basis"] for row in cells} - without == set(BASES)
