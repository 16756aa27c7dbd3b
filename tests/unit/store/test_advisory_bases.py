"""What stands behind what advisories name, and what CISA's list says of its entries."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from advisory_samples import HERON_NEWS, NEW_CVE, OLD_CVE, PUMPS, database

from briefing.store.advisory_bases import mention_bases, products_of, required_actions
from briefing.store.connection import open_reader


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return database(tmp_path_factory.mktemp("advisories") / "knowledge.db")


def test_an_advisory_names_by_statements(path: Path) -> None:
    with closing(open_reader(path)) as reader:
        found = mention_bases(reader, [PUMPS, HERON_NEWS, "advisory--none"])
    assert set(found) == {PUMPS, HERON_NEWS}
    # Two flaws as stated, and a technique in the text of the summary.
    assert len(found[PUMPS].statements) == 3
    assert found[PUMPS].sources == ()


def test_an_entry_of_the_list_tells_its_product_and_what_to_do(path: Path) -> None:
    with closing(open_reader(path)) as reader:
        assert products_of(reader, [OLD_CVE, "CVE-2000-1"]) == {OLD_CVE: ("pumpworks:controller",)}
        assert required_actions(reader, [NEW_CVE]) == {NEW_CVE: "Install the update."}
