"""The published backtest reproduced, and files that are none refused in a sentence."""

from __future__ import annotations

import copy
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shared_data import FOLDER, needs_shared_data

from briefing.core.errors import BriefingError
from briefing.services import backtest_relevance as service
from briefing.services.backtest_relevance import backtest_relevance

SMALL: dict[str, Any] = {
    "actors": {"bear": "Bear", "panda": "Panda"},
    "subregions": {"US": "Northern America", "CA": "Northern America"},
    "history": [
        {
            "id": 1,
            "date": "2019-01-01",
            "actors": ["bear"],
            "countries": {"US": ["water"]},
            "sectors": ["water"],
            "initiator_countries": ["RU"],
        }
    ],
    "cases": [
        {
            "incident": 2,
            "date": "2020-01-01",
            "true_actor": "bear",
            "countries": {"US": ["water"]},
            "sponsors": {"bear": "RU"},
        }
    ],
}


def written(path: Path, data: Any) -> Path:
    path.write_bytes(gzip.compress(json.dumps(data).encode()))
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cases.json.gz"


@needs_shared_data
def test_the_published_figures_are_reproduced_to_the_third_digit() -> None:
    found = backtest_relevance(FOLDER / "relevance-backtest.json.gz")
    assert found.cases == 43
    assert {cut: round(share, 3) for cut, share in found.formula.recall.items()} == {
        5: 0.306,
        10: 0.415,
        20: 0.465,
    }
    assert round(found.formula.mrr, 3) == 0.229
    assert {cut: round(share, 3) for cut, share in found.popularity.recall.items()} == {
        5: 0.116,
        10: 0.264,
        20: 0.357,
    }
    assert round(found.popularity.mrr, 3) == 0.12


def test_a_plain_file_is_read_as_a_packed_one_is(file: Path, tmp_path: Path) -> None:
    plain = tmp_path / "cases.json"
    plain.write_text(json.dumps(SMALL), encoding="utf-8")
    assert backtest_relevance(plain) == backtest_relevance(written(file, SMALL))
    assert backtest_relevance(plain).formula.mrr == 1


def _change(*way: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for step in way[:-1]:
            place = place[step]
        place[way[-1]] = to

    return change


def _drop(*way: str | int) -> Callable[[dict[str, Any]], None]:
    def drop(data: dict[str, Any]) -> None:
        place: Any = data
        for step in way[:-1]:
            place = place[step]
        del place[way[-1]]

    return drop


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (_drop("actors"), "the file lacks “actors”."),
        (_drop("cases", 0, "sponsors"), "entry 1 of “cases” in the file lacks “sponsors”."),
        (_change("history", to={}), "“history” in the file is no list."),
        (_change("actors", to=["bear"]), "“actors” in the file is no object."),
        (_change("cases", to=[]), "“cases” in the file is empty, so there is nothing to measure."),
        (_change("cases", 0, to="x"), "entry 1 of “cases” in the file is no object."),
        (
            _change("history", 0, "date", to="2019-13-01"),
            "“date” in entry 1 of “history” in the file is no day such as 2020-05-31.",
        ),
        (
            _change("history", 0, "date", to=20190101),
            "“date” in entry 1 of “history” in the file is no text.",
        ),
        (
            _change("history", 0, "actors", to="bear"),
            "“actors” in entry 1 of “history” in the file is no list.",
        ),
        (
            _change("history", 0, "id", to=True),
            "“id” in entry 1 of “history” in the file is no id.",
        ),
        (
            _change("cases", 0, "true_actor", to="kitten"),
            "“true_actor” in entry 1 of “cases” in the file is none of the file’s actors.",
        ),
        (
            _change("cases", 0, "countries", to={}),
            "“countries” in entry 1 of “cases” in the file is empty, so there is nothing to rank.",
        ),
        (
            _change("subregions", "US", to=21),
            "“US” in “subregions” in the file is no text.",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused_with_the_place(
    file: Path, harm: Callable[[dict[str, Any]], None], sentence: str
) -> None:
    data = copy.deepcopy(SMALL)
    harm(data)
    with pytest.raises(BriefingError) as refused:
        backtest_relevance(written(file, data))
    assert (
        refused.value.message == f"{file} is no file of cases for measuring relevance: {sentence}"
    )


def test_a_file_that_breaks_off_is_refused(file: Path) -> None:
    file.write_bytes(gzip.compress(json.dumps(SMALL).encode())[:-12])
    with pytest.raises(BriefingError, match="breaks off before its end"):
        backtest_relevance(file)


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"[" * 100_000, b'{"actors": NaN}', b"[1, 2"])
def test_what_is_no_json_is_refused(file: Path, data: bytes) -> None:
    file.write_bytes(gzip.compress(data))
    with pytest.raises(BriefingError):
        backtest_relevance(file)


def test_a_file_that_unpacks_to_too_much_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.feeds.unpack.MOST_BYTES", 1_000_000)
    file.write_bytes(gzip.compress(b" " * 50_000_000))
    with pytest.raises(BriefingError, match="larger than 0 MiB"):
        backtest_relevance(file)


def test_an_archive_of_several_files_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cases.zip"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("a.json", "b.json"):
            archive.writestr(name, json.dumps(SMALL))
    file.write_bytes(packed.getvalue())
    with pytest.raises(BriefingError, match="holds more files than one"):
        backtest_relevance(file)


def test_a_large_file_is_not_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.services.case_file.LARGEST_FILE", 10)
    with pytest.raises(BriefingError, match="larger than"):
        backtest_relevance(written(file, SMALL))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match="cannot be read"):
        backtest_relevance(tmp_path / "nowhere.json.gz")
    with pytest.raises(BriefingError, match="cannot be read"):
        backtest_relevance(tmp_path)


def test_what_would_take_hours_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_WORK", 3)
    with pytest.raises(BriefingError, match="would take too long"):
        backtest_relevance(written(file, SMALL))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted(SMALL["history"][0])), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(SMALL)), json_values)
def test_whatever_stands_in_a_file_it_is_measured_or_refused(
    file: Path, key: str, value: Any
) -> None:
    refused = ""
    try:
        cases = backtest_relevance(written(file, {**SMALL, key: value})).cases
    except BriefingError as error:
        cases, refused = 0, str(error)
    assert cases or refused.startswith(str(file))
