"""Updating from a real TAXII 2.1 server and publishing to it, as a team does with its platform."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from https_server import Authority, LocalServer, data
from stix_samples import attack, bundle, matrix
from taxii_server import (
    CLEAR,
    GREEN,
    PASSWORD,
    READ_ONLY,
    READABLE,
    USER,
    WRITE_ONLY,
    TaxiiHost,
    actor,
    added,
    bundle_of,
    marked,
    taxii_server,
)
from update_samples import Desk, told, whole_file

from briefing.core.errors import BriefingError, NotFoundError, WrongCallError
from briefing.core.tlp import Tlp
from briefing.feeds.remote import TransportError
from briefing.feeds.taxii_publish import Published
from briefing.services.publish_bundle import publish_bundle
from briefing.services.task import Task

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:medallion")


@pytest.fixture
def host(authority: Authority, tmp_path: Path) -> Iterator[TaxiiHost]:
    with taxii_server(authority.context(), tmp_path) as running:
        yield running


@pytest.fixture
def team(desk: Desk, host: TaxiiHost) -> Desk:
    """A desk at which the server is set up under “team”, with its password in the keyring."""
    desk.keep_token("team", PASSWORD, USER)
    desk.set_up("team", "taxii", host.url, token=True, tlp="AMBER")
    return desk


def put(host: TaxiiHost, collection: str, *objects: dict[str, Any]) -> None:
    """Put objects of one's own making into a collection."""
    found = next(each for each in host.root["collections"] if each["id"] == collection)
    for content in objects:
        number = len(found["objects"])
        found["objects"].append(content)
        found["manifest"].append(
            {
                "id": content["id"],
                "date_added": added(number),
                "version": content["modified"],
                "media_type": "application/stix+json;version=2.1",
            }
        )


def pages_asked(host: TaxiiHost) -> list[str]:
    paths = [path for _, path, _ in host.asked if "/objects/" in path]
    host.asked.clear()
    return paths


def publish(
    desk: Desk,
    content: bytes,
    collection: str = "",
    source: str = "team",
    ceiling: Tlp = Tlp.CLEAR,
) -> Published:
    file = desk.path.with_name("bundle.json")
    file.write_bytes(content)
    return publish_bundle(
        desk.knowledge, source, file, collection, ceiling, Task.silent(), desk.asking
    )


def test_every_collection_is_taken_in_and_then_only_what_was_added(
    team: Desk, host: TaxiiHost
) -> None:
    host.add(READABLE, *range(1, 7))
    host.add(READ_ONLY, *range(7, 9))
    assert told(team.update("team")) == (8, 0, 0, 0)
    assert team.held("team") == {f"Actor {number}" for number in range(1, 9)}
    assert not [path for path in pages_asked(host) if "added_after" in path or WRITE_ONLY in path]
    assert team.update("team") is None
    host.add(READ_ONLY, 9)
    assert told(team.update("team")) == (1, 0, 0, 0)
    pages = pages_asked(host)
    assert len(pages) == 4
    assert all("added_after=2026-11-20T10" in path for path in pages)


def test_what_is_said_there_is_recorded_as_the_teams_with_its_label(
    team: Desk, host: TaxiiHost
) -> None:
    host.add(READABLE, 1)
    team.update("team")
    assert team.rows("SELECT id, title, tlp, reliability FROM source") == [
        ("team", "Team", "AMBER", "F")
    ]


def test_where_to_go_on_is_remembered_only_once_it_was_taken_in(
    team: Desk, host: TaxiiHost
) -> None:
    host.add(READABLE, 1, 2)
    for _ in range(2):
        looked_at = team.ask("team")
        assert len(looked_at.reading.incoming[0].changes.records) == 2
    assert team.state("team").cursor == ""
    team.take(looked_at)
    assert team.ask("team").unchanged


def test_an_import_that_was_taken_back_comes_again_as_a_whole(team: Desk, host: TaxiiHost) -> None:
    host.add(READABLE, 1, 2)
    team.update("team")
    host.add(READABLE, 3)
    team.undo(team.update("team"))
    assert team.held("team") == {"Actor 1", "Actor 2"}
    assert told(team.update("team")) == (1, 0, 0, 2)


@pytest.mark.parametrize("named", [READ_ONLY, "Look, do not touch"])
def test_only_the_collections_that_were_chosen_are_asked(
    team: Desk, host: TaxiiHost, named: str
) -> None:
    host.add(READABLE, 1)
    host.add(READ_ONLY, 2)
    team.set_up("team", "taxii", host.url, token=True, collections=[named])
    assert told(team.update("team")) == (1, 0, 0, 0)
    assert team.held("team") == {"Actor 2"}


def test_a_chosen_collection_that_is_not_there_is_a_sentence_with_those_that_are(
    team: Desk, host: TaxiiHost
) -> None:
    team.set_up("team", "taxii", host.url, token=True, collections=["Everything", "Letter box"])
    with pytest.raises(BriefingError) as caught:
        team.ask("team")
    assert caught.value.message == (
        "“Team” has no collection “Letter box” that this account may read."
    )
    assert caught.value.remedy == (
        "Nothing was changed. There are: “Everything”, “Look, do not touch”."
    )


def test_a_server_with_nothing_to_read_is_a_sentence(team: Desk, host: TaxiiHost) -> None:
    for collection in host.root["collections"]:
        collection["can_read"] = False
    with pytest.raises(BriefingError, match="offers no collection that this account may read"):
        team.ask("team")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("guessed", "localhost did not accept the password or token of this source (401)."),
        ("", "localhost wants to know who asks (401)."),
    ],
)
def test_an_account_that_the_server_does_not_know_is_a_sentence_and_changes_nothing(
    team: Desk, host: TaxiiHost, password: str, sentence: str
) -> None:
    host.add(READABLE, 1)
    if password:
        team.keep_token("team", password, USER)
    else:
        team.asking.tokens.delete("team")
    before = whole_file(team.path)
    with pytest.raises(TransportError) as caught:
        team.ask("team")
    assert caught.value.message == sentence
    assert whole_file(team.path) == before


def test_an_object_that_cannot_be_taken_is_told_and_the_rest_is_taken(
    team: Desk, host: TaxiiHost
) -> None:
    host.add(READABLE, 1)
    put(host, READABLE, actor(2, type="malware"), actor(3))
    update = team.ask("team")
    (result,) = team.take(update)
    assert [item.native_id for item in result.quarantined] == [actor(2)["id"]]
    assert "its type is “malware”" in result.quarantined[0].reason
    assert team.held("team") == {"Actor 1", "Actor 3"}
    assert team.ask("team").unchanged


def test_a_release_of_attack_in_two_collections_stands_beside_itself(
    team: Desk, host: TaxiiHost
) -> None:
    """In a full release what is absent is gone; what was added to a collection is never full."""
    enterprise = [matrix(), *(attack("tool", n, f"S000{n}", name=f"Tool {n}") for n in (1, 2))]
    mobile = [
        {**matrix("mobile-attack"), "id": actor(7)["id"].replace("threat-actor", "x-mitre-matrix")},
        attack("tool", 3, "S0003", name="Tool 3"),
    ]
    put(host, READABLE, *enterprise)
    put(host, READ_ONLY, *mobile)
    results = team.take(team.ask("team"))
    assert [told(result) for result in results] == [(3, 0, 0, 0), (2, 0, 0, 0)]
    put(host, READABLE, {**matrix(), "modified": "2024-04-01T10:00:00.000Z"})
    (result,) = team.take(team.ask("team"))
    assert told(result) == (0, 1, 0, 0)
    assert {"Tool 1", "Tool 2", "Tool 3"} <= team.held("team")


def test_what_one_desk_publishes_another_takes_in(
    team: Desk, host: TaxiiHost, authority: Authority, tmp_path: Path
) -> None:
    outcome = publish(team, bundle_of(marked(1), marked(2)), "Everything")
    assert (outcome.accepted, outcome.refused, outcome.pending) == (2, (), 0)
    (tmp_path / "other").mkdir()
    other = Desk(tmp_path / "other", authority)
    other.keep_token("platform", PASSWORD, USER)
    other.set_up("platform", "taxii", host.url, token=True)
    assert told(other.update("platform")) == (2, 0, 0, 0)
    assert other.held("platform") == {"Actor 1", "Actor 2"}
    assert told(team.update("team")) == (2, 0, 0, 0)


@pytest.mark.parametrize("collection", ["", "Look, do not touch", "Cellar"])
def test_where_it_is_not_clear_where_to_publish_nothing_is_sent(
    team: Desk, host: TaxiiHost, collection: str
) -> None:
    with pytest.raises(WrongCallError) as caught:
        publish(team, bundle_of(marked(1)), collection)
    number = "no" if collection else "more than one"
    assert caught.value.message == (
        f"“Team” has {number} such collection that takes anything from this account."
    )
    assert caught.value.remedy == (
        "Name one with --collection; there are: “Everything”, “Letter box”."
    )
    assert "POST" not in {method for method, _, _ in host.asked}


def test_where_only_one_collection_takes_anything_it_need_not_be_named(
    team: Desk, host: TaxiiHost
) -> None:
    host.root["collections"][0]["can_write"] = False
    assert publish(team, bundle_of(marked(1))).accepted == 1


def test_publishing_is_for_taxii_servers_that_a_person_set_up(
    desk: Desk, server: LocalServer
) -> None:
    server.answers[None] = data(b"{}")
    desk.set_up("file", "file", server.url("/kev.json"))
    with pytest.raises(WrongCallError, match="“File” is no TAXII server"):
        publish(desk, bundle(), source="file")
    with pytest.raises(NotFoundError, match="Nobody set up a feed “team” here"):
        publish(desk, bundle())
    assert server.asked == []


def test_a_file_that_cannot_be_read_is_not_published(team: Desk, host: TaxiiHost) -> None:
    missing = team.path.with_name("missing.json")
    with pytest.raises(
        BriefingError, match=r"missing\.json cannot be read: No such file"
    ) as caught:
        publish_bundle(team.knowledge, "team", missing, "", Tlp.CLEAR, Task.silent(), team.asking)
    assert caught.value.remedy == "Nothing was published."
    assert host.asked == []


TLP_1_RED = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"
OWN = "marking-definition--00000001-0000-4000-8000-000000000000"
TERMS = {"type": "marking-definition", "id": OWN, "definition_type": "statement"}


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ((actor(2),), "it bears no TLP label"),
        ((marked(2, TLP_1_RED),), "TLP:RED"),
        ((marked(2, GREEN),), "TLP:GREEN"),
        ((marked(2, OWN),), "TLP:RED"),
        ((marked(2, OWN), TERMS), "it bears no TLP label"),
        ((actor(2, granular_markings=[{"marking_ref": CLEAR}]),), "it bears no TLP label"),
        ((marked(2, granular_markings=[{"marking_ref": GREEN}]),), "TLP:GREEN"),
        ((marked(2, OWN), *({**TERMS, "definition_type": f"TLP:{x}"} for x in "ab")), "TLP:RED"),
    ],
)
def test_what_does_not_say_that_the_readers_may_see_it_is_named_and_nothing_is_sent(
    team: Desk, host: TaxiiHost, odd: tuple[dict[str, Any], ...], why: str
) -> None:
    with pytest.raises(BriefingError) as caught:
        publish(team, bundle_of(marked(1), *odd), "Everything")
    assert caught.value.message == (
        f"1 object may not go to readers of TLP:CLEAR: {actor(2)['id']} ({why})."
    )
    assert "Nothing was published." in caught.value.remedy
    assert "--tlp" in caught.value.remedy
    assert host.asked == []


def test_of_many_that_may_not_go_out_the_first_are_named_and_the_rest_counted(team: Desk) -> None:
    with pytest.raises(BriefingError) as caught:
        publish(team, bundle_of(*(actor(number) for number in range(25))))
    assert caught.value.message.startswith("25 objects may not go to readers of TLP:CLEAR: ")
    assert caught.value.message.endswith(", and 5 more.")
    assert actor(24)["id"] in caught.value.detail


def test_what_is_marked_no_higher_than_the_readers_may_see_is_published(
    team: Desk, host: TaxiiHost
) -> None:
    content = bundle_of(marked(1), marked(2, GREEN), marked(3, OWN), green())
    assert publish(team, content, "Everything", ceiling=Tlp.GREEN).accepted == 4
    assert len(host.root["collections"][0]["objects"]) == 4


def green() -> dict[str, Any]:
    """A marking of one’s own that says TLP:GREEN."""
    tlp = {"definition_type": "tlp", "definition": {"tlp": "green"}}
    return {**actor(1), "type": "marking-definition", "id": OWN, **tlp}
