"""Reading actors: everything shown has a basis, and every basis leads to a source."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from galaxy_samples import real_vocabulary
from store_samples import actor, changes, document, native, rows, source, take, targets

from briefing.core.actor import ActorProfile, Basis
from briefing.core.changes import Label, Predicate, StatementDraft
from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.services.vocabulary_labels import vocabulary_labels
from briefing.store.actors import actor_row, list_actors
from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.identity import decide
from briefing.store.labels import Labels, read_labels, write_labels
from briefing.store.profiles import open_profile
from briefing.store.read_models import rebuild

OILRIG = "intrusion-set--4ca1929c-7d64-4aab-b849-badbfc0c760d"


@pytest.fixture(scope="module")
def real(bundled_database: Path) -> sqlite3.Connection:
    return KnowledgeFile(bundled_database).connection


@pytest.fixture(scope="module")
def labels(real: sqlite3.Connection) -> Labels:
    return read_labels(real)


@pytest.fixture(scope="module")
def oilrig(real: sqlite3.Connection, labels: Labels) -> ActorProfile:
    return open_profile(real, labels, OILRIG)


def bases(value: Any) -> Iterator[Basis]:
    """Every basis anywhere in an entity."""
    if isinstance(value, Basis):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from bases(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from bases(getattr(value, field.name))


def test_the_list_starts_with_profiles_of_our_own_and_is_sorted(real: sqlite3.Connection) -> None:
    listed = list_actors(real)
    assert len(listed) >= 900
    assert sorted(listed, key=lambda row: not row.own_profile) == list(listed)
    rest = [row for row in listed if not row.own_profile]
    assert [row.documents for row in rest] == sorted((r.documents for r in rest), reverse=True)


def test_an_actor_is_found_by_the_id_of_any_of_its_records(real: sqlite3.Connection) -> None:
    for (member,) in rows(real, "SELECT native FROM actor_member WHERE actor = ?", OILRIG):
        found = actor_row(real, member)
        assert found is not None
        assert found.id == OILRIG


def test_an_actor_that_is_not_there_is_a_sentence(real: sqlite3.Connection, labels: Labels) -> None:
    assert actor_row(real, "nobody") is None
    with pytest.raises(NotFoundError, match="There is no actor nobody"):
        open_profile(real, labels, "nobody")


def test_the_head_of_oilrig_is_what_its_sources_say(oilrig: ActorProfile) -> None:
    assert (oilrig.row.name, oilrig.row.attack_id, oilrig.row.own_profile) == (
        "OilRig",
        "G0049",
        True,
    )
    assert "IR" in oilrig.row.origins
    assert oilrig.kind.code == "state-linked"
    assert oilrig.headline.startswith("OilRig signs in")
    assert oilrig.active_since is not None
    assert oilrig.active_since.text == "2014"


def test_all_four_stages_are_there_in_order_with_the_rarest_technique_first(
    oilrig: ActorProfile,
) -> None:
    assert [stage.number for stage in oilrig.stages] == [1, 2, 3, 4]
    for stage in oilrig.stages:
        assert stage.sentences
        counts = [technique.groups for technique in stage.techniques]
        assert counts == sorted(counts)
        assert all(0 < count <= oilrig.groups_total for count in counts)
    assert sum(len(stage.techniques) for stage in oilrig.stages) > 30
    assert oilrig.malware
    assert oilrig.tools


def test_a_name_says_who_coined_it_and_who_else_bears_it(oilrig: ActorProfile) -> None:
    coined = {name.name: name.coined_by for name in oilrig.names if name.coined_by}
    assert coined["OilRig"]
    assert any(name.also or name.software for name in oilrig.names)
    for name in oilrig.names:
        assert oilrig.row.id not in {other.code for other in name.also}


def test_years_have_no_gap(oilrig: ActorProfile) -> None:
    years = [year for year, _ in oilrig.years]
    assert years == list(range(years[0], years[-1] + 1))


def test_everything_shown_of_any_actor_rests_on_a_statement_and_a_listed_source(
    real: sqlite3.Connection, labels: Labels
) -> None:
    listed = list_actors(real)
    for row in (*listed[:20], *listed[20::25]):
        profile = open_profile(real, labels, row.id)
        known = {entry.key for entry in profile.sources}
        assert profile.numbers().keys() == known
        for basis in bases(profile):
            assert basis.sources
            assert set(basis.sources) <= known
        for key in known:
            assert profile.source(key).key == key
        with pytest.raises(KeyError):
            profile.source("nothing")
        assert all(", ," not in said.text and ": ," not in said.text for said in profile.dissent)


@pytest.fixture
def foxes(database: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Two sources with two foxes, an owl and a piece of software called Fox."""
    said = [
        *targets(1, "energy", "private-sector"),
        StatementDraft(native(1), Predicate.TARGETS_SECTOR, value="Fortune telling", tlp="RED"),
        StatementDraft(native(1), Predicate.TARGETS_COUNTRY, object="UA", value="Ukraine"),
        StatementDraft(native(1), Predicate.TARGETS_COUNTRY, object="org:nato", value="NATO"),
        StatementDraft(native(1), Predicate.LOCATED_IN, value="Atlantis"),
        StatementDraft(native(1), Predicate.OVERLAPS_WITH, object=native(2), value="similar"),
        StatementDraft(native(1), Predicate.ACTIVE_SINCE, value="about 2014"),
    ]
    with immediate(database, path):
        write_labels(
            database,
            [
                Label("sector", "energy", "Energy"),
                Label("scope", "private-sector", "Private sector"),
                Label("country", "UA", "Ukraine"),
            ],
        )
    malware = actor(5, "Fox", kind="malware")
    take(
        database,
        path,
        changes(
            actor(1, "Fox", "\N{FOX FACE}", "\N{OWL}", said=said), malware, of=source("feed-a")
        ),
    )
    take(database, path, changes(actor(2, "FOX", "Owl"), actor(3, "Owl"), of=source("feed-b")))
    return database


def test_targets_are_kept_apart_by_what_they_are_and_unknown_words_are_shown(
    foxes: sqlite3.Connection,
) -> None:
    profile = open_profile(foxes, read_labels(foxes), native(1))
    targets_ = profile.targets
    assert [t.label for t in targets_.sectors] == ["Energy"]
    assert [t.label for t in targets_.scopes] == ["Private sector"]
    assert [t.label for t in targets_.countries] == ["Ukraine"]
    assert [t.label for t in targets_.places] == ["org:nato"]
    (unmapped,) = targets_.unmapped
    assert (unmapped.text, unmapped.basis.tlp) == ("Fortune telling", Tlp.RED)


def test_an_origin_without_a_code_stands_as_the_source_wrote_it(foxes: sqlite3.Connection) -> None:
    profile = open_profile(foxes, read_labels(foxes), native(1))
    (origin,) = profile.origins
    assert (origin.country.code, origin.country.label, origin.by) == ("", "Atlantis", "Feed-A")
    assert origin.wording == "“Atlantis”"


def test_a_beginning_that_is_no_date_is_shown_as_written(foxes: sqlite3.Connection) -> None:
    profile = open_profile(foxes, read_labels(foxes), native(1))
    assert profile.active_since is not None
    assert profile.active_since.text == "about 2014"


def test_names_without_a_letter_stay_names_of_their_own(foxes: sqlite3.Connection) -> None:
    profile = open_profile(foxes, read_labels(foxes), native(1))
    assert {"\N{FOX FACE}", "\N{OWL}"} <= {name.name for name in profile.names}


def test_an_ambiguous_name_says_so_for_actors_and_for_software(foxes: sqlite3.Connection) -> None:
    names = {n.name: n for n in open_profile(foxes, read_labels(foxes), native(3)).names}
    assert [other.label for other in names["Owl"].also] == ["Fox"]
    bearers = open_profile(foxes, read_labels(foxes), native(1)).names
    assert [name.software for name in bearers if name.name == "Fox"] == [True]


def test_related_actors_come_with_the_reason(foxes: sqlite3.Connection, path: Path) -> None:
    with immediate(foxes, path):
        decide(
            foxes, native(1), native(2), "apart", reason="Two.", decided_by="me", decided_at="now"
        )
        rebuild(foxes)
    related = open_profile(foxes, read_labels(foxes), native(1)).related
    assert [(r.id, r.relation, r.reason) for r in related] == [(native(2), "apart", "Two.")]
    with immediate(foxes, path):
        foxes.execute("DELETE FROM identity")
        foxes.execute("DELETE FROM actor_member WHERE native = ?", (native(2),))
        foxes.execute("INSERT INTO actor_member VALUES (?, ?)", (native(2), native(3)))
    (related_now,) = open_profile(foxes, read_labels(foxes), native(1)).related
    assert related_now.reason == "Feed-A calls them “similar”."


def test_a_technique_without_a_tactic_stands_in_no_stage(
    database: sqlite3.Connection, path: Path
) -> None:
    technique = actor(5, "Odd - T9999", kind="attack-pattern", meta={"external_id": "T9999"})
    uses = StatementDraft(native(1), Predicate.USES_TECHNIQUE, object=technique.native_id)
    take(database, path, changes(actor(1, "Fox", said=[uses]), technique))
    profile = open_profile(database, read_labels(database), native(1))
    assert profile.stages == ()
    assert profile.row.techniques == 1


def test_a_document_is_graded_by_who_published_it_and_a_catalogue_by_its_source(
    database: sqlite3.Connection, path: Path
) -> None:
    cited = [
        document(f"https://example.org/{kind or 'none'}", kind=kind)
        for kind in ("court", "gov", "press", "")
    ]
    said = [
        StatementDraft(
            native(1), Predicate.MENTIONED_IN, object=d.id, value=d.url, documents=(d.id,)
        )
        for d in cited
    ]
    take(database, path, changes(actor(1, "Fox", said=said), documents=cited))
    profile = open_profile(database, read_labels(database), native(1))
    grades = {entry.url.rpartition("/")[2]: entry.grade.code[0] for entry in profile.documents}
    assert grades == {"court": "A", "gov": "B", "press": "C", "none": "F"}
    assert [(e.key, e.grade.code[0], e.catalogue) for e in profile.sources] == [
        ("feed-a", "C", True)
    ]


def test_an_unknown_code_stands_for_itself(labels: Labels) -> None:
    assert labels.label("sector", "alchemy") == "alchemy"
    assert labels.coded("country", "UA").label == "Ukraine"
    assert labels.target("IR") == "Iran"
    assert labels.target("org:nato") == "NATO"
    assert labels.all("nothing") == ()


def test_every_code_of_every_vocabulary_is_a_label_in_the_database(labels: Labels) -> None:
    from_files = {(label.kind, label.code) for label in vocabulary_labels(real_vocabulary())}
    in_database = {(kind, code) for kind, found in labels.by_kind.items() for code in found}
    assert from_files == in_database
    assert {kind for kind, _ in in_database} == {
        "sector",
        "scope",
        "country",
        "place",
        "motive",
        "goal",
        "kind",
        "stage",
        "tactic",
    }
