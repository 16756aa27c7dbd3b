"""Whom a name means: completed from the catalogue; where several bear it, a person says which."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.search import clean_query
from briefing.core.wording import listed, worded
from briefing.services.library import Library
from briefing.store.actors import actor_row
from briefing.store.names import Found, find_by_prefix, find_exact, near_names
from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.choice_box import Choice
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.multi_choice import ChipFlow
from briefing.ui.widgets.name_line import NameLine, Offer
from briefing.ui.widgets.radio_list import RadioList

_UNSAID = ""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_OFFERED = 10


class ActorNames:
    """What the catalogue answers about names of actors; asked at every key."""

    def __init__(self, library: Library) -> None:
        """Reads through the library's own connection, on the window's thread."""
        self._library = library

    def offers(self, text: str) -> tuple[Offer, ...]:
        """Names that begin like a text: "Fancy Bear – APT28, G0007"."""
        query = clean_query(text)
        if not query:
            return ()
        found = find_by_prefix(self._library.knowledge.connection, query)
        actors = [one for one in found if one.kind == "actor"][:_MOST_OFFERED]
        return tuple(Offer(one.name, _listed(one), one.entity) for one in actors)

    def bearers(self, text: str) -> tuple[Found, ...]:
        """Actors that bear a name, best first."""
        query = clean_query(text)
        return find_exact(self._library.knowledge.connection, query) if query else ()

    def near(self, text: str) -> tuple[str, ...]:
        """Names that resemble one that nobody bears."""
        connection = self._library.knowledge.connection
        return near_names(connection, clean_query(text), 3, quick=True)

    def name(self, actor: str) -> str:
        """The name under which the catalogue lists an actor; its id where it lists none."""
        row = actor_row(self._library.knowledge.connection, actor)
        return row.name if row is not None else actor


class AccusedField(QWidget):
    """The accused as written, and which actor of the catalogue is meant, where that is said."""

    changed = Signal()
    """A person has typed or chosen something."""

    def __init__(self, theme: Theme, names: ActorNames) -> None:
        """Nobody is accused."""
        super().__init__()
        self._theme = theme
        self._names = names
        self._actor = ""
        self.line = NameLine(theme, "Who is said to have done it", names.offers)
        self.meant = RadioList(theme, "Who is meant")
        self._told = WrappedLabel(theme, "", "note", "ink_3")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for part in (self.line, self._told, self.meant):
            self._box.addWidget(part)
        self.line.edited.connect(self._on_line_edited)
        self.line.taken.connect(self._on_line_taken)
        self.meant.chosen.connect(self._on_meant_chosen)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._look_up("")

    @property
    def accused(self) -> str:
        """The name as written."""
        return self.line.text()

    @property
    def actor(self) -> str:
        """Id of the actor that is meant, or ""."""
        return self._actor

    @property
    def told(self) -> str:
        """What is said about the name."""
        return self._told.text()

    @property
    def is_open(self) -> bool:
        """Whether several bear the name, and nobody has said which of them is meant, if any."""
        return self.meant.isVisibleTo(self) and self.meant.value is None

    def set_accused(self, accused: str, actor: str) -> None:
        """Show somebody without asking."""
        self.line.set_text(accused)
        self._look_up(actor)
        if accused and self.meant.isVisibleTo(self):
            self.meant.set_value(actor)

    def _look_up(self, actor: str) -> None:
        """See who bears the name in the line; ``actor`` is whom a person has said is meant."""
        text = self.line.text()
        bearers = self._names.bearers(text)
        known = {one.entity for one in bearers}
        alone = bearers[0].entity if len(bearers) == 1 else ""
        self._actor = actor or alone
        self.meant.setVisible(len(bearers) > 1)
        if len(bearers) > 1:
            self.meant.set_choices(
                (
                    *(Choice(one.entity, _listed(one), _why(one)) for one in bearers),
                    Choice(_UNSAID, "Nobody can say which of them"),
                )
            )
            self.meant.set_value(actor if actor in known else None)
        self._told.setText(self._words(text, bearers))
        self._told.setVisible(bool(self._told.text()))

    def _words(self, text: str, bearers: Sequence[Found]) -> str:
        if not text:
            return ""
        if len(bearers) > 1:
            return (
                f"“{text}” is the name of {worded(len(bearers), 'actor')} in the catalogue. Say who"
                " is meant, so that they are not taken for each other."
            )
        if bearers:
            return f"In the catalogue: {_listed(bearers[0])}."
        if self._actor:
            return f"Kept as {self._names.name(self._actor)} of the catalogue."
        near = self._names.near(text)
        close = f" Close to it: {listed(near, last='or')}." if near else ""
        return f"Nobody in the catalogue bears this name; it is kept as it is written.{close}"

    def _on_line_edited(self) -> None:
        self._look_up("")
        self.changed.emit()

    def _on_line_taken(self, _name: str, actor: str) -> None:
        self._look_up(actor)
        self.changed.emit()

    def _on_meant_chosen(self, actor: str) -> None:
        self._actor = actor
        self.changed.emit()

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(4))


class ActorsField(QWidget):
    """Any number of actors of the catalogue: a line to type in, and a chip for each."""

    changed = Signal()
    """A person has added or removed one."""

    def __init__(self, theme: Theme, names: ActorNames) -> None:
        """Nobody is named."""
        super().__init__()
        self._theme = theme
        self._names = names
        self._actors: dict[str, str] = {}
        self.line = NameLine(theme, "An actor of the catalogue", names.offers, "Such as APT28")
        self.add = normal_button(theme, "Add")
        self.add.setAccessibleName("Add this actor")
        self.meant = RadioList(theme, "Who is meant")
        self.chips = ChipFlow(theme)
        self._row = QHBoxLayout()
        self._row.addWidget(self.line, 1)
        self._row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addLayout(self._row)
        self._box.addWidget(self.meant)
        self._box.addWidget(self.chips)
        self.line.edited.connect(self._on_line_edited)
        self.line.taken.connect(self._on_line_taken)
        self.meant.chosen.connect(self._take)
        self.add.clicked.connect(self.enter)
        self.chips.removed.connect(self._on_chip_removed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.meant.hide()
        self._show()

    @property
    def actors(self) -> tuple[str, ...]:
        """Ids of those that are named."""
        return tuple(self._actors)

    @property
    def labels(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(self._actors.values())

    def set_actors(self, actors: Sequence[str]) -> None:
        """Name these without asking."""
        self._actors = {actor: self._names.name(actor) for actor in actors}
        self._show()

    def enter(self) -> bool:
        """Take what is typed, if anything is; False where it cannot be, with the reason there."""
        text = self.line.text()
        if not text:
            return True
        self.line.close_list()
        bearers = self._names.bearers(text)
        if len(bearers) == 1:
            self._take(bearers[0].entity)
            return True
        self.line.line.set_error(self._why_not(text, bearers))
        self.meant.set_choices([Choice(one.entity, _listed(one), _why(one)) for one in bearers])
        self.meant.setVisible(bool(bearers))
        return False

    def _why_not(self, text: str, bearers: Sequence[Found]) -> str:
        if bearers:
            return f"“{text}” is the name of {worded(len(bearers), 'actor')}. Say who is meant."
        near = self._names.near(text)
        close = f" Close to it: {listed(near, last='or')}." if near else ""
        return (
            f"Nobody in the catalogue bears the name “{text}”. Leave it out here; the sentence"
            f" below may name anybody.{close}"
        )

    def _take(self, actor: str) -> None:
        self._actors[actor] = self._names.name(actor)
        self.line.set_text("")
        self._clear_question()
        self._show()
        self.line.line.input.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _clear_question(self) -> None:
        self.line.line.set_error("")
        self.meant.hide()

    def _show(self) -> None:
        self.chips.show_chips(dict(self._actors))
        entered = ", ".join(self._actors.values()) or "nobody"
        self.line.line.input.setAccessibleDescription(f"Named: {entered}.")

    def _on_line_edited(self) -> None:
        self._clear_question()

    def _on_line_taken(self, _name: str, actor: str) -> None:
        self._take(actor)

    def _on_chip_removed(self, actor: str) -> None:
        del self._actors[actor]
        self._show()
        if not self._actors:
            self.line.line.input.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._theme.px(8))
        self._box.setSpacing(self._theme.px(6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what was typed; it must not press a button further out."""
        if event.key() in _ENTER:
            event.accept()
            self.enter()
            return
        super().keyPressEvent(event)


def _listed(found: Found) -> str:
    """How an actor is listed under a name: "Fancy Bear – APT28, G0007"."""
    own = ", ".join(part for part in (found.title, found.attack_id) if part)
    return own if found.name == found.title else f"{found.name} – {own}"


def _why(found: Found) -> str:
    """Who uses the name for it, where that is known."""
    return f"The name was coined by {found.coined_by}." if found.coined_by else ""
