"""Deadlines and the reasons for links."""

from __future__ import annotations

from datetime import date

from briefing.core.advisory import (
    Advisory,
    AdvisoryRow,
    Deadline,
    Link,
    LinkBasis,
    deadline,
)
from briefing.core.tlp import Tlp

ROW = AdvisoryRow(
    *("advisory--1", "advisory", "", "Title", "", "news", "", "", "", (), (), (), (), "", ()),
    *(0, 0, "key"),
)


def test_a_due_date_has_passed_only_after_its_day() -> None:
    today = date(2025, 9, 15)
    assert deadline("2025-09-15", today) is Deadline.DUE
    assert deadline("2025-09-14", today) is Deadline.OVERDUE
    assert deadline("", today) is Deadline.NONE


def test_every_reason_for_a_link_has_words() -> None:
    assert [basis.words for basis in LinkBasis] == [
        "stated by the source",
        "MITRE ATT&CK cites it for this",
        "its id stands in the text",
        "named in the title",
        "named in a tag",
        "our reading of what it describes",
    ]


def test_links_are_told_apart_by_what_they_lead_to() -> None:
    actor, program = (
        Link(kind, kind, kind, "", LinkBasis.TITLE, kind) for kind in ("actor", "software")
    )
    found = Advisory(ROW, Tlp.CLEAR, (), (), (), (), (), (), (actor, program), (), (), (), ())
    assert found.linked("actor") == (actor,)
    assert found.linked("technique") == ()
