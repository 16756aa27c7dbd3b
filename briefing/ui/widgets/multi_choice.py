"""Several entries of one list: a chip for each, and a list with a search field to add another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.chips import Chip, ChipKind
from briefing.ui.widgets.filter_popup import FilterPopup
from briefing.ui.widgets.flow_layout import FlowLayout

_GAP = 6


class ChipFlow(QWidget):
    """Chips that can be removed, line after line, with a widget of one's own after the last."""

    removed = Signal(str)
    """The code of the chip that was removed; its owner then shows the others."""

    def __init__(self, theme: Theme, last: QWidget | None = None) -> None:
        """``last`` stands behind the chips and has the keyboard when no chip is left."""
        super().__init__()
        self._theme = theme
        self._last = last
        self._chips: dict[str, Chip] = {}
        self._flow = FlowLayout(self)
        if last is not None:
            self._flow.addWidget(last)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab is to stop, in the order of the eye."""
        return (*self._chips.values(), *((self._last,) if self._last is not None else ()))

    def show_chips(self, labels: Mapping[str, str], warned: frozenset[str] = frozenset()) -> None:
        """Show a chip for each code; those that are ``warned`` of are ochre."""
        for code in [code for code in self._chips if code not in labels]:
            self._drop(code)
        for code, label in labels.items():
            kind: ChipKind = "contested" if code in warned else "tint"
            if code not in self._chips:
                self._add(code, label)
            self._chips[code].set_text(label, kind)
        self.setVisible(bool(self._chips) or self._last is not None)
        self.updateGeometry()

    def _add(self, code: str, label: str) -> None:
        chip = Chip(self._theme, label, "tint", removable=True)
        chip.removed.connect(lambda: self._on_chip_removed(code))
        self._chips[code] = chip
        if self._last is not None:
            self._flow.removeWidget(self._last)
        self._flow.addWidget(chip)
        if self._last is not None:
            self._flow.addWidget(self._last)

    def _drop(self, code: str) -> None:
        chip = self._chips.pop(code)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _on_chip_removed(self, code: str) -> None:
        codes = list(self._chips)
        at = codes.index(code)
        rest = codes[at + 1 :] or codes[:at][-1:]
        next_stop = self._chips[rest[0]] if rest else self._last
        if next_stop is not None and self._chips[code].hasFocus():
            next_stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.removed.emit(code)

    def _on_theme_changed(self) -> None:
        self._flow.set_spacing(self._theme.px(_GAP))


class MultiChoice(QWidget):
    """Any number of a list's entries, in the order in which they were chosen."""

    changed = Signal()
    """A person has added or removed one."""

    def __init__(self, theme: Theme, name: str, add: str) -> None:
        """Nothing is chosen.

        Args:
            theme: Looks.
            name: What is chosen, for screen readers ("Sectors").
            add: The words on the button ("Add a sector").
        """
        super().__init__()
        self._theme = theme
        self._name = name
        self._labels: dict[str, str] = {}
        self._chip_labels: dict[str, str] = {}
        self._codes: list[str] = []
        self.add = normal_button(theme, add, "plus")
        self._popup = FilterPopup(theme, name, self)
        self._chips = ChipFlow(theme, self.add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._chips)
        self.add.clicked.connect(self.open)
        self._popup.chosen.connect(self._on_popup_chosen)
        self._chips.removed.connect(self._on_chip_removed)
        self._show()

    @property
    def codes(self) -> tuple[str, ...]:
        """What is chosen."""
        return tuple(self._codes)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab is to stop, in the order of the eye."""
        return self._chips.stops

    def set_options(
        self, options: Sequence[tuple[str, str]], chips: Mapping[str, str] | None = None
    ) -> None:
        """What can be chosen: code and label; ``chips`` are shorter labels for what is chosen."""
        self._labels = dict(options)
        self._chip_labels = dict(chips or {})
        self._show()

    def set_codes(self, codes: Sequence[str]) -> None:
        """Choose without asking; ``changed`` is emitted only when a person chooses."""
        self._codes = list(dict.fromkeys(codes))
        self._show()

    def open(self) -> None:
        """Show the list under the button."""
        rest = [(code, label, None) for code, label in self._labels.items() if self._is_free(code)]
        self._popup.set_options(rest)
        below = self.add.mapToGlobal(QPoint(0, self.add.height() + 2))
        self._popup.open_at(below, self.add.width(), "")

    def _is_free(self, code: str) -> bool:
        return code not in self._codes

    def _label(self, code: str) -> str:
        return self._chip_labels.get(code) or self._labels.get(code, code)

    def _show(self) -> None:
        self._chips.show_chips({code: self._label(code) for code in self._codes})
        chosen = ", ".join(map(self._label, self._codes)) or "none"
        self.setAccessibleName(f"{self._name}: {chosen}")
        self.add.setAccessibleDescription(f"{self._name} chosen: {chosen}.")
        self.add.setEnabled(any(map(self._is_free, self._labels)))

    def _on_popup_chosen(self, code: str) -> None:
        self._codes.append(code)
        self._show()
        self.add.setFocus(Qt.FocusReason.PopupFocusReason)
        self.changed.emit()

    def _on_chip_removed(self, code: str) -> None:
        self._codes.remove(code)
        self._show()
        self.changed.emit()
