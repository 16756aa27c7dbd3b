"""An update that fails: a sentence, nothing changed, and the others go on."""

from __future__ import annotations

import errno
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from https_server import Authority, LocalServer, data, serving
from update_samples import Desk, exploited, told, whole_file

from briefing.core.errors import BriefingError, CancelledError
from briefing.feeds.remote import NoNetworkError, TransportError
from briefing.services.task import Task
from briefing.services.update_feeds import Update, ask_each

ALONE = ("unshare", "--user", "--map-root-user", "--net", "--")
ONE_UPDATE = """
import sys
from briefing.cli import main
sys.exit(main(["update", "cisa-kev", "ncsc-uk", "--database", sys.argv[1]]))
"""


def answers_of(desk: Desk, *sources: str) -> dict[str, Update | BriefingError]:
    asked = ask_each(desk.knowledge, desk.data, sources, Task.silent(), desk.asking)
    return dict(asked)


def nobody_knows_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says where no name server can be reached."""

    def fail(*_args: Any, **_options: Any) -> Any:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)


def no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says where names are known and no interface is up."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)

    def fail(*_args: Any, **_options: Any) -> Any:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", fail)


@pytest.mark.parametrize("broken", [nobody_knows_the_name, no_way_out])
def test_without_a_network_there_is_one_sentence_and_nothing_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, broken: Any
) -> None:
    desk.set_up("team", "file", "https://feeds.example/kev.json")
    before = whole_file(desk.path)
    broken(monkeypatch)
    with pytest.raises(NoNetworkError) as caught:
        desk.ask("team")
    assert str(caught.value) == (
        "feeds.example could not be reached: there is no network. Nothing was changed."
    )
    assert whole_file(desk.path) == before


@pytest.mark.skipif(not shutil.which("unshare"), reason="This system has no unshare command.")
def test_on_a_machine_without_a_network_the_command_says_one_sentence(desk: Desk) -> None:
    if subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("Nobody may make a network of their own here.")
    before = whole_file(desk.path)
    done = subprocess.run(
        [*ALONE, sys.executable, "-c", ONE_UPDATE, str(desk.path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "cisa-kev, ncsc-uk: www.cisa.gov could not be reached: there is no network."
        " Nothing was changed."
    ]
    assert whole_file(desk.path) == before


def test_without_a_network_only_servers_inside_our_own_are_still_asked(
    desk: Desk, server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/kev.json"] = data(exploited(1))
    desk.set_up("here", "file", server.url("/kev.json"))
    for name in ("first", "second"):
        desk.set_up(name, "file", f"https://{name}.example/", inside=False)
    asked: list[str] = []
    real = socket.getaddrinfo

    def fail(host: str, *args: Any, **options: Any) -> Any:
        if not host.endswith(".example"):
            return real(host, *args, **options)
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    answers = answers_of(desk, "first", "second", "here")
    assert asked == ["first.example"]
    assert isinstance(answers["first"], NoNetworkError)
    assert answers["second"] is answers["first"]
    assert isinstance(answers["here"], Update)


def test_a_source_that_fails_does_not_stop_the_others(desk: Desk, server: LocalServer) -> None:
    server.answers["/kev.json"] = data(exploited(1))
    desk.set_up("gone", "file", server.url("/gone.json"))
    desk.set_up("cisa-kev", "file", server.url("/kev.json"))
    answers = answers_of(desk, "gone", "nobody-knows-it", "cisa-kev")
    assert str(answers["gone"]).startswith("localhost has nothing at the address")
    assert str(answers["nobody-knows-it"]).startswith("No address is known")
    found = answers["cisa-kev"]
    assert isinstance(found, Update)
    assert [told(result) for result in desk.take(found)] == [(1, 0, 0, 0)]


def test_cancelling_stops_all_of_them(desk: Desk, server: LocalServer) -> None:
    server.answers["/kev.json"] = data(exploited(1))
    for name in ("one", "two"):
        desk.set_up(name, "file", server.url("/kev.json"))
    task = Task("The update", lambda _step, _total, _label: task.cancel())
    asked = ask_each(desk.knowledge, desk.data, ("one", "two"), task, desk.asking)
    with pytest.raises(CancelledError):
        list(asked)
    assert len(server.asked) == 1
    assert desk.rows("SELECT checked_at FROM feed") == [("",), ("",)]


def test_a_wrong_certificate_is_a_sentence_and_nothing_changes(
    desk: Desk, authority: Authority
) -> None:
    with serving(authority.context("elsewhere.example")) as elsewhere:
        desk.set_up("team", "file", elsewhere.url("/kev.json"))
        before = whole_file(desk.path)
        with pytest.raises(TransportError) as caught:
            desk.ask("team")
    assert caught.value.message == (
        "The certificate of localhost is for another name, so nobody can tell who answers there."
    )
    assert elsewhere.asked == []
    assert whole_file(desk.path) == before


def test_a_source_inside_our_network_is_trusted_by_its_own_authority_only(
    desk: Desk, server: LocalServer, tmp_path: Path
) -> None:
    server.answers["/kev.json"] = data(exploited(1))
    other = Authority(tmp_path)
    desk.set_up("team", "file", server.url("/kev.json"), cafile=str(other.file))
    with pytest.raises(TransportError, match="was issued by nobody whom this computer trusts"):
        desk.ask("team")
    desk.set_up("team", "file", server.url("/kev.json"), cafile="")
    with pytest.raises(TransportError, match="was issued by nobody whom this computer trusts"):
        desk.ask("team")
    assert server.asked == []
    desk.set_up("team", "file", server.url("/kev.json"))
    assert told(desk.update("team")) == (1, 0, 0, 0)


def test_a_server_inside_is_not_asked_for_a_source_that_is_not_marked_so(
    desk: Desk, server: LocalServer
) -> None:
    desk.set_up("team", "file", server.url("/kev.json"), inside=False)
    with pytest.raises(TransportError, match="so nothing was sent") as caught:
        desk.ask("team")
    assert "mark it as inside our network" in caught.value.remedy
    assert server.asked == []


def test_a_server_that_breaks_off_changes_nothing(desk: Desk, server: LocalServer) -> None:
    desk.set_up("cisa-kev", "file", server.url("/kev.json"))
    before = whole_file(desk.path)

    def hang_up(request: Any) -> None:
        data(exploited(1)[:200], Content_Length="5000", ETag='"one"')(request)
        request.close_connection = True

    server.answers["/kev.json"] = hang_up
    with pytest.raises(TransportError, match="could not be read"):
        desk.ask("cisa-kev")
    assert whole_file(desk.path) == before
