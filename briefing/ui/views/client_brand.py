"""A client's brand in the form: logo with its picture, two colours with their contrast, footer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from briefing.core.client import Brand
from briefing.core.errors import BriefingError
from briefing.services.client_checks import LONGEST_FOOTER, colour_problem
from briefing.services.client_notes import better_shade, primary_note, secondary_note
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.advisory_parts import Stack
from briefing.ui.views.client_work import load_logo
from briefing.ui.widgets.buttons import LinkButton, normal_button
from briefing.ui.widgets.colour_field import ColourField
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.form_field import FormField
from briefing.ui.widgets.text_field import TextField

_PREVIEW = QSize(160, 56)
_PRIMARY, _SECONDARY = "brand.primary", "brand.secondary"


class LogoPreview(QWidget):
    """The logo on white, as it will be printed; hidden while there is none."""

    def __init__(self, theme: Theme) -> None:
        """No logo."""
        super().__init__()
        self._theme = theme
        self._logo = b""
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self.hide()

    def set_logo(self, logo: bytes) -> None:
        """Show another picture."""
        self._logo = logo
        self._on_theme_changed()
        self.setVisible(bool(logo))

    def _on_theme_changed(self) -> None:
        self._image = _scaled(self._logo, self._inner() * self.devicePixelRatio())
        self.setAccessibleName("Logo" if self._logo else "")
        self.updateGeometry()
        self.update()

    def _inner(self) -> QSize:
        return self.sizeHint() - QSize(1, 1) * (2 * self._theme.px(6))

    def sizeHint(self) -> QSize:
        """The same for every logo."""
        return QSize(self._theme.px(_PREVIEW.width()), self._theme.px(_PREVIEW.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture in the middle of white paper, in the dark too."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(self._theme.colour("line_2"), 1))
        painter.setBrush(QColor(Qt.GlobalColor.white))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        size = self._image.size().scaled(self._inner(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) / 2
        top = (self.height() - size.height()) / 2
        painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)


class BrandFields(QWidget):
    """Logo, colours and footer; only the colours judge themselves while they are typed."""

    changed = Signal()

    def __init__(self, theme: Theme, jobs: Jobs) -> None:
        """No brand; ``jobs`` reads logos."""
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._logo = b""
        self.preview = LogoPreview(theme)
        self.choose_logo = normal_button(theme, "Choose a picture…", "folder")
        self.drop_logo = normal_button(theme, "Remove")
        self.drop_logo.setAccessibleName("Remove the logo")
        self.primary = ColourField(theme, "Main colour")
        self.secondary = ColourField(theme, "Second colour")
        self.footer_line = TextField(theme, "Footer")
        self.footer_line.input.setMaxLength(LONGEST_FOOTER)
        self.logo = FormField(
            theme,
            "Logo",
            self._logo_row(),
            "PNG or JPEG, at most 2 MB. What the picture holds besides its pixels is left out.",
        )
        self.fields = {
            "brand.logo": self.logo,
            _PRIMARY: FormField(theme, "Main colour, for headings", self.primary),
            _SECONDARY: FormField(theme, "Second colour, for lines and areas", self.secondary),
            "brand.footer": FormField(
                theme, "Footer", self.footer_line, "One line under every page."
            ),
        }
        self._better: dict[str, LinkButton] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for field in self.fields.values():
            self._box.addWidget(field)
        for key, line in ((_PRIMARY, self.primary), (_SECONDARY, self.secondary)):
            self._offer_better(key, line)
            line.changed.connect(partial(self._on_colour_changed, key))
        self.choose_logo.clicked.connect(self._on_choose_clicked)
        self.drop_logo.clicked.connect(self._on_drop_clicked)
        self.footer_line.edited.connect(self.changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.set_brand(Brand())

    @property
    def brand(self) -> Brand:
        """As it is typed."""
        return Brand(
            logo=self._logo,
            primary=self.primary.colour,
            secondary=self.secondary.colour,
            footer=self.footer_line.text().strip(),
        )

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab is to stop, in the order of the eye."""
        colours = (
            stop
            for key, line in ((_PRIMARY, self.primary), (_SECONDARY, self.secondary))
            for stop in (line.line.input, line.choose, self._better[key])
        )
        return (self.choose_logo, self.drop_logo, *colours, self.footer_line.input)

    def set_brand(self, brand: Brand) -> None:
        """Show another."""
        self._show_logo(brand.logo)
        self.logo.say_problem("")
        self.primary.set_colour(brand.primary)
        self.secondary.set_colour(brand.secondary)
        if brand.footer != self.footer_line.text().strip():
            self.footer_line.input.setText(brand.footer)
        for key in (_PRIMARY, _SECONDARY):
            self._judge(key)

    def take_logo(self, path: Path) -> None:
        """Read a picture in the background; one that cannot be a logo is refused at the field."""
        job = self._jobs.run("Reading the logo", lambda _task: load_logo(path))
        job.failed.connect(self._on_logo_failed)
        job.then(self._on_logo_read)

    def _logo_row(self) -> QWidget:
        buttons = QWidget()
        self._flow = FlowLayout(buttons)
        for widget in (self.choose_logo, self.drop_logo):
            self._flow.addWidget(widget)
        return Stack(self._theme, self.preview, buttons, spacing=6)

    def _offer_better(self, key: str, line: ColourField) -> None:
        button = LinkButton(self._theme, "Use the nearest shade", "note_strong")
        button.hide()
        button.clicked.connect(partial(self._take_better, key, line))
        self.fields[key].add(button)
        self._better[key] = button

    def _take_better(self, key: str, line: ColourField) -> None:
        line.set_colour(better_shade(key, line.colour))
        self.fields[key].take_keyboard()
        self._on_colour_changed(key)

    def _judge(self, key: str) -> None:
        colour = (self.primary if key == _PRIMARY else self.secondary).colour
        note = (primary_note if key == _PRIMARY else secondary_note)(colour)
        # Half a colour is not wrong yet: what was typed is judged when the client is kept.
        if not colour_problem(colour):
            self.fields[key].say_problem("")
        self.fields[key].say_warning(note)
        button = self._better[key]
        button.setVisible(bool(note))
        if note:
            button.setText(f"Use {better_shade(key, colour)}")
            button.setAccessibleName(f"Use the nearest shade, {better_shade(key, colour)}")
            button.updateGeometry()

    def _show_logo(self, logo: bytes) -> None:
        self._logo = logo
        self.preview.set_logo(logo)
        self.drop_logo.setVisible(bool(logo))
        self.choose_logo.set_text("Choose another…" if logo else "Choose a picture…")

    def _on_colour_changed(self, key: str) -> None:
        self._judge(key)
        self.changed.emit()

    def _on_choose_clicked(self) -> None:
        dialog = QFileDialog(self.window(), "Choose a logo")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Pictures (*.png *.jpg *.jpeg);;All files (*)")
        dialog.fileSelected.connect(lambda name: self.take_logo(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_drop_clicked(self) -> None:
        self._show_logo(b"")
        self.logo.say_problem("")
        self.choose_logo.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _on_logo_read(self, logo: bytes) -> None:
        self.logo.say_problem("")
        self._show_logo(logo)
        self.changed.emit()

    def _on_logo_failed(self, error: BriefingError) -> None:
        kept = " The logo from before stays." if self._logo else ""
        self.logo.say_problem(f"{error}{kept}")

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(12))
        self._flow.set_spacing(self._theme.px(8))


def _scaled(logo: bytes, room: QSize) -> QImage:
    """The picture, no larger than it is shown: a large one is never held whole."""
    data = QByteArray(logo)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.isValid() and (size.width() > room.width() or size.height() > room.height()):
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read() if logo else QImage()
