"""The documents that a row cites: chosen again where the case knows them, else typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.case import Cited
from briefing.feeds.addresses import published_in, publisher_of
from briefing.ui.theme import Theme
from briefing.ui.views.case_drafts import (
    day_fault,
    key_of,
    link_fault,
    text_fault,
    typed_day,
)
from briefing.ui.views.case_terms import cited_words
from briefing.ui.widgets.buttons import icon_button, normal_button
from briefing.ui.widgets.choice_box import Choice, ChoiceBox
from briefing.ui.widgets.filter_popup import FilterPopup
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.form_field import FormField
from briefing.ui.widgets.frames import EdgeFrame
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.text_field import TextField

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ITSELF = Choice("", "Nothing that is known", "It stands for itself.")
_REPEATS = "It repeats another document: both then have one origin, and count once."


class DocumentEntry(EdgeFrame):
    """A document that is being typed; the link tells the publisher and often the date."""

    asked = Signal()
    """Enter was pressed: the document is to be taken."""
    typed = Signal()
    """A person has typed something."""

    def __init__(self, theme: Theme) -> None:
        """Nothing is typed."""
        super().__init__(theme, "info")
        self.link = TextField(theme, "Link", "https://…")
        self.title = TextField(theme, "Title of the document")
        self.publisher = TextField(theme, "Publisher")
        self.published = TextField(theme, "Published", "2023-09-14")
        self.repeats = ChoiceBox(theme, "It repeats", (_ITSELF,))
        self.fields = {
            "link": FormField(theme, "Link", self.link, "Empty for a paper or a conversation."),
            "title": FormField(theme, "Title", self.title),
            "publisher": FormField(theme, "Publisher", self.publisher),
            "published": FormField(theme, "Published", self.published),
            "repeats": FormField(theme, "Repeats", self.repeats),
        }
        for field in self.fields.values():
            self.body.addWidget(field)
        self.body.setSpacing(theme.px(8))
        self.fields["repeats"].hide()
        self.link.edited.connect(self._on_link_edited)
        for key, line in (("title", self.title), ("published", self.published)):
            line.edited.connect(lambda _text, key=key: self.fields[key].say_problem(""))
        for line in (self.link, self.title, self.publisher, self.published):
            line.edited.connect(lambda _text: self.typed.emit())

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        lines = (self.link, self.title, self.publisher, self.published)
        return not any(line.text().strip() for line in lines)

    @property
    def document(self) -> Cited:
        """As it is typed."""
        return Cited(
            self.link.text().strip(),
            " ".join(self.title.text().split()),
            " ".join(self.publisher.text().split()),
            typed_day(self.published.text()),
            self.repeats.value or "",
        )

    def clear(self) -> None:
        """Forget what was typed."""
        for line in (self.link, self.title, self.publisher, self.published):
            line.input.clear()
        self.repeats.set_value("")
        for field in self.fields.values():
            field.say_problem("")

    def offer(self, known: Sequence[Cited]) -> None:
        """Documents that this one may repeat; only what has a link can be repeated."""
        linked = [Choice(one.url, cited_words(one), _REPEATS) for one in known if one.url]
        self.repeats.set_choices((_ITSELF, *linked))
        self.fields["repeats"].setVisible(bool(linked))

    def check(self) -> bool:
        """Whether it can be cited; what keeps it from that is said at its fields."""
        made = self.document
        title = "" if made.title else "Type its title, so that a reader can find it again."
        said = {
            "link": link_fault(made.url),
            "title": title or text_fault(made.title),
            "publisher": text_fault(made.publisher),
            "published": day_fault(made.published),
        }
        for key, words in said.items():
            self.fields[key].say_problem(words)
        wrong = [key for key, words in said.items() if words]
        if wrong:
            self.fields[wrong[0]].take_keyboard()
        return not wrong

    def _on_link_edited(self, text: str) -> None:
        self.fields["link"].say_problem("")
        link = text.strip()
        for line, told in (
            (self.publisher, publisher_of(link)),
            (self.published, published_in(link)),
        ):
            # What a person has typed stays.
            if not line.input.isModified():
                line.input.setText(told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the document; it must not press a button further out."""
        if event.key() in _ENTER:
            event.accept()
            self.asked.emit()
            return
        super().keyPressEvent(event)


class DocumentsField(QWidget):
    """What is cited, a row each; under it a list of those used before, and lines for another."""

    changed = Signal()
    """A person has added or removed one."""
    typed = Signal()
    """A person types one that is not added yet."""

    def __init__(self, theme: Theme, known: Sequence[Cited] = ()) -> None:
        """Nothing is cited; ``known`` are the documents that the case cites already."""
        super().__init__()
        self._theme = theme
        self._documents: list[Cited] = []
        self._known: dict[str, Cited] = {}
        self.entry = DocumentEntry(theme)
        self.again = normal_button(theme, "Choose one used before", "document")
        self.more = normal_button(theme, "Add another document", "plus")
        self.take_it = normal_button(theme, "Add this document", "check")
        self._popup = FilterPopup(theme, "Documents used before", self)
        self._list = QVBoxLayout()
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons)
        for button in (self.take_it, self.again, self.more):
            self._flow.addWidget(button)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addLayout(self._list)
        self._box.addWidget(self.entry)
        self._box.addWidget(self._buttons)
        self.entry.asked.connect(self.take)
        self.entry.typed.connect(self.typed)
        self.take_it.clicked.connect(self.take)
        self.again.clicked.connect(self._on_again_clicked)
        self.more.clicked.connect(self._on_more_clicked)
        self._popup.chosen.connect(self._on_popup_chosen)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.set_known(known)

    @property
    def documents(self) -> tuple[Cited, ...]:
        """What is cited, in order."""
        return tuple(self._documents)

    def set_known(self, known: Sequence[Cited]) -> None:
        """Offer other documents to be cited again."""
        self._known = {key_of(one): one for one in known}
        self.entry.offer(tuple(self._known.values()))
        self._show(is_typing=not self._known and not self._documents)

    def set_documents(self, documents: Sequence[Cited]) -> None:
        """Cite these, without asking."""
        self._documents = list({key_of(one): one for one in documents}.values())
        self._show(is_typing=not self._known and not self._documents)

    def take(self) -> bool:
        """Cite what is typed, if anything is; False where it cannot be, which is said there."""
        if self.entry.is_empty or self.entry.isHidden():
            return True
        if not self.entry.check():
            return False
        made = self.entry.document
        self.entry.clear()
        if key_of(made) not in map(key_of, self._documents):
            self._documents.append(made)
        self._show(is_typing=False)
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        return True

    def _show(self, *, is_typing: bool) -> None:
        clear_layout(self._list)
        for document in self._documents:
            self._list.addWidget(self._row(document))
        self.entry.setVisible(is_typing)
        self.take_it.setVisible(is_typing)
        self.more.setVisible(not is_typing)
        self.more.set_text("Add another document" if self._documents else "Add a document")
        self.again.setVisible(any(self._is_free(key) for key in self._known))
        self._flow.invalidate()

    def _row(self, document: Cited) -> QWidget:
        row = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(WrappedLabel(self._theme, cited_words(document), "table"))
        if document.url:
            words.addWidget(WrappedLabel(self._theme, document.url, "note", "ink_3"))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(words, 1)
        remove = icon_button(self._theme, "close", f"Do not cite {document.title}", quiet=True)
        remove.clicked.connect(lambda: self._on_remove_clicked(document))
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _is_free(self, key: str) -> bool:
        return key not in map(key_of, self._documents)

    def _on_remove_clicked(self, document: Cited) -> None:
        self._documents.remove(document)
        self._show(is_typing=self.entry.isVisibleTo(self))
        stop = self.again if self.again.isVisibleTo(self) else self.more
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _on_again_clicked(self) -> None:
        self._popup.set_options(
            [
                (key, cited_words(one), None)
                for key, one in self._known.items()
                if self._is_free(key)
            ]
        )
        below = self.again.mapToGlobal(QPoint(0, self.again.height() + 2))
        self._popup.open_at(below, self.again.width(), "")

    def _on_popup_chosen(self, key: str) -> None:
        if self._is_free(key):
            self._documents.append(self._known[key])
        self._show(is_typing=self.entry.isVisibleTo(self) and not self.entry.is_empty)
        self.more.setFocus(Qt.FocusReason.PopupFocusReason)
        self.changed.emit()

    def _on_more_clicked(self) -> None:
        self._show(is_typing=True)
        self.entry.link.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setSpacing(px(6))
        self._list.setSpacing(px(4))
        self._flow.set_spacing(px(8))
