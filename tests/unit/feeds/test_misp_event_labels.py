"""Who may see what a MISP event says: its TLP tags, those of its attributes, and its source."""

from __future__ import annotations

import pytest
from misp_samples import attribute, event, read_events, said

REPORT = "https://www.example.org/2024/05/fox-report"


def labels(*tags: str, events: str = "RED") -> set[str]:
    changes = read_events(
        event(1, attribute("link", REPORT, "External analysis"), tags=tags), events=events
    )
    return {s.tlp for record in changes.records for s in record.statements}


@pytest.mark.parametrize(
    ("tags", "label"),
    [
        (["tlp:white"], "CLEAR"),
        (["tlp:clear"], "CLEAR"),
        (["TLP:GREEN"], "GREEN"),
        (["tlp:amber"], "AMBER"),
        (["tlp:amber+strict"], "AMBER+STRICT"),
        (["tlp:red"], "RED"),
        (["tlp:green", "tlp:amber", "tlp:white"], "AMBER"),
        (["tlp:ex:chr"], "RED"),
        (["type:OSINT"], ""),
        ([], ""),
    ],
)
def test_the_highest_label_of_an_event_stands_on_every_statement(
    tags: list[str], label: str
) -> None:
    assert labels(*tags) == {label}
    assert labels(*tags, events="CLEAR") == {label}


def test_what_an_attribute_marks_more_narrowly_is_said_under_its_own_label() -> None:
    found = event(
        1,
        attribute("vulnerability", "CVE-2024-1111", tags=["tlp:red"]),
        attribute("vulnerability", "CVE-2024-2222", tags=["tlp:white"]),
        attribute("vulnerability", "CVE-2024-3333", tags=["tlp:red"]),
        attribute("vulnerability", "CVE-2024-3333"),
        tags=["tlp:green"],
    )
    changes = read_events(found)
    assert {s.subject: s.tlp for s in said(changes, "mentioned-in")} == {
        "CVE-2024-1111": "RED",
        "CVE-2024-2222": "GREEN",
        "CVE-2024-3333": "GREEN",
    }
    assert said(changes, "named")[0].tlp == "GREEN"


@pytest.mark.parametrize(("default", "label"), [("CLEAR", "GREEN"), ("RED", "RED")])
def test_an_attribute_of_an_event_without_a_label_is_no_wider_than_the_source(
    default: str, label: str
) -> None:
    marked = event(1, attribute("vulnerability", "CVE-2024-1111", tags=["tlp:green"]))
    changes = read_events(marked, events=default)
    assert said(changes, "mentioned-in")[0].tlp == label
