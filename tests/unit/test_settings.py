"""What is remembered about a person's ways survives everything but their wish."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.settings import THEMES, Settings, SettingsFile, load_settings, save_settings

WORDS = st.text(max_size=20)
ANY_SETTINGS = st.builds(
    Settings,
    theme=st.sampled_from(THEMES),
    text_size=st.integers(100, 200),
    geometry=WORDS,
    client=WORDS,
    analyst=WORDS,
    remembered=st.dictionaries(WORDS, WORDS, max_size=4),
)


@given(ANY_SETTINGS)
def test_settings_come_back_as_they_were_saved(settings: Settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "person" / "settings.json"
        save_settings(settings, path)
        assert load_settings(path) == (settings, "")
        assert [found.name for found in path.parent.iterdir()] == ["settings.json"]


def test_without_a_file_there_are_defaults_and_no_warning(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == (Settings(), "")


@given(st.binary(max_size=60))
@example(b"[" * 200_000)
@example(b"null")
@example(b'{"text_size": NaN}')
def test_no_content_of_the_file_stops_the_program_and_none_is_lost(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.json"
        path.write_bytes(content)
        settings, warning = load_settings(path)
        assert settings == Settings() or not warning
        assert [found.read_bytes() for found in path.parent.iterdir()] == [content]
        assert path.exists() == (not warning)


def test_what_is_right_in_a_broken_file_is_taken_and_the_reason_is_said(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "pink", "text_size": true, "client": "harbour", "new": 1}')
    settings, warning = load_settings(path)
    assert settings == Settings(client="harbour")
    assert "“theme” has a value it cannot have" in warning
    assert "“text_size” has a value it cannot have" in warning
    assert warning.endswith("settings.broken-1.json.")


def test_a_second_broken_file_does_not_replace_the_first(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for content in ("first", "second"):
        path.write_text(content)
        load_settings(path)
    kept = {found.name: found.read_text() for found in tmp_path.iterdir()}
    assert kept == {"settings.broken-1.json": "first", "settings.broken-2.json": "second"}


def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    settings, warning = load_settings(tmp_path / "settings.json")
    assert settings == Settings()
    assert warning.startswith("The settings in ")


def test_a_failed_save_leaves_no_half_file_behind(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    with pytest.raises(OSError, match=r"."):
        save_settings(Settings(), path)
    assert list(tmp_path.iterdir()) == [path]


def test_kept_settings_hold_at_once_and_next_time(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    file = SettingsFile(path)
    file.keep(replace(file.settings, theme="dark"))
    assert file.settings.theme == "dark"
    assert SettingsFile(path).settings == Settings(theme="dark")


def test_views_remember_under_keys_of_their_own_and_forget_what_is_empty() -> None:
    settings = Settings().remember("actors.widths", "80,40").remember("map.filter", "RU")
    assert settings.remembered == {"actors.widths": "80,40", "map.filter": "RU"}
    assert settings.remember("map.filter", "").remembered == {"actors.widths": "80,40"}
