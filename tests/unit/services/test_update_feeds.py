"""Updating from real servers on this computer: files, news feeds, lists of advisories, MISP."""

from __future__ import annotations

from pathlib import Path

import pytest
from feed_samples import item, rss
from https_server import LocalServer, data
from misp_samples import UUID
from update_samples import (
    Desk,
    advisory,
    exploited,
    misp_event,
    offer_misp,
    offer_rolie,
    paths_asked,
    tagged,
    told,
    trusting,
    whole_file,
    with_addresses,
)

from briefing.core.errors import BriefingError, NotFoundError
from briefing.feeds.remote import TransportError
from briefing.services.update_feeds import feed_of, updatable

OTHER_DAY = "Fri, 01 Mar 2024 15:00:00 GMT"


def kev_at(desk: Desk, server: LocalServer, **options: object) -> None:
    desk.set_up("cisa-kev", "file", server.url("/kev.json"), **options)


@pytest.mark.parametrize(
    ("tags", "header", "value"),
    [
        ({"etag": '"one"'}, "If-None-Match", '"one"'),
        ({"last_modified": OTHER_DAY}, "If-Modified-Since", OTHER_DAY),
    ],
)
def test_a_file_that_has_not_changed_is_not_sent_again(
    desk: Desk, server: LocalServer, tags: dict[str, str], header: str, value: str
) -> None:
    kev_at(desk, server)
    server.answers["/kev.json"] = tagged(exploited(1, 2), **tags)
    assert told(desk.update("cisa-kev")) == (2, 0, 0, 0)
    again = desk.ask("cisa-kev")
    assert again.unchanged
    assert again.reading.incoming == ()
    assert server.asked[0].headers.get(header) is None
    assert server.asked[1].headers[header] == value
    assert desk.rows("SELECT count(*) FROM snapshot") == [(1,)]


def test_when_a_source_was_last_asked_is_known_even_where_nothing_was_new(
    desk: Desk, server: LocalServer
) -> None:
    kev_at(desk, server)
    server.answers["/kev.json"] = tagged(exploited(1), '"one"')
    first = desk.ask("cisa-kev")
    assert desk.state("cisa-kev").checked_at == ""
    desk.take(first)
    assert desk.state("cisa-kev").checked_at == "2026-11-24T09:30:00+00:00"
    assert desk.ask("cisa-kev").unchanged
    assert desk.state("cisa-kev").etag == '"one"'


def test_a_file_that_has_changed_brings_only_what_differs(desk: Desk, server: LocalServer) -> None:
    kev_at(desk, server)
    server.answers["/kev.json"] = tagged(exploited(1, 2), '"one"')
    desk.update("cisa-kev")
    server.answers["/kev.json"] = tagged(exploited(1, 2, 3, version="2024.03.03"), '"two"')
    assert told(desk.update("cisa-kev")) == (1, 0, 0, 2)
    assert desk.state("cisa-kev").etag == '"two"'


def test_what_was_looked_at_and_left_comes_again(desk: Desk, server: LocalServer) -> None:
    kev_at(desk, server)
    server.answers["/kev.json"] = tagged(exploited(1), '"one"')
    for _ in range(2):
        looked_at = desk.ask("cisa-kev")
        assert not looked_at.unchanged
        assert len(looked_at.reading.incoming) == 1
    assert desk.rows("SELECT count(*) FROM record") == [(0,)]


def test_what_was_taken_back_comes_again(desk: Desk, server: LocalServer) -> None:
    kev_at(desk, server)
    server.answers["/kev.json"] = tagged(exploited(1, 2), '"one"')
    desk.undo(desk.update("cisa-kev"))
    assert desk.rows("SELECT count(*) FROM record") == [(0,)]
    assert told(desk.update("cisa-kev")) == (2, 0, 0, 0)


def test_a_file_that_cannot_be_read_is_said_each_time_and_never_taken_for_known(
    desk: Desk, server: LocalServer
) -> None:
    kev_at(desk, server)
    server.answers["/kev.json"] = tagged(b"<html>Back soon</html>", '"page"')
    for _ in range(2):
        update = desk.ask("cisa-kev")
        assert not update.unchanged
        assert [refused.name for refused in update.reading.refused] == ["kev.json"]
        assert desk.take(update) == ()
    server.answers["/kev.json"] = tagged(exploited(1), '"page"')
    assert told(desk.update("cisa-kev")) == (1, 0, 0, 0)


def test_an_older_release_is_not_taken_and_not_taken_for_known(
    desk: Desk, server: LocalServer
) -> None:
    kev_at(desk, server)
    server.answers["/kev.json"] = tagged(exploited(1, 2, 3), '"three"')
    desk.update("cisa-kev")
    server.answers["/kev.json"] = tagged(exploited(1, 2), '"two"')
    result = desk.update("cisa-kev")
    assert result is not None
    assert "is older than the one you have" in str(result.error)
    assert desk.state("cisa-kev").etag == '"three"'


def test_a_news_feed_brings_new_items_and_keeps_those_that_left_it(
    desk: Desk, server: LocalServer
) -> None:
    desk.set_up("fox", "feed", server.url("/news.xml"))
    one, two, three = (item(title=f"Fox {n}", guid=f"fox:{n}") for n in (1, 2, 3))
    server.answers["/news.xml"] = tagged(rss(one, two).encode(), '"one"')
    assert told(desk.update("fox")) == (2, 0, 0, 0)
    assert desk.update("fox") is None
    server.answers["/news.xml"] = tagged(rss(two, three).encode(), '"two"')
    assert told(desk.update("fox")) == (1, 0, 0, 1)
    assert desk.held("fox") == {"Fox 1", "Fox 2", "Fox 3"}


def test_of_a_list_of_advisories_only_those_that_changed_are_fetched(
    desk: Desk, server: LocalServer
) -> None:
    desk.set_up("pumps", "rolie", server.url("/rolie.json"))
    offer_rolie(server, a=("1", advisory(1)), b=("1", advisory(2)))
    assert told(desk.update("pumps")) == (2, 0, 0, 0)
    assert paths_asked(server) == ["/rolie.json", "/a.json", "/b.json"]
    offer_rolie(
        server,
        a=("1", advisory(1)),
        b=("2", advisory(2, "Pump 2, corrected", version="2")),
        c=("1", advisory(3)),
    )
    assert told(desk.update("pumps")) == (1, 1, 0, 0)
    assert paths_asked(server) == ["/rolie.json", "/b.json", "/c.json"]
    assert desk.update("pumps") is None
    assert desk.held("pumps") == {"Pump 1", "Pump 2, corrected", "Pump 3"}


def test_an_advisory_that_did_not_come_or_could_not_be_read_is_fetched_again(
    desk: Desk, server: LocalServer
) -> None:
    desk.set_up("pumps", "rolie", server.url("/rolie.json"))
    offer_rolie(server, a=("1", advisory(1)), b=("1", None), c=("1", b'{"document": 7}'))
    update = desk.ask("pumps")
    reasons = {refused.name: refused.reason for refused in update.reading.refused}
    assert "has nothing at the address that was asked for (404)" in reasons[server.url("/b.json")]
    assert "c.json" in reasons
    assert [told(result) for result in desk.take(update)] == [(1, 0, 0, 0)]
    paths_asked(server)
    offer_rolie(server, a=("1", advisory(1)), b=("1", advisory(2)), c=("1", advisory(3)))
    assert told(desk.update("pumps")) == (2, 0, 0, 0)
    assert paths_asked(server) == ["/rolie.json", "/b.json", "/c.json"]


def test_a_misp_feed_brings_events_that_are_new_or_changed(desk: Desk, server: LocalServer) -> None:
    desk.set_up("owls", "misp", server.url("/misp/"), tlp="GREEN")
    offer_misp(server, misp_event(1, "A fox was seen"), misp_event(2, "A heron was seen"))
    assert told(desk.update("owls")) == (2, 0, 0, 0)
    paths_asked(server)
    seen_again = misp_event(2, "A heron was seen twice", "1715000001")
    offer_misp(server, misp_event(1, "A fox was seen"), seen_again)
    assert told(desk.update("owls")) == (0, 1, 0, 0)
    assert paths_asked(server) == ["/misp/manifest.json", f"/misp/{UUID.format(2)}.json"]
    assert desk.held("owls") == {"A fox was seen", "A heron was seen twice"}
    assert desk.rows("SELECT DISTINCT tlp FROM statement") == [("GREEN",)]


@pytest.mark.parametrize("way", ["rolie", "misp"])
def test_an_import_of_listed_documents_that_was_taken_back_brings_all_of_them_again(
    desk: Desk, server: LocalServer, way: str
) -> None:
    desk.set_up("listed", way, server.url({"rolie": "/rolie.json", "misp": "/misp/"}[way]))
    offer_rolie(server, a=("1", advisory(1)), b=("1", advisory(2)))
    offer_misp(server, misp_event(1, "A fox was seen"), misp_event(2, "A heron was seen"))
    desk.undo(desk.update("listed"))
    assert told(desk.update("listed")) == (2, 0, 0, 0)


def test_what_nobody_has_labelled_is_red_until_the_person_says_otherwise(
    desk: Desk, server: LocalServer
) -> None:
    server.answers["/news.xml"] = data(rss(item(title="Fox", guid="1")).encode())
    for name, options in (("one", {}), ("two", {"tlp": "AMBER"})):
        desk.set_up(name, "feed", server.url("/news.xml"), **options)
        desk.update(name)
    assert desk.rows("SELECT id, title, tlp, reliability FROM source ORDER BY id") == [
        ("one", "One", "RED", "F"),
        ("two", "Two", "AMBER", "F"),
    ]


def test_a_mirror_of_a_known_feed_is_recorded_as_that_feed(desk: Desk, server: LocalServer) -> None:
    desk.set_up("ncsc-uk", "feed", server.url("/mirror.xml"))
    server.answers["/mirror.xml"] = tagged(rss(item(title="Fox", guid="1")).encode(), '"one"')
    result = desk.update("ncsc-uk")
    assert desk.rows("SELECT id, publisher, reliability, tlp FROM source") == [
        ("ncsc-uk", "National Cyber Security Centre (United Kingdom)", "B", "CLEAR")
    ]
    desk.undo(result)
    assert told(desk.update("ncsc-uk")) == (1, 0, 0, 0)


def test_a_feed_that_the_program_knows_needs_no_setting_up(
    desk: Desk, server: LocalServer, tmp_path: Path
) -> None:
    desk.data = with_addresses(tmp_path / "data", [("cisa-kev", server.url("/kev.json"))])
    desk.asking = trusting(desk)
    server.answers["/kev.json"] = tagged(exploited(1, 2), '"one"')
    assert told(desk.update("cisa-kev")) == (2, 0, 0, 0)
    assert desk.update("cisa-kev") is None
    assert updatable(desk.knowledge, desk.data) == ("cisa-kev",)


def test_a_known_feed_that_moved_is_asked_at_the_address_a_later_program_knows(
    desk: Desk, server: LocalServer, tmp_path: Path
) -> None:
    desk.asking = trusting(desk)
    server.answers["/old.json"] = tagged(exploited(1), '"one"')
    server.answers["/new.json"] = tagged(exploited(1, 2), '"two"')
    desk.data = with_addresses(tmp_path / "old", [("cisa-kev", server.url("/old.json"))])
    desk.update("cisa-kev")
    desk.data = with_addresses(tmp_path / "new", [("cisa-kev", server.url("/new.json"))])
    assert told(desk.update("cisa-kev")) == (1, 0, 0, 1)


def test_a_source_without_an_address_is_a_sentence_with_those_that_have_one(desk: Desk) -> None:
    for source in ("eurepoc", "nobody-knows-it"):
        with pytest.raises(NotFoundError, match=f"No address is known for “{source}”") as caught:
            feed_of(desk.knowledge, desk.data, source)
        assert "cisa-kev" in caught.value.near
        assert "eurepoc" not in caught.value.near


def test_everything_that_was_set_up_or_is_held_can_be_updated(
    desk: Desk, server: LocalServer
) -> None:
    assert updatable(desk.knowledge, desk.data) == ()
    desk.set_up("fox", "feed", server.url("/news.xml"))
    assert updatable(desk.knowledge, desk.data) == ("fox",)
    kev_at(desk, server)
    server.answers["/kev.json"] = data(exploited(1))
    desk.update("cisa-kev")
    assert set(updatable(desk.knowledge, desk.data)) == {"fox", "cisa-kev"}


def test_a_token_goes_to_the_server_that_is_marked_as_wanting_one(
    desk: Desk, server: LocalServer
) -> None:
    server.answers["/kev.json"] = data(exploited(1))
    desk.keep_token("cisa-kev", "sesame")
    kev_at(desk, server)
    desk.ask("cisa-kev")
    kev_at(desk, server, token=True)
    desk.ask("cisa-kev")
    assert [asked.headers.get("Authorization") for asked in server.asked] == [None, "Bearer sesame"]
    assert "sesame" not in str(desk.rows("SELECT * FROM feed"))
    assert b"sesame" not in b"".join(whole_file(desk.path))


def test_a_token_that_is_gone_from_the_keyring_is_no_token(desk: Desk, server: LocalServer) -> None:
    kev_at(desk, server, token=True)
    server.answers["/kev.json"] = data(b"", 401)
    with pytest.raises(TransportError, match="localhost wants to know who asks"):
        desk.ask("cisa-kev")


def test_a_file_of_an_authority_that_is_gone_is_a_sentence(
    desk: Desk, server: LocalServer, tmp_path: Path
) -> None:
    kev_at(desk, server, cafile=str(tmp_path / "gone.pem"))
    with pytest.raises(BriefingError, match=r"The certificate authority in .*gone\.pem cannot"):
        desk.ask("cisa-kev")
    assert server.asked == []
