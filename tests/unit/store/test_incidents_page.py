"""The page of an incident: everything shown has a basis, and nothing said is left out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from eurepoc_samples import incidents
from incident_samples import bases, incident, says
from store_samples import changes, document, native, rows, source, take

from briefing.core.actor import Coded
from briefing.core.changes import Label, Predicate
from briefing.core.errors import NotFoundError
from briefing.core.estimates import Confidence
from briefing.core.incident import Incident
from briefing.feeds.eurepoc import incident_id
from briefing.store.connection import immediate
from briefing.store.incidents import open_incident
from briefing.store.labels import write_labels


@pytest.fixture
def page(database: sqlite3.Connection, path: Path) -> Incident:
    """An incident with everything, in the words of the vocabularies."""
    words = [
        ("sector", "media", "Media"),
        ("scope", "critical-infrastructure", "Critical infrastructure"),
        ("country", "DE", "Germany"),
        ("country", "IR", "Iran"),
        ("place", "org:nato", "NATO"),
        ("kind", "state", "State"),
        ("motive", "sabotage", "Sabotage"),
    ]
    with immediate(database, path):
        write_labels(database, [Label(*word) for word in words])
    take(
        database,
        path,
        incidents(
            {
                "name": "Fox raid",
                "start_date": "2021-03-04",
                "end_date": "2021-03-09",
                "description": "A raid on hens.",
                "incident_type": "Disruption",
                "receiver_country": "['Germany', 'NATO (region)', 'Atlantis']",
                "receiver_category": "[['Media'], ['Critical infrastructure'], ['Tarot']]",
                "receiver_name": "[['Blatt'], [''], ['']]",
                "initiator_name": "['Fox']",
                "initiator_category": "['State']",
                "attributed_initiator": "Fox; Fox",
                "attributed_initiator_country": "Iran, Islamic Republic of; Atlantis",
                "attributed_initiator_category": "State; State",
                "attribution_basis": "Attacker confirms; Contested attribution",
                "attribution_date": "; 2021-05-06",
                "attributing_actor": "; CERT",
                "attributing_country": "; Germany",
                "sources_url": "['https://a.example/2021/03/05/x', 'https://b.example/']",
                "sources_attribution": "['https://b.example/']",
            }
        ),
    )
    return open_incident(database, incident_id("1"))


def test_a_page_shows_what_was_hit_where_and_whom_and_words_without_a_code(page: Incident) -> None:
    assert [(t.kind, t.target.code, t.target.label) for t in page.targets] == [
        ("sector", "media", "Media"),
        ("sector", "", "Tarot"),
        ("scope", "critical-infrastructure", "Critical infrastructure"),
        ("country", "", "Atlantis"),
        ("country", "DE", "Germany"),
        ("place", "org:nato", "NATO"),
    ]
    media, *_, germany, _nato = page.targets
    assert media.within == (Coded("DE", "Germany"),)
    assert media.victims == germany.victims == ("Blatt",)


def test_a_page_shows_claims_by_date_with_who_says_it_and_of_whom(page: Incident) -> None:
    dated, undated = page.claims
    assert (dated.by, dated.by_country, dated.claimant) == ("CERT", Coded("DE", "Germany"), "")
    assert (dated.date, dated.grounds) == ("2021-05-06", "Contested attribution")
    assert (dated.country, dated.state) == (Coded("", "Atlantis"), False)
    assert (undated.by, undated.by_country, undated.claimant) == ("", Coded("", ""), "actor")
    assert (undated.country, undated.state, undated.body) == (Coded("IR", "Iran"), True, "Fox")
    assert (undated.initiator, undated.category) == (Coded("state", "State"), "State")
    assert (undated.about, undated.confidence) == ("Fox raid", Confidence.NOT_STATED)


def test_a_page_shows_its_text_its_type_its_motive_and_its_documents(page: Incident) -> None:
    assert [said.text for said in page.descriptions] == ["A raid on hens."]
    assert [said.text for said in page.types] == ["Disruption"]
    assert [said.text for said in page.periods] == ["2021-03-04 – 2021-03-09"]
    assert [(m.code, m.label, m.count) for m in page.motives] == [("sabotage", "Sabotage", 1)]
    assert [(i.kind.code, i.value, i.name) for i in page.initiators] == [("state", "State", "Fox")]
    assert [d.url for d in page.documents] == [
        "https://a.example/2021/03/05/x",
        "https://b.example/",
    ]
    assert page.attribution_documents == (page.documents[1].key,)


def test_everything_on_a_page_rests_on_a_statement_and_a_listed_source(
    page: Incident, database: sqlite3.Connection
) -> None:
    held = {key for (key,) in rows(database, "SELECT key FROM statement")}
    found = list(bases(page))
    assert len(found) == 14
    for item in found:
        assert set(item.statements) <= held
        assert set(item.sources) == {"eurepoc"}
    assert page.numbers() == {"eurepoc": 1}
    assert page.source("eurepoc").key == "eurepoc"
    with pytest.raises(KeyError):
        page.source("nobody")


def test_an_incident_of_our_own_text_rests_on_the_documents_it_cites(
    database: sqlite3.Connection, path: Path
) -> None:
    cited = document()
    said = says(Predicate.NAMED, value="Raid", documents=(cited.id,))
    own = source("threat-briefing", kind="own-text")
    take(database, path, changes(incident(1, said), of=own, documents=[cited]))
    page = open_incident(database, native(1, "incident"))
    assert page.names[0].basis.sources == (cited.id,)
    assert [entry.key for entry in page.sources] == [cited.id]


def test_details_of_another_type_than_expected_count_as_not_there(
    database: sqlite3.Connection, path: Path
) -> None:
    odd = {"countries": "DE", "names": [1, "Hen"], "country": 5, "type": None, "kind": ["state"]}
    records = incident(
        1,
        says(Predicate.TARGETS_SECTOR, "media", "Media", detail=odd),
        says(Predicate.ATTRIBUTED_TO, "", "Fox", detail=odd),
        says(Predicate.MOTIVATED_BY, "", "Boredom"),
    )
    take(database, path, changes(records))
    page = open_incident(database, native(1, "incident"))
    (target,) = page.targets
    assert (target.within, target.victims) == ((), ("Hen",))
    assert (page.claims[0].country, page.claims[0].initiator.code) == (Coded("", ""), "")
    assert page.motives == ()


def test_an_incident_that_is_not_there_is_a_sentence(database: sqlite3.Connection) -> None:
    with pytest.raises(NotFoundError, match="There is no incident nothing in this database"):
        open_incident(database, "nothing")
