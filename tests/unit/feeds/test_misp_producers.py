"""Who coins names: the table that the program brings along."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
import shared_data
from galaxy_samples import UUID

from briefing.core.errors import BriefingError
from briefing.feeds.misp_producers import parse_producers, read_producers
from briefing.paths import data_folder

CROW = f'[[producer]]\nuuid = "{UUID.format(1)}"\nname = "Crow"\n'


def test_the_bundled_table_leads_from_each_uuid_to_one_name() -> None:
    found = read_producers(data_folder() / "vocabulary")
    assert found["d0c33595-b684-45ef-91c3-e2f5ce1a8191"] == "Microsoft"
    assert len(found) == len(set(found.values())) > 30


@shared_data.needs_shared_data
def test_the_bundled_table_says_what_misps_own_list_says() -> None:
    clusters = orjson.loads(shared_data.read("misp-galaxy/producer.json"))["values"]
    theirs = {cluster["uuid"]: cluster["value"] for cluster in clusters}
    ours = read_producers(data_folder() / "vocabulary")
    assert {uuid: theirs[uuid] for uuid in ours} == ours


def test_a_uuid_in_capitals_is_the_same_producer() -> None:
    written = CROW.replace(UUID.format(1), "ABCDEF00-0000-4000-8000-000000000001")
    assert parse_producers(written.encode()) == {"abcdef00-0000-4000-8000-000000000001": "Crow"}


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "has no entry 'producer'"),
        ('[[producer]]\nname = "Crow"', "has no entry 'uuid'"),
        ("producer = [1]", "cannot be used"),
        ("producer = [", "cannot be used"),
        ('[producer]\nuuid = "x"', "cannot be used"),
        ('[[producer]]\nuuid = "x"\nname = "Crow"', "each producer needs a UUID"),
        (CROW.replace('"Crow"', '" "'), "each producer needs a UUID"),
        (CROW + CROW, "each producer needs a UUID"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(BriefingError, match=sentence):
        parse_producers(written.encode())


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match="cannot be read"):
        read_producers(tmp_path)
