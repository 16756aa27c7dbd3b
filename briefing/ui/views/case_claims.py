"""The claims about an incident: who says that whom did it, on what basis, with what motive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QListView, QSizePolicy

from briefing.core.case import Claim
from briefing.core.case_page import CasePage
from briefing.core.wording import counted, listed
from briefing.ui.theme import Theme
from briefing.ui.views.case_claim_cards import claim_card, claims_note
from briefing.ui.views.case_region import (
    CaseRegion,
    Offer,
    RegionHead,
    RowStrip,
    open_documents,
    show_menu,
)
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.cells import KEY_ROLE
from briefing.ui.widgets.claim_card import CARD_ROLE, ClaimCard, ClaimDelegate, spoken
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.tooltip_lines import tooltip_of
from briefing.ui.widgets.two_line_list import TwoLineList

_NOTHING: Final = (
    "Nobody is recorded as saying who did it. A claim is what an attacker, a government, a company,"
    " a journalist or the victim says; it is kept apart from what speaks for or against it."
)
FEW: Final = 8
"""So many claims are shown until all are asked for; a feed may hold hundreds about one incident."""
_HINT: Final = "Choose a claim to see what bears on it."


class ClaimList(TwoLineList):
    """Cards under each other, as high as they all need. Enter opens the documents of a card."""

    left = Signal()
    """Escape was pressed: nothing is to be chosen any more."""

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``set_cards``."""
        super().__init__(theme, "Claims")
        self._cards = QStandardItemModel(self)
        self._pressed = ""
        self._painter = ClaimDelegate(theme, self)
        self._delegate = self._painter
        self.offers: Callable[[str], Sequence[Offer]] = lambda _claim: ()
        self.setItemDelegate(self._painter)
        self.setModel(self._cards)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_cards(self, cards: Iterable[ClaimCard]) -> None:
        """Show other claims."""
        self._painter.forget()
        self._painter.opened = ""
        self._painter.related = frozenset()
        self._cards.clear()
        for card in cards:
            row = QStandardItem(card.title)
            row.setEditable(False)
            row.setData(card.key, KEY_ROLE)
            row.setData(card, CARD_ROLE)
            row.setData(spoken(card), Qt.ItemDataRole.AccessibleTextRole)
            row.setToolTip(tooltip_of(card.hints))
            self._cards.appendRow(row)
        self.updateGeometry()

    def relate(self, claims: frozenset[str]) -> None:
        """Show these claims as those on which the chosen evidence bears."""
        self._painter.related = claims
        self.viewport().update()

    def open_card(self, claim: str) -> None:
        """Show every word of a claim; "" closes all cards."""
        if claim != self._painter.opened:
            self._painter.opened = claim
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def choose(self, claim: str) -> None:
        """Make a claim the chosen one; "" chooses none."""
        if not claim:
            self.clearSelection()
            self.setCurrentIndex(self._cards.index(-1, 0))
            return
        self.select_key(claim)

    def chosen(self) -> str:
        """Id of the chosen claim, or ""."""
        index = self.currentIndex()
        return str(index.data(KEY_ROLE)) if index.isValid() else ""

    def corner(self, claim: str) -> QPoint:
        """Where a menu about a claim opens, in global coordinates."""
        for row in range(self._cards.rowCount()):
            index = self._cards.index(row, 0)
            if index.data(KEY_ROLE) == claim:
                return self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        return self.mapToGlobal(QPoint())

    def _on_documents(self, position: QPointF) -> str:
        """The claim whose documents are at a place, or ""."""
        index = self.indexAt(position.toPoint())
        if not index.isValid():
            return ""
        card: ClaimCard = index.data(CARD_ROLE)
        rect = self.visualRect(index).toRectF()
        return card.key if self._painter.documents_rect(card, rect).contains(position) else ""

    def _on_theme_changed(self) -> None:
        self._painter.forget()
        super()._on_theme_changed()

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All cards at this width."""
        rows = range(self._cards.rowCount())
        cards = (self._cards.index(row, 0).data(CARD_ROLE) for row in rows)
        return sum(self._painter.height(card, width) for card in cards)

    def sizeHint(self) -> QSize:
        """All cards at a comfortable width."""
        width = max(self.width(), self._theme.px(240))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow; no card is cut."""
        return QSize(self._theme.px(200), self.heightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape chooses nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what opens."""
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand if self._on_documents(event.position()) else arrow)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note what is pressed: a card that opens takes its documents from under the pointer."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self._on_documents(event.position()) if is_left else ""
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the documents that were clicked."""
        super().mouseReleaseEvent(event)
        claim, self._pressed = self._pressed, ""
        if claim and self.viewport().rect().contains(event.position().toPoint()):
            self.row_activated.emit(claim)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a claim, also with the menu key."""
        offers = self.offers(self.chosen())
        if offers:
            show_menu(self, event.globalPos(), offers)


class ClaimsRegion(CaseRegion):
    """The left side of the page, behind the ochre edge."""

    chosen = Signal(str)
    """Id of the claim that was chosen, or ""."""
    add_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_page``."""
        super().__init__(theme, "claim")
        self._page: CasePage | None = None
        self.offers: Callable[[Claim], Sequence[Offer]] = lambda _claim: ()
        """What can be done with a claim besides opening its documents."""
        self.head = RegionHead(theme, "Claims", "quote", "claim")
        self._nothing = WrappedLabel(theme, _NOTHING, "table", "ink_3")
        self.list = ClaimList(theme)
        self.list.offers = self._offers
        self.strip = RowStrip(theme, self.list)
        self.more = LinkButton(theme, "", "key")
        self._all = False
        for widget in (self.head, self._nothing, self.strip, self.list, self.more):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.head.link_activated.connect(self.add_asked)
        self.list.row_changed.connect(self.chosen)
        self.list.row_activated.connect(self._open_documents)
        self.list.left.connect(lambda: self.chosen.emit(""))
        self.more.clicked.connect(self._on_more_clicked)

    def show_page(self, page: CasePage) -> None:
        """Show the claims of another incident, or the same ones after a change."""
        if self._page is None or self._page.case.incident.id != page.case.incident.id:
            self._all = False
        self._page = page
        claims = page.case.claims
        self._fill()
        self.list.setVisible(bool(claims))
        self._nothing.setVisible(not claims)
        self.head.show_note(claims_note(claims))
        self.show_chosen("")

    def choose(self, claim: str) -> None:
        """Make a claim the chosen one, whether it is shown yet or not."""
        if not self._all and claim in [one.id for one in self._hidden()]:
            self._on_more_clicked()
        self.list.choose(claim)

    def show_chosen(self, claim: str, bearing: Sequence[str] = ()) -> None:
        """Say what bears on the chosen claim; "" chooses none.

        Args:
            claim: Id of the claim.
            bearing: Labels of the evidence that bears on it.
        """
        if not claim:
            self.list.choose("")
        self.list.open_card(claim)
        if self._page is None or not claim:
            case = self._page.case if self._page is not None else None
            both = case is not None and bool(case.claims and case.evidence)
            self.strip.show_offers(_HINT if both else "", ())
            return
        letter = self._page.case.labels()[claim]
        number = listed(bearing) if bearing else "No evidence"
        words = f"{number} bear{'s' if len(bearing) < 2 else ''} on claim {letter}."
        self.strip.show_offers(words, self._offers(claim))

    def _fill(self) -> None:
        if self._page is None:
            return
        page, case = self._page, self._page.case
        labels, origins = case.labels(), case.origins()
        hidden = 0 if self._all else len(self._hidden())
        shown = case.claims[: len(case.claims) - hidden]
        self.list.set_cards(claim_card(page, claim, labels, origins) for claim in shown)
        self.more.setText(f"Show all {len(case.claims):,} claims")
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(bool(hidden))

    def _hidden(self) -> Sequence[Claim]:
        """What is left out until all are asked for; never one alone."""
        claims = self._page.case.claims if self._page is not None else ()
        return claims[FEW:] if len(claims) > FEW + 1 else ()

    def _on_more_clicked(self) -> None:
        chosen = self.list.chosen()
        self._all = True
        self._fill()
        self.list.choose(chosen)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _claim(self, claim: str) -> Claim | None:
        rows = self._page.case.claims if self._page is not None else ()
        return next((row for row in rows if row.id == claim), None)

    def _offers(self, claim: str) -> list[Offer]:
        row = self._claim(claim)
        if row is None:
            return []
        documents: list[Offer] = []
        if row.documents:
            label = counted(len(row.documents), "document")
            documents.append((f"Open {label}", lambda: self._open_documents(claim)))
        return [*documents, *self.offers(row)]

    def _open_documents(self, claim: str) -> None:
        row = self._claim(claim)
        if row is not None:
            open_documents(self, self.list.corner(claim), row.documents)
