"""The documents of a case: what every row of it rests on, and which rows rest on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing.core.case import Cited, Row
from briefing.core.case_page import CasePage
from briefing.core.dates import short_date
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import open_address
from briefing.ui.views.case_region import CaseRegion, RegionHead
from briefing.ui.widgets.two_line_list import TwoLineItem, TwoLineList


@dataclass(slots=True)
class _Listed:
    """A document and what rests on it."""

    document: Cited
    labels: list[str] = field(default_factory=list)


class DocumentsRegion(CaseRegion):
    """Every document once; a click or Enter opens it."""

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_page``."""
        super().__init__(theme, "none")
        self._addresses: dict[str, str] = {}
        self.head = RegionHead(theme, "Documents", "document", "ink")
        self.list = TwoLineList(theme, "Documents", dense=True, links=True)
        self.list.fit_rows()
        self.body.addWidget(self.head)
        self.body.addWidget(self.list)
        self.list.row_activated.connect(lambda key: open_address(self._addresses[key]))

    def show_page(self, page: CasePage) -> None:
        """List the documents of another incident."""
        listed = list(_documents(page))
        self._addresses = {str(at): one.document.url for at, one in enumerate(listed)}
        self.list.set_items([_item(str(at), one) for at, one in enumerate(listed)])
        repeats = sum(bool(one.document.repeats) for one in listed)
        note = counted(len(listed), "document")
        self.head.show_note(f"{note}, {repeats} of them repeat another" if repeats else note)
        self.setVisible(bool(listed))


def _documents(page: CasePage) -> Iterator[_Listed]:
    """Each document with the labels of the rows that cite it, in the order of the rows."""
    labels = page.case.labels()
    found: dict[str, _Listed] = {}
    for row in page.case.rows():
        for document in row.documents:
            listed = found.setdefault(_same(document), _Listed(document))
            label = labels.get(row.id) or _kind(page, row)
            if label not in listed.labels:
                listed.labels.append(label)
    if page.told is not None:
        for entry in page.told.documents:
            told = Cited(entry.url, entry.title, entry.publisher, entry.published)
            found.setdefault(_same(told), _Listed(told, [entry.rests_on] if entry.rests_on else []))
    yield from found.values()


def _same(document: Cited) -> str:
    return document.url or f"{document.title}\n{document.publisher}\n{document.published}"


def _kind(page: CasePage, row: Row) -> str:
    """What cites a document where its kind of row has no letters or numbers."""
    if row is page.case.incident:
        return "the incident"
    return "an opinion" if row in page.case.opinions else "an assessment"


def _item(key: str, one: _Listed) -> TwoLineItem:
    document = one.document
    repeats = f"repeats {document.repeats}" if document.repeats else ""
    parts = (document.publisher, short_date(document.published), repeats)
    second = " · ".join(part for part in parts if part)
    return TwoLineItem(
        key,
        document.title or document.url,
        second or ("" if document.url else "no address"),
        ", ".join(one.labels),
    )
