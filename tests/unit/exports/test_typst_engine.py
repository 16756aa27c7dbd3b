"""Typst's own complaints, as sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.core.brief import Brief
from briefing.core.dates import moment
from briefing.core.errors import BriefingError
from briefing.exports import typst_engine
from briefing.exports.typst_data import typst_data
from briefing.exports.typst_engine import engine, template


def test_a_glyph_that_only_typst_misses_is_named(sample: Brief) -> None:
    data = typst_data(sample).replace("Armageddon", "熊")
    with pytest.raises(BriefingError, match="cannot print “熊”") as caught:
        engine().pdf(data, moment("2026"))
    assert caught.value.remedy


@pytest.mark.parametrize("data", ["{}", "not JSON"])
def test_input_that_cannot_be_set_is_a_sentence(data: str) -> None:
    with pytest.raises(BriefingError, match="could not be set"):
        engine().pdf(data, moment("2026"))
    with pytest.raises(BriefingError, match="could not be set"):
        engine().query(data, "where")


def test_after_a_fault_the_next_document_is_set(sample: Brief) -> None:
    with pytest.raises(BriefingError):
        engine().png("{}", 50)
    assert engine().png(typst_data(sample, picture=True), 50)


def test_a_missing_template_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(typst_engine, "resources_folder", lambda: tmp_path)
    with pytest.raises(BriefingError, match="template of the documents cannot be read"):
        template()


def test_the_template_reads_and_imports_nothing() -> None:
    source = template().decode("utf-8")
    for function in ("#import", "#include", "eval(", "read(", "plugin(", "csv(", "toml("):
        assert function not in source
    assert source.count("sys.inputs") == 1
