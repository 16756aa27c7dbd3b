"""The incidents that come with the program, worked through: fair, sourced, coded and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from galaxy_samples import real_vocabulary
from shared_data import FOLDER
from store_samples import rows, source

from briefing.analysis.ach import weigh
from briefing.analysis.case_warnings import Known, warnings
from briefing.analysis.estimative_words import mixed_words
from briefing.core.case import Assessment, Case, Claim, Evidence, Hypothesis, Opinion, Row, Subject
from briefing.core.case_checks import check_rows
from briefing.core.case_words import Supposes
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.profile import WORDS_MAX
from briefing.feeds.history import SOURCE as HISTORY
from briefing.feeds.incident_file import SOURCE, incident_changes, parse_incident
from briefing.feeds.payload import Payload
from briefing.paths import data_folder
from briefing.services.build_database import read_release
from briefing.services.inspect_database import describe_database
from briefing.store.connection import KnowledgeFile

FILES = sorted((data_folder() / "incidents").glob("*.toml"))
FACTS = FOLDER.parent / "facts" / "incidents.md"
SHARED_RUN = 8
"""Words in a row that no text of ours has in common with the notes from which it was written."""
LEADS = {Likelihood.LIKELY, Likelihood.VERY_LIKELY, Likelihood.ALMOST_CERTAIN}


def payload(path: Path) -> Payload:
    return Payload(path.name, path.read_bytes())


def case_of(path: Path) -> Case:
    found = parse_incident(payload(path), real_vocabulary())
    (incident,) = (row for row in found if isinstance(row, Subject))
    return Case(
        incident,
        claims=tuple(row for row in found if isinstance(row, Claim)),
        evidence=tuple(row for row in found if isinstance(row, Evidence)),
        hypotheses=tuple(row for row in found if isinstance(row, Hypothesis)),
        assessments=tuple(row for row in found if isinstance(row, Assessment)),
        opinions=tuple(row for row in found if isinstance(row, Opinion)),
    )


CASES = {path.stem: case_of(path) for path in FILES}
each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())


def texts(row: Row) -> Iterator[str]:
    """Everything that was written about an incident; titles of documents are their publishers'."""
    for name in ("name", "description", "victim", "text", "short", "basis", "stated_motive"):
        yield getattr(row, name, "")
    # A claim's basis is a term of EuRepoC, and no sentence of ours.
    for name in ("gaps", "assumptions", "types"):
        yield from getattr(row, name, ())
    yield from (one.why for one in getattr(row, "suspected", ()))
    yield from (cell.rationale for cell in getattr(row, "cells", ()))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(listed: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(listed[at : at + SHARED_RUN]) for at in range(len(listed) - SHARED_RUN + 1))


@pytest.fixture(scope="module")
def bundle(bundled_database: Path) -> Iterator[KnowledgeFile]:
    database = KnowledgeFile(bundled_database)
    yield database
    database.close()


def test_the_three_that_were_promised_first_are_there() -> None:
    promised = {"mgm-resorts-2023", "7-eleven-taiwan-2022", "dark-pink-asean-2023"}
    assert promised <= set(CASES)


def test_all_files_make_one_change_set_without_a_row_twice() -> None:
    changes = incident_changes(map(payload, FILES), source(SOURCE), real_vocabulary())
    assert changes.full
    assert changes.quarantined == ()
    natives = [record.native_id for record in changes.records]
    assert len(natives) == len(set(natives)) == sum(1 for c in CASES.values() for _ in c.rows())
    addresses = [document.url for document in changes.documents]
    assert len(addresses) == len(set(addresses))


@each_case
def test_rows_fit_each_other(case: Case) -> None:
    assert list(check_rows(case.rows())) == []


@each_case
def test_there_are_claims_evidence_and_an_assessment_that_stands(case: Case) -> None:
    assert case.claims
    assert case.evidence
    assert case.assessment is not None
    assert case.assessment.gaps
    assert case.assessment.basis


@each_case
def test_three_or_more_answers_compete_and_one_names_nobody_known(case: Case) -> None:
    assert len(case.hypotheses) >= 3
    supposed = {one.supposes for one in case.hypotheses}
    assert supposed & {Supposes.UNKNOWN, Supposes.FALSE_FLAG}


@each_case
def test_every_piece_of_evidence_is_judged_against_every_answer(case: Case) -> None:
    assert weigh(case).unjudged == ()


@each_case
def test_whatever_speaks_against_an_answer_says_why(case: Case) -> None:
    for one in case.hypotheses:
        for cell in one.cells:
            assert cell.rationale or not cell.mark.value.startswith("I"), one.text


@each_case
def test_the_assessment_does_not_contradict_the_matrix(case: Case) -> None:
    judged = case.assessment
    assert judged is not None
    weighing = weigh(case)
    if judged.likelihood in LEADS:
        assert weighing.leaders == (judged.hypothesis,)
    elif judged.likelihood is Likelihood.ROUGHLY_EVEN:
        assert judged.hypothesis in weighing.leaders
        assert len(weighing.leaders) > 1
    else:
        assert judged.hypothesis not in weighing.leaders


@each_case
def test_high_confidence_is_never_drawn_from_one_origin(case: Case) -> None:
    judged = case.assessment
    assert judged is not None
    if weigh(case).changes:
        assert judged.confidence is not Confidence.HIGH
    if len({one.origin.casefold() for one in case.evidence}) == 1:
        assert judged.confidence is Confidence.LOW


@each_case
def test_what_attackers_say_of_themselves_is_graded_as_their_word(case: Case) -> None:
    for one in case.claims:
        if one.is_by_attacker:
            assert one.reliability in "DEF", one.by


@each_case
def test_sentences_are_short_whole_and_free_of_shouting(case: Case) -> None:
    for row in case.rows():
        for text in texts(row):
            assert "!" not in text, text
            assert "'" not in text, text
            assert '"' not in text, text
            for sentence in re.split(r"(?<=[.!?])\s+", text):
                assert len(sentence.split()) <= WORDS_MAX, sentence
        for name in ("description", "text"):
            text = getattr(row, name, "")
            assert not text or text.rstrip("”").endswith("."), text


@each_case
def test_likelihood_and_confidence_never_share_a_sentence(case: Case) -> None:
    for row in case.rows():
        for text in texts(row):
            assert mixed_words(text) is None, text
    assert not [one for one in warnings(case, weigh(case), Known()) if one.rule in (8, 9, 10, 11)]


@each_case
def test_every_link_is_https_and_every_document_has_title_and_publisher(case: Case) -> None:
    assert case.incident.documents
    for row in case.rows():
        for cited in row.documents:
            parts = urlsplit(cited.url)
            assert (parts.scheme, bool(parts.hostname)) == ("https", True), cited.url
            assert cited.title
            assert cited.publisher


@each_case
def test_nothing_lies_in_the_future_of_the_release(case: Case) -> None:
    released = read_release((data_folder() / "sources.toml").read_bytes())["own_texts"][:10]
    for row in case.rows():
        assert row.modified[:10] <= released
        days = [getattr(row, name, "") for name in ("date", "observed", "first_seen", "disclosed")]
        for day in (*days, *(cited.published for cited in row.documents)):
            assert day <= row.modified[:10], day


@each_case
def test_sectors_and_countries_are_codes_of_the_vocabularies(case: Case) -> None:
    vocabulary = real_vocabulary()
    assert set(case.incident.sectors) <= {*vocabulary.sectors, *vocabulary.scopes}
    assert set(case.incident.countries) <= {*vocabulary.countries, *vocabulary.places}


@each_case
def test_actors_techniques_and_software_are_in_the_bundled_catalogue(
    case: Case, bundle: KnowledgeFile
) -> None:
    named = {one.actor for one in case.claims if one.actor}
    supposed = {actor for one in case.hypotheses for actor in one.actors}
    known = {
        one
        for query in (
            "SELECT native FROM actor_member",
            "SELECT attack_id FROM technique WHERE revoked = 0",
            "SELECT attack_id FROM software WHERE revoked = 0",
        )
        for (one,) in rows(bundle.connection, query)
    }
    assert {*named, *supposed, *case.incident.features} <= known


def test_the_bundle_counts_them_as_worked_incidents_and_not_as_dated_ones(
    bundle: KnowledgeFile,
) -> None:
    counts = describe_database(bundle).counts
    assert counts["incidents"] == len(CASES)
    told = dict(rows(bundle.connection, "SELECT source, count(*) FROM incident GROUP BY source"))
    assert told == {SOURCE: len(CASES), HISTORY: counts["dated_incidents"]}


def test_a_claim_under_a_borrowed_name_is_laid_to_nobody(bundle: KnowledgeFile) -> None:
    case = CASES["7-eleven-taiwan-2022"]
    claimed = {
        (value, actor)
        for incident, value, actor in rows(
            bundle.connection, "SELECT incident, value, actor FROM claim"
        )
        if incident == case.incident.id
    }
    assert claimed == {("27 Attack (“APT27”)", ""), ("Chinese hackers", "")}


def test_two_parties_claim_the_attack_on_mgm_and_it_ends_with_both_in_part_right() -> None:
    case = CASES["mgm-resorts-2023"]
    assert len({one.actor for one in case.claims if one.is_by_attacker}) == 2
    judged = case.assessment
    assert judged is not None
    (meant,) = (one for one in case.hypotheses if one.id == judged.hypothesis)
    assert meant.supposes is Supposes.SEVERAL
    assert (judged.likelihood, judged.confidence) == (Likelihood.LIKELY, Confidence.MEDIUM)
    assert weigh(case).changes == ()


def test_who_changed_the_screens_in_taiwan_is_left_open() -> None:
    case = CASES["7-eleven-taiwan-2022"]
    judged = case.assessment
    assert judged is not None
    assert judged.text.startswith("We cannot tell.")
    assert (judged.likelihood, judged.confidence) == (Likelihood.ROUGHLY_EVEN, Confidence.LOW)
    assert len(weigh(case).leaders) == 3


def test_without_its_one_origin_nothing_is_known_of_dark_pink() -> None:
    (left,) = weigh(CASES["dark-pink-asean-2023"]).changes
    assert len(left.leaders) == len(CASES["dark-pink-asean-2023"].hypotheses)


@pytest.mark.skipif(not FACTS.is_file(), reason="The notes (../shared/facts) are not here.")
@each_case
def test_no_run_of_words_is_that_of_the_notes(case: Case) -> None:
    noted = set(runs(words(FACTS.read_text(encoding="utf-8"))))
    for row in case.rows():
        for text in texts(row):
            assert not noted & set(runs(words(text))), text
