"""The head of a profile: the name, what is stated in a word or two, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from briefing.core.actor import ActorProfile
from briefing.core.wording import listed
from briefing.services.recipes.origins import short_name
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section
from briefing.ui.views.actor_sections.shown import Shown
from briefing.ui.widgets.buttons import IconButton, normal_button, primary_button
from briefing.ui.widgets.chips import Chip, ChipKind
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns, stacked
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import ElidedLabel
from briefing.ui.widgets.tooltip_lines import tooltip_of

_BESIDE = Arrangement(640, (((0, 1), (1, NATURAL)),))
_ATTACK = "mitre-attack"
_UNKNOWN = "unknown"


class HeadSection(Section):
    """Name and chips at the left, buttons at the right or under them."""

    compare_requested = Signal(str)
    brief_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Without a name yet."""
        super().__init__(theme)
        self._shown: Shown | None = None
        self._name = ElidedLabel(theme, "", "title")
        self._titles = QWidget()
        self._flow = FlowLayout(self._titles)
        self._flow.addWidget(self._name)
        self._chips: list[Chip] = []
        self._buttons = QWidget()
        self._button_flow = FlowLayout(self._buttons)
        self.compare = normal_button(theme, "Compare", "compare")
        self.brief = primary_button(theme, "Make briefing", "plus")
        self.more = IconButton(theme, "more", "More about this actor")
        self._menu = QMenu(self.more)
        self._link_action = self._menu.addAction("Copy link to ATT&&CK page", self._copy_link)
        self._menu.addAction("Copy profile as text", self._copy_text)
        self._menu.addSeparator()
        self._page_action = self._menu.addAction("Open ATT&&CK page in browser", self._open_page)
        self.more.setMenu(self._menu)
        for button in (self.compare, self.brief, self.more):
            self._button_flow.addWidget(button)
        self.compare.clicked.connect(lambda: self.compare_requested.emit(self._actor()))
        self.brief.clicked.connect(lambda: self.brief_requested.emit(self._actor()))
        self.body.addWidget(
            Columns(theme, (self._titles, self._buttons), (_BESIDE, stacked(2)), 16, 8)
        )
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """Name another actor."""
        self._shown = shown
        row = shown.profile.row
        self._name.setText(row.name)
        self._name.setAccessibleName(row.name)
        wanted = list(chips(shown.profile))
        self._set_chips(wanted)
        others = other_catalogues(shown.profile)
        if len(others) > 1:
            rest = self._chips[len(wanted) - 1]
            rest.setToolTip(tooltip_of(["Also in:", *others[1:]]))
            rest.setAccessibleName(f"Also in {listed(others[1:])}")
        self.compare.setAccessibleName(f"Compare {row.name} with other actors")
        self.brief.setAccessibleName(f"Make a briefing about {row.name}")
        for action in (self._link_action, self._page_action):
            action.setEnabled(bool(row.attack_id))
            action.setToolTip("" if row.attack_id else "ATT&CK has no page about this actor.")

    def _set_chips(self, wanted: list[tuple[str, ChipKind]]) -> None:
        while len(self._chips) < len(wanted):
            chip = Chip(self._theme, "")
            self._chips.append(chip)
            self._flow.addWidget(chip)
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(wanted))
            if place < len(wanted):
                chip.set_text(*wanted[place])
                chip.setToolTip("")
        self._flow.invalidate()

    def _actor(self) -> str:
        return self._shown.profile.row.id if self._shown else ""

    def _page(self) -> str:
        attack_id = self._shown.profile.row.attack_id if self._shown else ""
        return f"https://attack.mitre.org/groups/{attack_id}/" if attack_id else ""

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(self._page())

    def _copy_text(self) -> None:
        # lazy: few copy a profile.
        from briefing.ui.views.actor_sections.as_text import profile_text  # noqa: PLC0415 - start time

        if self._shown is not None:
            QGuiApplication.clipboard().setText(profile_text(self._shown))

    def _open_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._page()))

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self._flow.set_spacing(self._theme.px(8))
        self._button_flow.set_spacing(self._theme.px(8))


def chips(profile: ActorProfile) -> Iterator[tuple[str, ChipKind]]:
    """What is stated in a word each: kind, origins, catalogues; what is not is said so."""
    row = profile.row
    yield _kind(profile)
    origins = dict.fromkeys(o.country.label for o in profile.origins if o.country.code)
    for label in origins:
        yield label, "contested" if len(origins) > 1 else "plain"
    if not origins:
        yield "origin not stated", "quiet"
    if row.attack_id:
        yield f"ATT&CK {row.attack_id}", "plain"
    others = other_catalogues(profile)
    if others:
        yield others[0], "plain"
    if len(others) > 1:
        yield f"+{len(others) - 1}", "plain"


def _kind(profile: ActorProfile) -> tuple[str, ChipKind]:
    if not profile.row.kind:
        return "kind not stated", "quiet"
    if profile.row.kind == _UNKNOWN:
        return "kind unknown", "quiet"
    return profile.kind.label, "tint"


def other_catalogues(profile: ActorProfile) -> list[str]:
    """Short names of the catalogues that know the actor, besides ATT&CK where it has an id."""
    named = _ATTACK if profile.row.attack_id else ""
    entries = (entry for entry in profile.sources if entry.catalogue and entry.key != named)
    return list(dict.fromkeys(short_name(entry) for entry in entries))
