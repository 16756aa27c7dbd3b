"""A new incident in three steps: what happened, who claims it, which answers compete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.case import Claim, Hypothesis, Row, Subject
from briefing.core.case_words import Claimant, Supposes
from briefing.core.wording import sentence_case
from briefing.ui.theme import Theme
from briefing.ui.views.case_actor import ActorNames
from briefing.ui.views.case_dialog import CaseDialog, unseen
from briefing.ui.views.case_drafts import Stamp, text_fault
from briefing.ui.views.case_form_claim import ClaimPanel
from briefing.ui.views.case_form_hypothesis import LONGEST_SHORT, PROPOSED
from briefing.ui.views.case_form_incident import IncidentPanel
from briefing.ui.views.case_form_words import HYPOTHESIS_KINDS
from briefing.ui.views.case_forms import AuthorField
from briefing.ui.views.case_keeper import CaseKeeper
from briefing.ui.views.case_panel import Panel
from briefing.ui.widgets.buttons import Button, normal_button
from briefing.ui.widgets.explained_box import ExplainedBox
from briefing.ui.widgets.form_field import FormField
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.text_field import TextField

_STEPS: Final = ("what happened", "who claims it", "which answers compete")
_WHY: Final = (
    "",
    "Whoever says who did it makes a claim; that is no evidence. Further claims can be added"
    " later. Skip this step where nobody has said anything yet.",
    "Each answer to the question who did it becomes a column of the matrix, and evidence is laid"
    " beside all of them. Keep at least three, with room for somebody else: fewer only confirm"
    " what one believes already.",
)
_MEANINGS: Final = {choice.code: choice.meaning for choice in HYPOTHESIS_KINDS}
_LAST = len(_STEPS) - 1


class AnswersPanel(QWidget):
    """Hypotheses that are proposed, each with a box, and a line for another."""

    changed = Signal()
    """A person has ticked, unticked or typed something."""

    def __init__(self, theme: Theme) -> None:
        """The two that are always possible are ticked."""
        super().__init__()
        self._theme = theme
        self._claim: Claim | None = None
        self.claimed = ExplainedBox(theme)
        self.boxes = {
            supposes: ExplainedBox(theme, short, _MEANINGS[supposes])
            for supposes, (short, _) in PROPOSED.items()
        }
        self.another = TextField(theme, "Another answer", "Such as: An affiliate did it alone.")
        self.field = FormField(
            theme, "Another answer", self.another, "In a sentence. More can be added afterwards."
        )
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for box in (self.claimed, *self.boxes.values()):
            box.tick()
            box.clicked.connect(self.changed)
            self._box.addWidget(box)
        self._box.addWidget(self.field)
        self.another.edited.connect(self.changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_claim(None)

    def show_claim(self, claim: Claim | None) -> None:
        """Propose that the accused did it; None where nobody is accused."""
        if claim is not None and (self._claim is None or self._claim.accused != claim.accused):
            self.claimed.tick()
        self._claim = claim
        self.claimed.setVisible(claim is not None)
        if claim is not None:
            self.claimed.set_words(
                _accused_words(claim), "The claim taken as an answer, to be tested like the rest."
            )

    def check(self) -> bool:
        """Whether the answers can be recorded; what keeps them from that is said at its field."""
        wrong = text_fault(self.another.text())
        self.field.say_problem(wrong)
        if wrong:
            self.field.take_keyboard()
        return not wrong

    def rows(self, stamps: Sequence[Stamp], incident: Subject) -> tuple[Hypothesis, ...]:
        """What is ticked and typed; one stamp each, of which ``most`` are needed at most."""
        found = []
        if self._claim is not None and self.claimed.is_ticked:
            actors = (self._claim.actor,) if self._claim.actor else ()
            words = _accused_words(self._claim)
            found.append((Supposes.ACTOR, self._claim.accused, f"{words}.", actors))
        for supposes, (short, text) in PROPOSED.items():
            if self.boxes[supposes].is_ticked:
                found.append((supposes, short, text, ()))
        another = " ".join(self.another.text().split())
        if another:
            found.append((Supposes.ACTOR, another, sentence_case(another), ()))
        return tuple(
            Hypothesis(
                **stamp.fields,
                tlp=incident.tlp,
                place=place,
                incident=incident.id,
                short=short[:LONGEST_SHORT],
                text=text,
                supposes=supposes,
                actors=actors,
            )
            for place, (stamp, (supposes, short, text, actors)) in enumerate(
                zip(stamps, found, strict=False)
            )
        )

    @property
    def most(self) -> int:
        """How many there can be."""
        return len(self.boxes) + 2

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(10))


class NewIncidentDialog(CaseDialog):
    """Three steps, forward and back; only the last one records anything, and all at once."""

    recorded = Signal(str)
    """Id of the incident that was recorded."""

    def __init__(self, theme: Theme, parent: QWidget | None, keeper: CaseKeeper) -> None:
        """Begin with what happened."""
        super().__init__(theme, parent, "New incident", "Next")
        self._keeper = keeper
        self._step = 0
        self._has_claim = False
        self._insisted = ""
        names = ActorNames(keeper.library)
        self.incident = IncidentPanel(theme, keeper.library.labels)
        self.claim = ClaimPanel(theme, names, keeper.today)
        self.answers = AnswersPanel(theme)
        self.author = AuthorField(theme, keeper)
        self.back: Button = normal_button(theme, "Back")
        self.skip: Button = normal_button(theme, "Skip this step")
        self._where = WrappedLabel(theme, "", "key", "ink_2")
        self._why = WrappedLabel(theme, "", "table", "ink_2")
        self._parts: tuple[tuple[QWidget, ...], ...] = (
            (self.incident,),
            (self.claim,),
            (self.answers, self.author),
        )
        self._lay_out()
        self.do.clicked.connect(self._on_do_clicked)
        self.back.clicked.connect(self._on_back_clicked)
        self.skip.clicked.connect(self._on_skip_clicked)
        for part in (self.incident, self.claim, self.answers, self.author):
            part.changed.connect(self.note_change)
        self._show_step()

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self._step

    def start(self) -> None:
        """Show it, with the keyboard in the first field."""
        self.open()
        self.incident.fields["name"].take_keyboard()

    def _lay_out(self) -> None:
        body = self.page.body
        body.addWidget(self._where)
        body.addWidget(self._why)
        for parts in self._parts:
            for part in parts:
                body.addWidget(part)
        place = self._buttons.indexOf(self.do)
        self._buttons.insertWidget(place, self.skip)
        self._buttons.insertWidget(place, self.back)

    def _show_step(self) -> None:
        step = self._step
        for place, parts in enumerate(self._parts):
            for part in parts:
                part.setVisible(place == step)
        words = f"Step {step + 1} of {len(_STEPS)}: {_STEPS[step]}"
        self._where.setText(words)
        self._where.setAccessibleName(words)
        self._why.setText(_WHY[step])
        self._why.setVisible(bool(_WHY[step]))
        self.back.setVisible(step > 0)
        self.skip.setVisible(step == 1)
        _underlined(self.back, "&Back")
        _underlined(self.skip, "&Skip this step")
        _underlined(self.do, "&Next" if step < _LAST else "&Record the incident")
        self.page.verticalScrollBar().setValue(0)
        if self.isVisible():
            self.fit()
            self._take_keyboard()

    def _take_keyboard(self) -> None:
        if self._step == 0:
            self.incident.fields["name"].take_keyboard()
        elif self._step == 1:
            self.claim.fields["claimant"].take_keyboard()
        else:
            first = next(iter(self.answers.boxes.values()))
            (self.answers.claimed if self._has_claim else first).box.setFocus()

    def _go(self, step: int) -> None:
        self._step = step
        self.say()
        self._show_step()

    def _on_back_clicked(self) -> None:
        self._go(self._step - 1)

    def _on_skip_clicked(self) -> None:
        self._has_claim = False
        self.answers.show_claim(None)
        self._go(_LAST)

    def _on_do_clicked(self) -> None:
        if self._step == 0 and self.incident.check() and self._is_to_be_seen(self.incident):
            self._hand_on()
            self._go(1)
        elif self._step == 1 and self.claim.check() and self._is_to_be_seen(self.claim):
            self._has_claim = True
            stamp = self._keeper.first("claim")
            self.answers.show_claim(self.claim.row(stamp, stamp.id))
            self._go(_LAST)
        elif self._step == _LAST and self.answers.check() and self.author.check():
            self._record()

    def _is_to_be_seen(self, panel: Panel) -> bool:
        """Whether the audience may see it, or the person has read that it may not."""
        words = unseen(panel.tlp.level, self._keeper.ceiling)
        if words in ("", self._insisted):
            return True
        self._insisted = words
        panel.warn({"tlp": words})
        _underlined(self.do, "&Next all the same")
        return False

    def _hand_on(self) -> None:
        """What the first step knows, the second does not ask again."""
        self.claim.follow(self.incident.documents.documents, self.incident.tlp.level)

    def _record(self) -> None:
        keeper = self._keeper
        incident = self.incident.row(keeper.first("incident"))
        rows: list[Row] = []
        if self._has_claim:
            rows.append(self.claim.row(keeper.first("claim"), incident.id))
        stamps = [keeper.first("hypothesis") for _ in range(self.answers.most)]
        rows.extend(self.answers.rows(stamps, incident))
        self.wait_for(
            keeper.keep_new(incident, rows),
            "Recording the incident",
            lambda: self._on_kept(incident.id),
        )

    def _on_kept(self, incident: str) -> None:
        self.recorded.emit(incident)
        self.accept()


def _underlined(button: Button, words: str) -> None:
    """The words with a letter that presses the button together with Alt."""
    button.set_text(words.replace("&", ""))
    button.setText(words)


def _accused_words(claim: Claim) -> str:
    if claim.claimant is Claimant.ACTOR and claim.by.casefold() == claim.accused.casefold():
        return f"{claim.accused} did it, as it says itself"
    return f"{claim.accused} did it, as {claim.by} says"
