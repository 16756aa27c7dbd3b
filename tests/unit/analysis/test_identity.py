"""Which records are one actor: a rule links one to one, and a person may say anything."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.analysis.identity import (
    BY_RULE,
    ActorRecord,
    Decision,
    Resolution,
    resolve,
)

ORDER = ("attack", "misp", "microsoft", "tidal")


def record(
    native: str, source: str, *names: str, own: str = "", states: Iterable[str] = ()
) -> ActorRecord:
    known = {name.casefold(): name for name in names}
    label = names[0] if names else native
    ids = frozenset([*states, *([own] if own else [])])
    return ActorRecord(native, source, label, known, own, ids)


def decision(one: str, other: str, relation: str = "same-as") -> Decision:
    return Decision(one, other, relation, "A person looked.", "analyst")


def actors(resolution: Resolution) -> set[frozenset[str]]:
    """Actors as sets of records."""
    found: dict[str, set[str]] = {}
    for native, actor in resolution.actor_of.items():
        found.setdefault(actor, set()).add(native)
    return {frozenset(members) for members in found.values()}


def together(resolution: Resolution, one: str, other: str) -> bool:
    return resolution.actor_of[one] == resolution.actor_of[other]


def reasons(resolution: Resolution) -> dict[tuple[str, str], str]:
    return {(link.one, link.other): link.reason for link in resolution.queue}


def test_a_name_that_only_two_records_bear_links_them() -> None:
    made = resolve([record("a", "attack", "Fox"), record("m", "misp", "FOX", "Owl")], ORDER)
    assert actors(made) == {frozenset({"a", "m"})}
    (link,) = made.links
    assert (link.one, link.other, link.basis, link.decided_by) == ("a", "m", "name", BY_RULE)
    assert link.reason == "Both use the name “FOX”."
    assert made.queue == ()


def test_an_actor_is_known_by_its_record_from_the_earliest_source() -> None:
    made = resolve([record("a-late", "misp", "Fox"), record("z-early", "attack", "Fox")], ORDER)
    assert set(made.actor_of.values()) == {"z-early"}


def test_a_stated_attack_id_goes_before_a_name() -> None:
    made = resolve(
        [
            record("g1", "attack", "Fox", own="G0001"),
            record("g2", "attack", "Owl", own="G0002"),
            record("m", "misp", "Owl", states=["G0001"]),
        ],
        ORDER,
    )
    assert together(made, "g1", "m")
    assert made.links[0].reason == "It states the ATT&CK id G0001."


def test_an_attack_id_leads_only_to_attacks_own_record() -> None:
    made = resolve(
        [
            record("m", "misp", "Fox", states=["G0001"]),
            record("t", "tidal", "Owl", states=["G0001"]),
        ],
        ORDER,
    )
    assert not together(made, "m", "t")
    assert made.queue == ()


def test_two_records_of_a_source_that_match_one_actor_wait_for_a_person() -> None:
    made = resolve(
        [
            record("a", "attack", "Fox"),
            record("m1", "misp", "Fox"),
            record("m2", "misp", "Owl", "Fox"),
        ],
        ORDER,
    )
    assert len(actors(made)) == 3
    assert reasons(made) == {
        ("a", "m1"): "Both use the name “Fox”. Several records match Fox.",
        ("a", "m2"): "Both use the name “Fox”. Several records match Fox.",
    }


def test_a_record_that_matches_two_actors_waits_for_a_person() -> None:
    made = resolve(
        [
            record("a1", "attack", "Fox"),
            record("a2", "attack", "Owl"),
            record("m", "misp", "Elk", "Fox", "Owl"),
        ],
        ORDER,
    )
    assert len(actors(made)) == 3
    assert reasons(made)["a1", "m"] == (
        "Both use the name “Fox”. Elk matches 2 actors, so a person decides."
    )


def test_an_actor_that_has_a_record_of_the_source_takes_no_second_one() -> None:
    made = resolve(
        [
            record("a", "attack", "Fox", own="G0001"),
            record("m1", "misp", "Elk", states=["G0001"]),
            record("m2", "misp", "Fox"),
        ],
        ORDER,
    )
    assert actors(made) == {frozenset({"a", "m1"}), frozenset({"m2"})}
    assert reasons(made) == {
        (
            "a",
            "m2",
        ): "Both use the name “Fox”. That actor already has a record of the same source."
    }


def test_names_never_form_a_chain() -> None:
    # Lazarus, APT38 and Andariel share names pair by pair; no rule may make them one.
    made = resolve(
        [
            record("lazarus", "attack", "Lazarus", "Hidden Cobra"),
            record("apt38", "attack", "APT38"),
            record("andariel", "attack", "Andariel"),
            record("m", "misp", "Lazarus", "APT38", "Andariel"),
            record("s", "microsoft", "Diamond Sleet", "Lazarus"),
        ],
        ORDER,
    )
    assert {"lazarus", "apt38", "andariel"} == {
        made.actor_of[native] for native in ("lazarus", "apt38", "andariel")
    }


def test_an_id_that_leads_to_two_groups_lets_the_name_choose_between_them() -> None:
    groups = [
        record("g1", "attack", "Fox", own="G0001"),
        record("g2", "attack", "Owl", own="G0002"),
        record("g3", "attack", "Elk", own="G0003"),
    ]
    both = record("m", "misp", "Fox", states=["G0001", "G0002"])
    assert together(resolve([*groups, both], ORDER), "g1", "m")
    elsewhere = record("m", "misp", "Elk", states=["G0001", "G0002"])
    made = resolve([*groups, elsewhere], ORDER)
    assert made.links == ()
    assert len(made.queue) == 3


def test_the_same_id_in_two_sources_is_the_same_record() -> None:
    made = resolve([record("x", "attack", "Fox"), record("x", "tidal", "Owl")], ORDER)
    assert made.actor_of == {"x": "x"}
    later = [record("x", "attack", "Fox"), record("x", "tidal", "Owl"), record("m", "misp", "Fox")]
    assert together(resolve(later, ORDER), "x", "m")


def test_a_person_links_what_no_rule_would() -> None:
    made = resolve(
        [record("a", "attack", "Fox"), record("m", "misp", "Owl")], ORDER, [decision("m", "a")]
    )
    assert together(made, "a", "m")
    assert made.actor_of["m"] == "a"
    assert (made.links[0].basis, made.links[0].decided_by) == ("decision", "analyst")


@pytest.mark.parametrize("relation", ["apart", "overlaps-with", "disputed-with"])
def test_what_a_person_keeps_apart_no_rule_links_or_queues(relation: str) -> None:
    made = resolve(
        [record("a", "attack", "Fox"), record("m", "misp", "Fox")],
        ORDER,
        [decision("m", "a", relation)],
    )
    assert not together(made, "a", "m")
    assert (made.links, made.queue) == ((), ())


def test_a_decision_about_a_record_that_is_gone_waits() -> None:
    made = resolve([record("a", "attack", "Fox")], ORDER, [decision("a", "gone")])
    assert made.actor_of == {"a": "a"}


def test_what_a_person_keeps_apart_stays_so_through_a_third_record() -> None:
    # m and s are one by decision, and s and a are not: so m may not be linked to a by its name.
    records = [
        record("a", "attack", "Fox"),
        record("m", "misp", "Fox"),
        record("s", "microsoft", "Owl"),
    ]
    made = resolve(records, ORDER, [decision("m", "s"), decision("s", "a", "apart")])
    assert actors(made) == {frozenset({"a"}), frozenset({"m", "s"})}


def test_two_decisions_that_contradict_each_other_are_put_before_a_person() -> None:
    records = [record(native, "misp", native.upper()) for native in "abc"]
    made = resolve(
        records, ORDER, [decision("a", "b"), decision("b", "c"), decision("a", "c", "apart")]
    )
    assert actors(made) == {frozenset({"a", "b"}), frozenset({"c"})}
    assert reasons(made) == {("b", "c"): "A person looked. Another decision keeps A and C apart."}


def test_records_that_a_person_joined_are_compared_as_one() -> None:
    # Both match the same actor: together they match it one to one.
    records = [
        record("a", "attack", "Fox"),
        record("m1", "misp", "Fox"),
        record("m2", "misp", "Fox", "Owl"),
    ]
    assert len(actors(resolve(records, ORDER, [decision("m1", "m2")]))) == 1


def test_a_join_by_a_person_lets_no_rule_fuse_two_groups() -> None:
    records = [
        record("a1", "attack", "Fox"),
        record("a2", "attack", "Owl"),
        record("m1", "misp", "Fox"),
        record("m2", "misp", "Owl"),
    ]
    made = resolve(records, ORDER, [decision("m1", "m2")])
    assert not together(made, "a1", "a2")
    assert len(made.queue) == 2


def test_no_rule_brings_two_records_of_a_later_source_together() -> None:
    # Each side holds a Microsoft record by decision; the name of m must not join the two.
    records = [
        record("a", "attack", "Fox"),
        record("m", "misp", "Fox"),
        record("s1", "microsoft", "One"),
        record("s2", "microsoft", "Two"),
    ]
    made = resolve(records, ORDER, [decision("a", "s1"), decision("m", "s2")])
    assert actors(made) == {frozenset({"a", "s1"}), frozenset({"m", "s2"})}
    assert list(reasons(made)) == [("a", "m")]


def test_a_withdrawn_decision_leaves_no_trace() -> None:
    records = [record("a", "attack", "Fox"), record("m", "misp", "Fox")]
    assert resolve(records, ORDER, []) == resolve(records, ORDER)
    assert together(resolve(records, ORDER), "a", "m")


NAMES = [f"Name {letter}" for letter in "ABCDE"]
IDS = ["G0001", "G0002", "G0003"]


@st.composite
def graphs(draw: st.DrawFn) -> list[ActorRecord]:
    made: list[ActorRecord] = []
    free = list(IDS)
    for number in range(draw(st.integers(1, 9))):
        source = draw(st.sampled_from(ORDER))
        names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
        own = free.pop() if source == "attack" and free and draw(st.booleans()) else ""
        states = draw(st.sets(st.sampled_from(IDS), max_size=2))
        made.append(record(f"r{number}", source, *names, own=own, states=states))
    return made


RELATIONS = st.sampled_from(["same-as", "same-as", "apart", "overlaps-with"])


@st.composite
def decided_graphs(draw: st.DrawFn) -> tuple[list[ActorRecord], list[Decision]]:
    records = draw(graphs())
    natives = st.sampled_from([r.native for r in records] + ["gone"])
    pairs = draw(
        st.lists(
            st.tuples(natives, natives, RELATIONS).filter(lambda pair: pair[0] != pair[1]),
            max_size=4,
            unique_by=lambda pair: frozenset(pair[:2]),
        )
    )
    return records, [decision(*pair) for pair in pairs]


@settings(max_examples=100)
@given(graphs())
def test_no_rule_gives_an_actor_two_records_of_one_source(records: list[ActorRecord]) -> None:
    source_of = {r.native: r.source for r in records}
    for members in actors(resolve(records, ORDER)):
        assert len({source_of[native] for native in members}) == len(members)


@settings(max_examples=100)
@given(decided_graphs())
def test_two_records_of_one_source_are_one_actor_only_through_decisions(
    graph: tuple[list[ActorRecord], list[Decision]],
) -> None:
    records, decisions = graph
    source_of = {r.native: r.source for r in records}
    made = resolve(records, ORDER, decisions)
    joined: dict[str, set[str]] = {native: {native} for native in source_of}
    for link in made.links:
        if link.basis == "decision":
            group = joined[link.one] | joined[link.other]
            for native in group:
                joined[native] = group
    for members in actors(made):
        for one in members:
            for other in members:
                if one != other and source_of[one] == source_of[other]:
                    assert other in joined[one]


@settings(max_examples=100)
@given(decided_graphs())
def test_what_people_keep_apart_is_apart(
    graph: tuple[list[ActorRecord], list[Decision]],
) -> None:
    records, decisions = graph
    made = resolve(records, ORDER, decisions)
    for said in decisions:
        if said.relation != "same-as" and {said.one, said.other} <= made.actor_of.keys():
            assert not together(made, said.one, said.other)


@settings(max_examples=60)
@given(decided_graphs(), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(
    graph: tuple[list[ActorRecord], list[Decision]], chance: Random
) -> None:
    records, decisions = graph
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert resolve(shuffled, ORDER, decisions) == resolve(records, ORDER, decisions)


@settings(max_examples=50)
@given(decided_graphs())
def test_every_open_question_is_about_two_actors_and_is_a_sentence(
    graph: tuple[list[ActorRecord], list[Decision]],
) -> None:
    records, decisions = graph
    made = resolve(records, ORDER, decisions)
    for link in made.queue:
        assert not together(made, link.one, link.other)
        assert link.reason.endswith(".")
        assert len(link.reason.split()) >= 4
