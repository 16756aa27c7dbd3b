"""Present mode: the slides of a briefing full screen, and notes for whoever presents."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QAbstractButton, QWidget

from briefing.core.brief import Brief
from briefing.core.errors import BriefingError
from briefing.exports.slide_shapes import words_of
from briefing.exports.slides import Slide, drawn, slides
from briefing.ui import clock
from briefing.ui.errors import show_error
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.present_desk import DeskView
from briefing.ui.views.present_help import KeysHelp
from briefing.ui.views.present_keys import REPEATED, Action, action_of
from briefing.ui.views.present_stage import Stage
from briefing.ui.views.present_talk import Step, Stopwatch, Talk
from briefing.ui.widgets.slide_images import SlideImages, Wanted
from briefing.ui.widgets.slide_view import SlideView

TICK = 250
"""Milliseconds between two looks at the clock: a second is never skipped."""
_MAKING = "The slides are being made"
_SCROLL = 0.4
"""Share of the notes in view by which they are read on."""
_HELD = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
)
_PRESSES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""What presses a button that has the focus."""


class PresentWindow(QWidget):
    """The audience's window. With two screens the presenter's view has a window of its own.

    With one screen both share this window: S goes from one to the other, and a black or white
    screen covers either.
    """

    ended = Signal(int)
    """The talk is over; the number of the slide that was in view last."""

    def __init__(
        self,
        theme: Theme,
        brief: Brief,
        parent: QWidget | None = None,
        *,
        jobs: Jobs | None = None,
        screens: Callable[[], Sequence[QScreen]] = QGuiApplication.screens,
        now: Callable[[], datetime] = clock.now,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Have the slides made in the background; ``start`` shows them.

        Args:
            theme: Looks of the presenter's view.
            brief: What is presented.
            parent: The window it belongs to; slides are shown on another screen than this one's.
            jobs: The program's own, which draws the slides; with none it has one for itself.
            screens: The screens there are.
            now: The time of day.
            seconds: A clock that only goes forward.

        Raises:
            BriefingError: when a typeface of the program is missing.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self.slides: tuple[Slide, ...] = ()
        self.talk = Talk(1)
        self.stopwatch = Stopwatch()
        self._theme = theme
        self._now, self._seconds = now, seconds
        self._own_jobs: Jobs | None = None
        if jobs is None:
            jobs = self._own_jobs = Jobs(self)
        self.images = SlideImages(jobs, self)
        self._first = 1
        self.slide = SlideView(theme, hides_pointer=True)
        self.desk = DeskView(theme)
        self.setWindowTitle(brief.title or "Slides")
        self.desk.setWindowTitle(f"Notes: {brief.title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.stage = Stage(self, self.slide, self.desk, screens)
        self.help = KeysHelp(theme, self)
        self.desk_help = KeysHelp(theme, self.desk)
        self._tick = QTimer(self, interval=TICK)
        self._over = False
        self._actions: dict[Action, Callable[[], None]] = {
            "escape": self._escape,
            "notes": self.stage.change_layout,
            "swap": self.stage.change_screens,
            "pause": self._pause,
            "reset": self._reset,
            "larger": lambda: self.desk.resize_notes(1),
            "smaller": lambda: self.desk.resize_notes(-1),
            "usual": lambda: self.desk.resize_notes(0),
            "scroll-down": lambda: self.desk.notes.read_on(_SCROLL),
            "scroll-up": lambda: self.desk.notes.read_on(-_SCROLL),
            "help": self._show_help,
        }
        self._connect()
        self.slide.show_image(None, hint=_MAKING)
        self._show_time()
        making = jobs.run("Making the slides", lambda _task: slides(brief))
        making.finished.connect(self._on_slides_made)
        making.failed.connect(self._on_slides_failed)

    def start(self, number: int = 1) -> None:
        """Begin the talk, full screen, at a slide by its number."""
        self._first = number
        self.stopwatch.go(self._seconds())
        self._tick.start()
        self._show_time()
        self.stage.arrange()
        self._go(self.talk.at(number))

    def do(self, action: Action, digit: str = "") -> None:
        """Do what a key asks for; ``digit`` is the one that was typed."""
        found = self._actions.get(action)
        if found is not None:
            found()
            return
        step: Step = action  # type: ignore[assignment]  # whatever is no action of ours is a step
        self._go(self.talk.after(step, digit))

    def _connect(self) -> None:
        self._tick.timeout.connect(self._show_time)
        self.images.arrived.connect(self._show_images)
        self.images.failed.connect(self._on_images_failed)
        self.slide.next_asked.connect(lambda: self.do("next"))
        self.slide.previous_asked.connect(lambda: self.do("previous"))
        self.desk.asked.connect(self.do)
        for view in (self.slide, self.desk.slide, self.desk.next):
            view.resized.connect(self._want_images)
        for widget in (self, *self.findChildren(QWidget)):
            widget.installEventFilter(self)
        self.stage.arranged.connect(self._want_images)
        for shown in (self.help, self.desk_help):
            shown.dismissed.connect(self.stage.bring_forward)

    def _go(self, talk: Talk) -> None:
        if not self.slides:
            return
        moved, covered = talk.index != self.talk.index, talk.blank != self.talk.blank
        self.talk = talk
        if covered:
            self.stage.set_covered(bool(talk.blank))
        if moved:
            self._show_slide()
        else:
            self._show_talk()

    def _show_slide(self) -> None:
        """Another slide is in view."""
        self.desk.show_notes(self.slides[self.talk.index].notes)
        self._want_images()
        self._show_talk()

    def _show_talk(self) -> None:
        talk = self.talk
        name, text = self._words(talk.index)
        self.slide.setAccessibleName(f"{talk.blank.capitalize()} screen" if talk.blank else name)
        self.slide.setAccessibleDescription("" if talk.blank else text)
        self.desk.show_place(talk.number, talk.count, talk.typed)
        self._show_images()

    def _show_images(self) -> None:
        """Show what has been drawn; what has not leaves the picture before it for a moment."""
        if not self.slides:
            return
        talk, images = self.talk, self.images
        hint = f"Slide {talk.typed}" if talk.typed and not self.stage.two_screens else ""
        image = images.image(talk.index, self.slide.pixels()) or self.slide.image
        self.slide.show_image(image, talk.blank, hint)
        image = images.image(talk.index, self.desk.slide.pixels()) or self.desk.slide.image
        self.desk.show_slide(image, talk.blank, self._words(talk.index))
        if talk.number < talk.count:
            image = images.image(talk.index + 1, self.desk.next.pixels()) or self.desk.next.image
            self.desk.show_next(image, self.slides[talk.index + 1].headline.text)
        else:
            self.desk.show_next(None, "")

    def _want_images(self) -> None:
        """Ask for the slide in view, then for its neighbours: at most three a size."""
        at = self.talk.index
        full, main, small = (
            view.pixels() for view in (self.slide, self.desk.slide, self.desk.next)
        )
        audience: list[Wanted] = [(at, full), (at + 1, full), (at - 1, full)]
        desk: list[Wanted] = [(at, main), (at + 1, small), (at + 1, main), (at + 2, small)]
        wanted = audience[:1] * self.stage.shows_slide + desk * self.stage.shows_desk
        self.images.want(wanted + audience[1:] * self.stage.shows_slide)
        self._show_images()

    def _words(self, index: int) -> tuple[str, str]:
        """Name and text of a slide for whoever cannot see it."""
        slide = self.slides[index]
        name = f"Slide {slide.number} of {len(self.slides)}: {slide.headline.text}"
        return name, "\n".join(filter(None, words_of(drawn(slide))))

    def _show_time(self) -> None:
        local = self._now().astimezone()
        runs = self.stopwatch.runs
        self.desk.show_time(self.stopwatch.read(self._seconds()), f"{local:%H:%M}", runs=runs)

    def _escape(self) -> None:
        if self.talk.typed or self.talk.blank:
            self._go(self.talk.after("clear"))
        else:
            self.close()

    def _pause(self) -> None:
        now = self._seconds()
        if self.stopwatch.runs:
            self.stopwatch.pause(now)
        else:
            self.stopwatch.go(now)
        self._show_time()

    def _reset(self) -> None:
        self.stopwatch.reset(self._seconds())
        self._show_time()

    def _show_help(self) -> None:
        (self.desk_help if self.stage.shows_desk else self.help).show_over()

    def _on_slides_made(self, made: tuple[Slide, ...]) -> None:
        if self._over:
            return
        self.slides = made
        self.images.set_slides(made)
        self.talk = Talk(len(made)).at(self._first)
        self._show_slide()

    def _on_slides_failed(self, error: BriefingError) -> None:
        if self._over:
            return
        self.close()
        show_error(self.parentWidget(), error, self._theme)

    def _on_images_failed(self, error: BriefingError) -> None:
        show_error(self.desk if self.stage.shows_desk else self, error, self._theme)

    def _key_pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        """Whether a key was one of ours."""
        if event.key() in _HELD:
            return False
        for shown in (self.help, self.desk_help):
            if shown.isVisible():
                shown.dismiss()
                return True
        if isinstance(watched, QAbstractButton) and event.key() in _PRESSES:
            return False
        action = action_of(event)
        if action is not None and (action in REPEATED or not event.isAutoRepeat()):
            self.do(action, event.text())
        return action is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys mean the same wherever the focus is; to close the notes is to end the talk."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_pressed(watched, event)
        if event.type() == QEvent.Type.Close and watched is self.desk and not self._over:
            self.close()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the talk."""
        super().closeEvent(event)
        if self._over:
            return
        self._over = True
        self._tick.stop()
        self.stage.stop()
        self.images.stop()
        if self._own_jobs is not None:
            self._own_jobs.shutdown()
        self.ended.emit(self.talk.number)
