"""The sections of both parts of a briefing, and the notes of its author under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from briefing.core.tlp import Tlp
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_notes import NoteEditor
from briefing.ui.views.briefing_remarks import Remark, Remarks
from briefing.ui.views.briefing_sections import SectionList
from briefing.ui.views.briefing_wish import Draft, Offer, arranged
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.section_header import SectionHeader

_GROUPS = (
    ("First page", "the executive version, one A4 page"),
    ("Full version", "starts on page 2"),
)
_HOW = (
    "Space switches a section, N writes a note under it. Drag it, or press Alt+↑ or Alt+↓, to"
    " move it."
)


class _Group(QWidget):
    """The sections of one part: a heading and the list in a frame."""

    def __init__(self, theme: Theme, title: str, note: str) -> None:
        super().__init__()
        self.header = SectionHeader(theme, title, note)
        self.list = SectionList(theme, f"Sections: {title}")
        self._frame = QFrame()
        self._frame.setProperty("look", "card")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self.header)
        rows.addWidget(self._frame)


class SectionGroups(QWidget):
    """Two lists; at most one note is open. ``changed`` follows everything a person sets."""

    changed = Signal()
    note_opened = Signal(object)
    """The editor, which has the keyboard now."""

    def __init__(self, theme: Theme) -> None:
        """No sections."""
        super().__init__()
        self._theme = theme
        self._draft = Draft()
        self._offers: tuple[Offer, ...] = ()
        self._remarks: Remarks = {}
        self._ceiling = Tlp.CLEAR
        self._groups = tuple(_Group(theme, *words) for words in _GROUPS)
        self._how = WrappedLabel(theme, _HOW, "note", "ink_3")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for group in self._groups:
            self._rows.addWidget(group)
            group.hide()
            group.list.sections.changed.connect(self._on_sections_changed)
            group.list.note_asked.connect(self.open_note)
            group.list.note_closed.connect(self._show_offers)
        self._rows.addWidget(self._how)
        self._how.hide()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def draft(self) -> Draft:
        """What is set."""
        return self._draft

    @property
    def lists(self) -> tuple[SectionList, ...]:
        """Of the executive page, and of the full version."""
        return tuple(group.list for group in self._groups)

    @property
    def editor(self) -> NoteEditor | None:
        """The note that is being written; None where none is."""
        return next((one.editor for one in self.lists if one.editor is not None), None)

    def show_draft(self, draft: Draft, offers: Sequence[Offer]) -> None:
        """Show another kind of briefing as it was left, with these sections."""
        for one in self.lists:
            one.close_note()
        self._draft, self._remarks = draft, {}
        self.show_offers(offers)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """List the sections the briefing can have, in the person's order."""
        self._offers = tuple(offers)
        self._show_offers()

    def show_remarks(self, remarks: Remarks) -> None:
        """Say what does not hold in the notes."""
        self._remarks = remarks
        self._show_remark()

    def set_ceiling(self, ceiling: Tlp) -> None:
        """Notes are marked up to this level."""
        self._ceiling = ceiling
        editor = self.editor
        if editor is not None:
            editor.set_levels(ceiling, self._draft.notes_tlp)

    def open_note(self, key: str) -> None:
        """Let the note under a section be written; nothing where it is not listed."""
        for one in self.lists:
            if one.noted == key and one.editor is not None:
                one.editor.area.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        for one in self.lists:
            one.close_note()
        found = next((one for one in self.lists if one.sections.place_of(key) >= 0), None)
        if found is None:
            return
        editor = found.open_note(key, dict(self._draft.notes).get(key, ""))
        editor.set_levels(self._ceiling, self._draft.notes_tlp)
        editor.edited.connect(self._on_editor_edited)
        editor.level_chosen.connect(self._on_editor_level_chosen)
        self._show_remark()
        editor.area.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.area.moveCursor(QTextCursor.MoveOperation.End)
        self.note_opened.emit(editor)

    def order_tabs(self) -> None:
        """Let Tab go into an open note from its list."""
        for one in self.lists:
            one.order_tabs()

    def _show_offers(self) -> None:
        place = {key: number for number, key in enumerate(self._draft.order)}
        noted = frozenset(key for key, text in self._draft.notes if text.strip())
        for number, group in enumerate(self._groups):
            found = {offer.key: offer for offer in self._offers if offer.group == number}
            free = [key for key, offer in found.items() if offer.choosable]
            fixed = [offer for offer in found.values() if not offer.choosable]
            ordered = [found[key] for key in arranged(free, place)]
            group.list.sections.show([*ordered, *fixed], self._draft.off, noted)
            group.setVisible(bool(found))
        self._how.setVisible(bool(self._offers))

    def _show_remark(self) -> None:
        for one in self.lists:
            if one.editor is not None:
                one.editor.say(self._remarks.get(one.noted, Remark()))
                one.editor.set_off(one.noted in self._draft.off)

    def _on_sections_changed(self) -> None:
        models = [one.sections for one in self.lists]
        shown = {key for model in models for key in model.order()}
        off = frozenset(key for model in models for key in model.off())
        keys = tuple(key for model in models for key in model.order())
        # What this length or this subject does not show keeps the state it had.
        self._draft = replace(
            self._draft,
            off=off | (self._draft.off - shown),
            order=(*keys, *(key for key in self._draft.order if key not in shown)),
        )
        self._show_remark()
        self.changed.emit()

    def _on_editor_edited(self, text: str) -> None:
        one = next(one for one in self.lists if one.editor is not None)
        self._draft = self._draft.with_note(one.noted, text)
        one.sections.note(one.noted, bool(text.strip()))
        self.changed.emit()

    def _on_editor_level_chosen(self, level: Tlp | None) -> None:
        self._draft = replace(self._draft, notes_tlp=level)
        self.changed.emit()

    def _on_theme_changed(self) -> None:
        self._rows.setSpacing(self._theme.px(10))
