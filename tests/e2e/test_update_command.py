"""Updating and publishing from the command line, against real servers on this computer."""

from __future__ import annotations

import io
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from command_samples import Said, Shell
from feed_samples import item, rss
from https_server import Authority, LocalServer, serving
from taxii_server import (
    GREEN,
    PASSWORD,
    READABLE,
    USER,
    actor,
    bundle_of,
    marked,
    taxii_server,
)
from update_samples import Drawer, advisory, exploited, offer_rolie, tagged, whole_file

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:medallion")

KEYS = {
    *("path", "source", "format", "snapshot", "added", "changed", "removed", "unchanged"),
    *("quarantined", "seconds", "error"),
}


def add(
    shell: Shell, authority: Authority, name: str, way: str, address: str, *options: str
) -> Said:
    said = shell(
        *("sources", "add", name, "--address", address, "--as", way, "--inside"),
        *("--cafile", authority.file, *options),
    )
    assert said.code == 0, said.err
    return said


def test_an_update_asks_every_feed_that_was_set_up_and_takes_in_what_is_new(
    shell: Shell, authority: Authority, server: LocalServer
) -> None:
    server.answers["/kev.json"] = tagged(exploited(1, 2), '"one"')
    server.answers["/news.xml"] = tagged(rss(item(title="Fox", guid="1")).encode(), '"one"')
    offer_rolie(server, a=("1", advisory(1)), b=("1", advisory(2)))
    add(shell, authority, "cisa-kev", "file", server.url("/kev.json"))
    add(shell, authority, "fox", "feed", server.url("/news.xml"))
    add(shell, authority, "pumps", "rolie", server.url("/rolie.json"))
    said = shell.as_json("update")
    assert said.code == 0
    assert all(set(result) >= KEYS for result in said.results)
    assert {result["source"]: result["added"] for result in said.results} == {
        "cisa-kev": 2,
        "fox": 1,
        "pumps": 2,
    }
    again = shell("update")
    assert again.code == 0
    assert again.out.splitlines() == [
        f"{name}: nothing new since it was last asked." for name in ("cisa-kev", "fox", "pumps")
    ]
    assert shell.as_json("update").results == []
    sources = {entry["id"]: entry for entry in shell.as_json("sources").json["sources"]}
    assert all(sources[name]["checked_at"] for name in ("cisa-kev", "fox", "pumps"))


def test_after_an_undo_the_update_brings_it_again(
    shell: Shell, authority: Authority, server: LocalServer
) -> None:
    server.answers["/kev.json"] = tagged(exploited(1, 2), '"one"')
    add(shell, authority, "cisa-kev", "file", server.url("/kev.json"))
    (result,) = shell.as_json("update", "cisa-kev").results
    assert shell("undo", str(result["snapshot"])).code == 0
    assert shell.as_json("update", "cisa-kev").results[0]["added"] == 2


def test_one_source_that_fails_is_said_and_the_others_are_taken(
    shell: Shell, authority: Authority, server: LocalServer
) -> None:
    server.answers["/kev.json"] = tagged(exploited(1), '"one"')
    server.answers["/page"] = tagged(b"<html>Back soon</html>", '"one"')
    with serving(authority.context("elsewhere.example")) as elsewhere:
        add(shell, authority, "wrong", "file", elsewhere.url("/kev.json"))
        add(shell, authority, "gone", "file", server.url("/gone.json"))
        add(shell, authority, "page", "file", server.url("/page"))
        add(shell, authority, "cisa-kev", "file", server.url("/kev.json"))
        said = shell.as_json("update")
    assert said.code == 1
    errors = {result["source"] or result["path"]: result["error"] for result in said.results}
    assert errors.pop("cisa-kev") is None
    assert set(errors) == {"wrong", "gone", "page"}
    assert "is for another name" in errors["wrong"]
    assert "has nothing at the address that was asked for (404)" in errors["gone"]
    assert "is none of the feeds that are read here" in errors["page"]
    assert shell.info()["counts"]["vulnerabilities"] == 1


def test_without_a_network_the_command_says_one_sentence_and_changes_nothing(
    shell: Shell, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two", "three"):
        shell("sources", "add", name, "--address", f"https://{name}.example/feed.json")
    before = whole_file(shell.database)

    def fail(*_args: Any, **_options: Any) -> Any:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    said = shell("update")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "one, three, two: one.example could not be reached: there is no network."
        " Nothing was changed.\n"
    )
    by_source = {result["source"]: result["error"] for result in shell.as_json("update").results}
    assert set(by_source) == {"one", "two", "three"}
    assert whole_file(shell.database) == before


def test_an_update_of_nothing_is_a_wrong_call(shell: Shell) -> None:
    said = shell("update")
    assert (said.code, said.out) == (2, "")
    assert "Nothing that is held has an address to update from." in said.err


def test_a_source_that_nobody_knows_is_a_sentence(shell: Shell) -> None:
    said = shell("update", "nobody-knows-it")
    assert (said.code, said.out) == (1, "")
    assert "No address is known for “nobody-knows-it”." in said.err


def test_a_bundle_goes_to_the_teams_platform_and_comes_back_with_an_update(
    shell: Shell,
    authority: Authority,
    drawer: Drawer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bundle = tmp_path / "incident.json"
    bundle.write_bytes(bundle_of(marked(1), marked(2)))
    with taxii_server(authority.context(), tmp_path) as host:
        monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD))
        options = ("--user", USER, "--token-stdin", "--tlp", "GREEN", "--collection", "Everything")
        add(shell, authority, "team", "taxii", host.url, *options)
        assert PASSWORD in str(drawer.kept)
        host.add(READABLE, 1)
        said = shell.as_json("sources", "publish", "team", bundle, "--collection", "Everything")
        assert said.code == 1
        assert set(said.json) >= {"source", "accepted", "pending", "refused", "unnamed"}
        assert (said.json["accepted"], said.json["pending"]) == (1, 0)
        assert [item["native_id"] for item in said.json["refused"]] == [actor(1)["id"]]
        (result,) = shell.as_json("update", "team").results
        assert (result["added"], result["format"], result["error"]) == (2, "stix", None)
        assert shell("update", "team").out == "team: nothing new since it was last asked.\n"
        bundle.write_bytes(bundle_of(marked(3)))
        text = shell("sources", "publish", "team", bundle, "--collection", "Everything")
        assert (text.code, text.out) == (0, "1 object taken, 0 pending.\n")
        assert shell.as_json("update").results[0]["added"] == 1
        bundle.write_bytes(bundle_of(marked(4, GREEN)))
        publish = ("sources", "publish", "team", bundle, "--collection", "Everything")
        refused = shell(*publish)
        assert (refused.code, refused.out) == (1, "")
        assert f"may not go to readers of TLP:CLEAR: {actor(4)['id']} (TLP:GREEN)." in refused.err
        assert shell(*publish, "--tlp", "amber").out == "1 object taken, 0 pending.\n"


def test_what_cannot_be_published_is_a_sentence(
    shell: Shell, authority: Authority, server: LocalServer, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.json"
    bundle.write_bytes(bundle_of(actor(1)))
    said = shell("sources", "publish", "team", bundle)
    assert (said.code, said.out) == (1, "")
    assert "Nobody set up a feed “team” here." in said.err
    add(shell, authority, "cisa-kev", "file", server.url("/kev.json"))
    said = shell("sources", "publish", "cisa-kev", bundle)
    assert (said.code, said.out) == (2, "")
    assert "is no TAXII server" in said.err
    assert shell("sources", "publish", "team", tmp_path / "missing.json").code == 2
    said = shell("sources", "publish", "team", bundle, "--tlp", "PURPLE")
    assert (said.code, said.out) == (2, "")
    assert "“PURPLE” is no TLP level" in said.err
    assert server.asked == []
