"""What the pages of an advisory and of a vulnerability are put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from briefing.core.actor import SourceEntry
from briefing.core.advisory import Deadline, deadline
from briefing.core.brief import Span
from briefing.core.tlp import Tlp
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.shown import date_words
from briefing.ui.widgets.badges import TlpBadge
from briefing.ui.widgets.buttons import Button, IconButton
from briefing.ui.widgets.chips import Chip, ChipKind
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.source_list import SourceItem, SourceList

CISA_DATE: Final = (
    "KEV: CISA’s list of vulnerabilities known to be exploited. The date is its deadline for US"
    " federal agencies."
)
_SPACING = 4
_NOT_DATED = "not dated"


class Stack(QWidget):
    """A heading and what belongs to it, or several of those, from top to bottom."""

    def __init__(self, theme: Theme, *widgets: QWidget, spacing: int = _SPACING) -> None:
        """``spacing`` is in pixels at 100 %."""
        super().__init__()
        self._theme = theme
        self._spacing = spacing
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self._box.addWidget(widget)
        self._box.addStretch(1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(self._spacing))


class PageHead(QWidget):
    """A title that may take several lines, chips and a level under it; buttons at the right."""

    def __init__(self, theme: Theme, name: str, buttons: Sequence[Button]) -> None:
        """``name`` is what the page is about, for the menu ("advisory")."""
        super().__init__()
        self._theme = theme
        self._url = ""
        self._title = WrappedLabel(theme, "", "title")
        self._subtitle = WrappedLabel(theme, "", "body", "ink_2")
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        titles = Stack(theme, self._title, self._subtitle, self._chips, spacing=6)
        more = IconButton(theme, "more", f"More about this {name}")
        menu = QMenu(more)
        self._actions = (
            menu.addAction(f"Copy link to {name}", self._copy_link),
            menu.addAction("Open in browser", self._open_page),
        )
        more.setMenu(menu)
        holder = QWidget()
        self._row = QHBoxLayout()
        for button in (*buttons, more):
            self._row.addWidget(button)
        top = QVBoxLayout(holder)
        top.setContentsMargins(0, 0, 0, 0)
        top.addLayout(self._row)
        top.addStretch(1)
        beside = Arrangement(620 if buttons else 240, (((0, 1), (1, NATURAL)),))
        under = Arrangement(0, (((0, 1),), ((1, NATURAL),)))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Columns(theme, (titles, holder), (beside, under), 16, 8))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_head(
        self,
        title: str,
        subtitle: str,
        chips: Iterable[tuple[str, ChipKind, str]],
        tlp: Tlp,
        url: str,
    ) -> None:
        """Name another thing.

        Args:
            title: Its title.
            subtitle: A line under it, or "".
            chips: Words, look and explanation of each.
            tlp: Its level.
            url: Where it can be read, or "".
        """
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self._flow.clear()
        self._flow.addWidget(TlpBadge(self._theme, tlp))
        for words, look, explanation in chips:
            chip = Chip(self._theme, words, look)
            chip.setToolTip(explanation)
            self._flow.addWidget(chip)
        self._url = url
        for action in self._actions:
            action.setEnabled(bool(url))
        self._on_theme_changed()

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(self._url)

    def _open_page(self) -> None:
        open_address(self._url)

    def _on_theme_changed(self) -> None:
        self._flow.set_spacing(self._theme.px(8))
        self._row.setSpacing(self._theme.px(8))
        self.updateGeometry()


class Passage(Stack):
    """Text under a heading; of a long one the beginning, until all of it is asked for."""

    def __init__(self, theme: Theme, title: str, few: int, empty: str = "") -> None:
        """``few`` is how many characters are shown at first; ``empty`` stands where there are none.

        Without ``empty`` a passage without text is not there at all.
        """
        self.header = SectionHeader(theme, title)
        self._words = Prose(theme, "body", "ink")
        self._nothing = WrappedLabel(theme, empty, "table", "ink_3")
        self._few = few
        self._paragraphs: tuple[str, ...] = ()
        self._whole = False
        super().__init__(theme, self.header, self._words, self._nothing)
        self.header.link_activated.connect(self._on_header_link_activated)

    def set_empty(self, words: str) -> None:
        """What stands where there is no text; "" takes the passage away then."""
        self._nothing.setText(words)

    def show_text(self, texts: Iterable[str]) -> None:
        """Show another text."""
        lines = (line.strip() for text in texts for line in text.split("\n"))
        self._paragraphs = tuple(line for line in lines if line)
        self._whole = False
        self._fill()
        self._words.setVisible(bool(self._paragraphs))
        self._nothing.setVisible(not self._paragraphs)
        self.setVisible(bool(self._paragraphs or self._nothing.text()))

    def _fill(self) -> None:
        shown = self._paragraphs if self._whole else _beginning(self._paragraphs, self._few)
        self._words.set_paragraphs([(Span(text),) for text in shown])
        is_cut = self._whole or shown != self._paragraphs
        self.header.set_link("" if not is_cut else "Less" if self._whole else "All of it")

    def _on_header_link_activated(self) -> None:
        self._whole = not self._whole
        self._fill()


class Sources(Stack):
    """Where all that comes from, with its grades; a click on a title opens the browser."""

    address_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """No sources yet."""
        self.header = SectionHeader(theme, "Source", "grades on the two Admiralty scales")
        self.list = SourceList(theme, "Sources")
        super().__init__(theme, self.header, self.list)
        self.list.address_requested.connect(open_address)

    def show_sources(self, entries: Sequence[SourceEntry]) -> None:
        """Show other sources."""
        self.header.set_title("Source" if len(entries) == 1 else "Sources")
        self.list.set_sources([_item(n, entry) for n, entry in enumerate(entries, start=1)])


def due_words(due: str, today: date) -> str:
    """A due date as it stands today: ``overdue since 15 Sep 2025``, ``due 1 Dec 2025``, ""."""
    state = deadline(due, today)
    if state is Deadline.NONE:
        return ""
    return f"{'overdue since' if state is Deadline.OVERDUE else 'due'} {date_words(due)}"


def open_address(address: str) -> None:
    """Open a web address in the browser; anything that is not one is left alone."""
    url = QUrl(address)
    if url.scheme() in ("https", "http"):
        QDesktopServices.openUrl(url)


def _beginning(paragraphs: tuple[str, ...], few: int) -> tuple[str, ...]:
    """The first paragraphs up to about so many characters, cut at a word."""
    shown: list[str] = []
    room = few
    for text in paragraphs:
        if room <= 0:
            break
        shown.append(text if len(text) <= room + few // 4 else _cut(text, room))
        room -= len(text)
    return tuple(shown)


def _cut(text: str, room: int) -> str:
    return text[: max(room, 1)].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _item(number: int, entry: SourceEntry) -> SourceItem:
    taken = "taken " if entry.catalogue else ""
    parts = (
        f"{taken}{date_words(entry.published)}" if entry.published else _NOT_DATED,
        f"version {entry.version}" if entry.version else "",
        f"{counted(entry.statements, 'statement')} here" if entry.statements else "",
        entry.publisher,
    )
    return SourceItem(
        key=entry.key,
        number=number,
        grade=entry.grade,
        title=entry.title or entry.url or "No title",
        address=entry.url,
        note=" · ".join(part for part in parts if part),
    )
