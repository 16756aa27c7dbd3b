"""Which window is where: slides for the audience, notes for whoever presents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QStackedLayout, QWidget

from briefing.ui.views.present_desk import DeskView
from briefing.ui.views.present_screens import fill, shared_out
from briefing.ui.widgets.slide_view import SlideView

SETTLING = 200
"""Milliseconds after which a screen that came or went is believed."""


class Stage(QObject):
    """Puts slide and notes on their screens, and follows when a screen comes or goes.

    With one screen both share a window, and one of them is in front.
    """

    arranged = Signal()
    """Something is seen that was not, or in another size."""

    def __init__(
        self,
        window: QWidget,
        slide: SlideView,
        desk: DeskView,
        screens: Callable[[], Sequence[QScreen]],
    ) -> None:
        """Both in ``window``, the slide in front.

        Args:
            window: The audience's window; it owns the stage.
            slide: What the audience sees.
            desk: What whoever presents sees.
            screens: The screens there are.
        """
        super().__init__(window)
        self._window, self._slide, self._desk = window, slide, desk
        self._screens = screens
        self._turns = 0
        self._two = False
        self._notes = False
        self._covered = False
        self._stack = QStackedLayout(window)
        self._stack.addWidget(slide)
        self._stack.addWidget(desk)
        self._unsettled = QTimer(self, singleShot=True, interval=SETTLING)
        self._unsettled.timeout.connect(self._on_unsettled_timeout)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._on_screens_changed)
            app.screenRemoved.connect(self._on_screens_changed)

    @property
    def two_screens(self) -> bool:
        """Whether the notes have a screen of their own."""
        return self._two

    @property
    def shows_desk(self) -> bool:
        """Whether the notes can be seen."""
        return self._two or (self._notes and not self._covered)

    @property
    def shows_slide(self) -> bool:
        """Whether the slide fills a screen."""
        return self._two or not self.shows_desk

    def arrange(self) -> None:
        """Put the windows on the screens that there are now."""
        shared = shared_out(self._screens(), self._home(), self._turns)
        alone = shared.desk is None
        # The projector is gone, and with it the audience: the notes stay in view.
        self._notes |= alone and self._two
        self._two = not alone
        if shared.desk is None:
            if self._desk.isWindow():
                self._desk.setParent(self._window, Qt.WindowType.Widget)
                self._stack.addWidget(self._desk)
            fill(self._window, shared.audience)
        else:
            if not self._desk.isWindow():
                self._stack.removeWidget(self._desk)
                self._desk.setParent(self._window, Qt.WindowType.Window)
            fill(self._window, shared.audience)
            fill(self._desk, shared.desk)
        self.bring_forward()

    def bring_forward(self) -> None:
        """Show what is to be seen, and give the keyboard to it."""
        self._stack.setCurrentWidget(self._slide if self.shows_slide else self._desk)
        front = self._desk.slide if self.shows_desk else self._slide
        front.window().activateWindow()
        front.setFocus()
        self.arranged.emit()

    def set_covered(self, covered: bool) -> None:
        """Where there is one screen, a covered slide is in front of the notes."""
        self._covered = covered
        self.bring_forward()

    def change_layout(self) -> None:
        """Where there is one screen, bring the notes to the front, or the slide."""
        if not self._two:
            self._notes = not self._notes
            self.bring_forward()

    def change_screens(self) -> None:
        """Where there are two, let slide and notes change places."""
        if self._two:
            self._turns += 1
            self.arrange()

    def stop(self) -> None:
        """Follow no screen any more, and take the notes away."""
        self._unsettled.stop()
        self._desk.hide()

    def _home(self) -> QPoint:
        parent = self._window.parentWidget()
        return QPoint() if parent is None else parent.window().frameGeometry().center()

    def _on_screens_changed(self) -> None:
        # Docks take screens away and bring them back within a moment.
        self._unsettled.start()

    def _on_unsettled_timeout(self) -> None:
        if self._window.isVisible():
            self.arrange()
