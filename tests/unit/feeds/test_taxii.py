"""Fetching from a real TAXII 2.1 server: discovery, collections, pages, what was added since."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from https_server import Authority
from taxii_server import (
    PASSWORD,
    READ_ONLY,
    READABLE,
    USER,
    WRITE_ONLY,
    TaxiiHost,
    actor,
    added,
    taxii_server,
)

from briefing.feeds.remote import Credentials, TransportError
from briefing.feeds.taxii import MEDIA_TYPE, Collection, Increment, TaxiiServer
from briefing.feeds.transport import Transport

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:medallion")

Make = Callable[..., Transport]
PERSON = Credentials(PASSWORD, user=USER)


@pytest.fixture
def host(authority: Authority, tmp_path: Path) -> Iterator[TaxiiHost]:
    with taxii_server(authority.context(), tmp_path) as running:
        yield running


def names_in(increment: Increment) -> list[str]:
    bundle: dict[str, Any] = json.loads(increment.bundle.data)
    assert bundle["type"] == "bundle"
    assert bundle["id"].startswith("bundle--")
    return [str(each["name"]) for each in bundle["objects"]]


def readable(taxii: TaxiiServer) -> Collection:
    return next(each for each in taxii.collections() if each.id == READABLE)


def test_discovery_leads_to_every_collection_with_what_this_account_may_do(
    host: TaxiiHost, transport: Make
) -> None:
    found = TaxiiServer(transport(), host.url, PERSON).collections()
    assert [(each.id, each.title, each.can_read, each.can_write) for each in found] == [
        (READABLE, "Everything", True, True),
        (READ_ONLY, "Look, do not touch", True, False),
        (WRITE_ONLY, "Letter box", False, True),
    ]
    assert {each.root.title for each in found} == {"Our team"}
    assert {each.root.most for each in found} == {1_000_000}


@pytest.mark.parametrize(
    "path",
    [
        "/taxii2/",
        "/taxii2",
        "/team/",
        "/team/collections/",
        f"/team/collections/{READABLE}/",
        f"/team/collections/{READABLE}/objects/?limit=1",
    ],
)
def test_any_address_of_a_server_leads_to_its_collections(
    host: TaxiiHost, transport: Make, path: str
) -> None:
    address = host.url.replace("/taxii2/", path)
    found = TaxiiServer(transport(), address, PERSON).collections()
    assert found[0].id == READABLE
    assert found[0].url == host.url.replace("/taxii2/", f"/team/collections/{READABLE}/")
    assert found[0].root.url == host.url.replace("/taxii2/", "/team/")


def test_all_pages_become_one_bundle(host: TaxiiHost, transport: Make) -> None:
    host.add(READABLE, *range(11))
    taxii = TaxiiServer(transport(), host.url, PERSON)
    increment = taxii.objects(readable(taxii))
    assert names_in(increment) == [f"Actor {number}" for number in range(11)]
    assert increment.objects == 11
    assert increment.refused == ()
    assert increment.bundle.name == "Everything.json"
    assert increment.bundle.taken_at == "2026-11-24T09:30:00+00:00"
    pages = [path for _, path, _ in host.asked if "/objects/" in path]
    assert len(pages) == 3


def test_the_next_time_only_what_was_added_since_comes(host: TaxiiHost, transport: Make) -> None:
    host.add(READABLE, *range(6))
    taxii = TaxiiServer(transport(), host.url, PERSON)
    collection = readable(taxii)
    first = taxii.objects(collection)
    assert first.added_after == added(5)
    host.add(READABLE, *range(6, 15))
    second = taxii.objects(collection, first.added_after)
    assert names_in(second) == [f"Actor {number}" for number in range(6, 15)]
    assert second.added_after == added(14)
    third = taxii.objects(collection, second.added_after)
    assert (third.objects, third.added_after) == (0, added(14))
    assert names_in(third) == []


def test_an_object_comes_as_the_server_has_it(host: TaxiiHost, transport: Make) -> None:
    host.add(READABLE, 1)
    taxii = TaxiiServer(transport(), host.url, PERSON)
    bundle = json.loads(taxii.objects(readable(taxii)).bundle.data)
    assert bundle["objects"] == [actor(1)]


def test_every_request_asks_for_taxii_2_1(host: TaxiiHost, transport: Make) -> None:
    host.add(READABLE, *range(6))
    taxii = TaxiiServer(transport(), host.url, PERSON)
    taxii.objects(readable(taxii))
    assert {accept for _, _, accept in host.asked} == {MEDIA_TYPE}


@pytest.mark.parametrize(
    ("credentials", "sentence"),
    [
        (None, "localhost wants to know who asks (401)."),
        (
            Credentials("wrong", user=USER),
            "localhost did not accept the password or token of this source (401).",
        ),
    ],
)
def test_a_server_that_does_not_know_who_asks_is_a_sentence(
    host: TaxiiHost, transport: Make, credentials: Credentials | None, sentence: str
) -> None:
    with pytest.raises(TransportError) as caught:
        TaxiiServer(transport(), host.url, credentials).collections()
    assert caught.value.message == sentence


def test_a_collection_that_this_account_may_not_read_is_a_sentence(
    host: TaxiiHost, transport: Make
) -> None:
    taxii = TaxiiServer(transport(), host.url, PERSON)
    letter_box = taxii.collections()[2]
    with pytest.raises(TransportError) as caught:
        taxii.objects(letter_box)
    assert caught.value.message == "localhost does not let this source have that (403)."
    assert "Forbidden to read collection" in caught.value.detail
