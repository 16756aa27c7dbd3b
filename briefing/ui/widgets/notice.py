"""One widget for what a person must be told: nothing found, an error, a warning, a remark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from briefing.ui.icons import IconName
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.buttons import Button
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import Card, EdgeFrame
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import WrappedLabel

NoticeKind = Literal["empty", "error", "warning", "info"]
_ICONS: dict[NoticeKind, tuple[IconName, Colour, int, Role]] = {
    "empty": ("filter", "ink_3", 20, "heading"),
    "error": ("error", "error", 16, "heading"),
    "warning": ("warning", "claim", 14, "table"),
    "info": ("info", "ink_2", 14, "table"),
}


class NoticeAction(NamedTuple):
    """What a person can do about it: the words, what happens, an icon before the words."""

    label: str
    callback: Callable[[], object]
    icon: IconName | None = None


class Notice(QWidget):
    """Says what is the matter and, with ``actions``, what to do next.

    Empty and error are panels with a title and a text; warning and info are one paragraph that
    begins with the title, behind an edge.
    """

    def __init__(
        self,
        theme: Theme,
        kind: NoticeKind,
        title: str,
        text: str = "",
        actions: Sequence[NoticeAction | tuple[str, Callable[[], object]]] = (),
        *,
        icon_name: IconName | None = None,
    ) -> None:
        """``icon_name`` replaces the icon of the kind (a search that found nothing, say)."""
        super().__init__()
        self._theme = theme
        self._kind: NoticeKind = kind
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        outer.addWidget(self._frame())
        name, colour, size, line = _ICONS[kind]
        icon = IconLabel(theme, icon_name or name, size, colour, line)
        self._grid.addWidget(icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(1, 1)
        self._title, self._text = self._words()
        for row, label in enumerate(dict.fromkeys((self._title, self._text))):
            self._grid.addWidget(label, row, 1)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons)
        for action in map(NoticeAction._make, map(_padded, actions)):
            button = Button(theme, action.label, "normal", action.icon)
            button.clicked.connect(lambda _=False, run=action.callback: run())
            self._flow.addWidget(button)
        # Into the notice first: shown without a parent it would be a window of its own.
        self._grid.addWidget(self._buttons, 2, 1)
        self._buttons.setVisible(bool(actions))
        self.set_words(title, text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_words(self, title: str, text: str = "") -> None:
        """Change what it says."""
        if self._title is self._text:
            self._text.set_lead(title)
        else:
            self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text) or self._title is self._text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def _words(self) -> tuple[WrappedLabel, WrappedLabel]:
        if self._kind in ("warning", "info"):
            both = WrappedLabel(self._theme, "", "table", "ink")
            return both, both
        colour: Colour = "ink" if self._kind == "error" else "ink_2"
        return (
            WrappedLabel(self._theme, "", "heading", "ink"),
            WrappedLabel(self._theme, "", "table", colour),
        )

    def _frame(self) -> QFrame:
        frame: Card | EdgeFrame
        if self._kind == "warning":
            frame = EdgeFrame(self._theme, "warning")
        elif self._kind == "info":
            frame = EdgeFrame(self._theme, "info")
        else:
            frame = Card(self._theme)
            frame.setProperty("look", "error" if self._kind == "error" else "card")
        frame.body.addLayout(self._grid)
        return frame

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(8 if self._title is self._text else 12))
        self._grid.setVerticalSpacing(px(2))
        self._flow.set_spacing(px(8))
        self._flow.setContentsMargins(0, px(6), 0, px(2))


def _padded(
    action: NoticeAction | tuple[str, Callable[[], object]],
) -> tuple[str, Callable[[], object], IconName | None]:
    icon = action[2] if isinstance(action, NoticeAction) else None
    return action[0], action[1], icon
