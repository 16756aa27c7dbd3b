"""Setting up a feed of one's own: what it is called, where it is, how it is asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp, parse_tlp
from briefing.feeds.remote import Credentials
from briefing.store.feeds import FeedState
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_audience import AudienceChoice
from briefing.ui.views.feed_work import id_of, keep_feed
from briefing.ui.views.form_dialog import FormDialog
from briefing.ui.views.import_work import Desk
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.closed_list import ClosedList
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.text_field import TextField

_WAYS = {
    "file": (
        "One file",
        "The address of a single file: a STIX bundle, a MISP galaxy, a list such as KEV.",
    ),
    "feed": ("News feed (RSS or Atom)", "The address of the feed, not of the page that shows it."),
    "rolie": (
        "Security advisories (CSAF)",
        "The ROLIE feed or changes.csv of a publisher; new and changed advisories are fetched.",
    ),
    "misp": (
        "MISP feed",
        "The folder that holds manifest.json; new and changed events are fetched.",
    ),
    "taxii": (
        "TAXII 2.1 server",
        "The discovery address, often ending with /taxii2/; what was added since is fetched.",
    ),
}
_TAXII = "taxii"
_TLP_NOTE = (
    "Objects that bear no label of their own get this one. TLP:RED keeps them out of every briefing"
    " for others."
)
_INSIDE_NOTE = (
    "Addresses of private networks and of this computer are refused unless this is ticked."
)
_KEYRING_NOTE = "Kept in the keyring of this system and nowhere else. With a user it is a password."
_KEPT_NOTE = "One is kept in the keyring. Leave this empty to go on using it."


class FeedDialog(FormDialog):
    """The form; ``kept`` carries the id once the feed is set up."""

    kept = Signal(str)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None,
        jobs: Jobs,
        desk: Desk,
        taken: Collection[str],
        feed: FeedState | None = None,
        *,
        is_held: bool = False,
    ) -> None:
        """Ask for a new feed, or show one that is set up.

        Args:
            theme: Looks.
            parent: The window it stands over.
            jobs: Writes in the background.
            desk: Database and keyring.
            taken: Ids that another source has.
            feed: The feed that is to be changed.
            is_held: Whether something of it has been taken in, under its title.
        """
        title = "Add a feed" if feed is None else f"Change {feed.title}"
        super().__init__(theme, parent, title, "Add the feed" if feed is None else "Save")
        self._jobs = jobs
        self._desk = desk
        self._taken = taken
        self._feed = feed
        self.title = TextField(theme, "Title", "Our platform")
        self.id = TextField(theme, "Id")
        self.address = TextField(theme, "Address", "https://…")
        self.way = ClosedList()
        self.tlp = AudienceChoice(theme)
        self.collections = TextField(theme, "Collections")
        self.user = TextField(theme, "User")
        self.token = TextField(theme, "Token or password")
        self.drop_token = QCheckBox("Remove the token that is kept")
        self.inside = QCheckBox("The server is inside our network")
        self.cafile = TextField(theme, "Certificate authority")
        self._way_words = WrappedLabel(theme, "", "note", "ink_3")
        self.title.input.setReadOnly(is_held)
        self._lay_out()
        self._fill(feed)
        self._connect()
        self._on_way_changed()
        self.title.input.setFocus()

    def _lay_out(self) -> None:
        for code, (label, note) in _WAYS.items():
            self.way.addItem(label, code)
            self.way.setItemData(self.way.count() - 1, note, 3)
        self.way.setAccessibleName("How it is fetched")
        self.tlp.setAccessibleName("Label of what bears none")
        self.token.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.add("Title", self.title)
        self.add("Id", self.id, "Made from the title. It names the source for good.")
        self.add("How it is fetched", self.way, self._way_words)
        self.add("Address", self.address)
        self._collections = self.add(
            "Collections",
            self.collections,
            "Ids or titles, apart by semicolons. Empty: all that this account may read.",
        )
        self.add("Label of what bears none", self.tlp, _TLP_NOTE)
        self.add("User", self.user, "Empty where the server asks for a token alone, or nothing.")
        has_token = self._feed is not None and bool(self._feed.options.get("token"))
        self.add("Token or password", self.token, _KEPT_NOTE if has_token else _KEYRING_NOTE)
        self.drop_token.setVisible(has_token)
        self.page.body.addWidget(self.drop_token)
        self.add("", self.inside, _INSIDE_NOTE)
        browse = normal_button(self._theme, "Choose…", "folder")
        browse.setAccessibleName("Choose the file of the certificate authority")
        browse.clicked.connect(self._on_browse_clicked)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        row.addWidget(self.cafile, 1)
        row.addWidget(browse)
        self.add(
            "Certificate authority",
            line,
            "A PEM file to trust besides the system’s own, for this feed only. Mostly empty.",
        )

    def _connect(self) -> None:
        self.title.edited.connect(self._on_title_edited)
        self.way.currentIndexChanged.connect(self._on_way_changed)
        self.do.clicked.connect(self._on_do_clicked)

    def _fill(self, feed: FeedState | None) -> None:
        self.tlp.setCurrentIndex(Tlp.RED.value)
        if feed is None:
            return
        self.title.input.setText(feed.title)
        self.id.input.setText(feed.source)
        self.id.input.setReadOnly(True)
        self.address.input.setText(feed.address)
        self.way.setCurrentIndex(max(self.way.findData(feed.format), 0))
        self.inside.setChecked(feed.inside)
        self.collections.input.setText("; ".join(feed.options.get("collections") or ()))
        self.cafile.input.setText(str(feed.options.get("cafile") or ""))
        self.tlp.setCurrentIndex(parse_tlp(feed.options.get("tlp")).value)

    def _wanted(self) -> FeedState:
        """The feed as the form says; how far it was fetched is kept where that still holds."""
        known = dict(self._feed.options) if self._feed is not None else {}
        options: dict[str, Any] = {**known, "tlp": self.tlp.level.code}
        names = [name.strip() for name in self.collections.text().split(";") if name.strip()]
        way = str(self.way.currentData())
        for key, value in (
            ("collections", names if way == _TAXII else []),
            ("cafile", self.cafile.text().strip()),
        ):
            options.pop(key, None)
            if value:
                options[key] = value
        address = self.address.text().strip()
        made = FeedState(
            self.id.text().strip(),
            self.title.text().strip(),
            way,
            address,
            self.inside.isChecked(),
            options,
        )
        before = self._feed
        if before is None or (before.address, before.format) != (address, way):
            return made
        return replace(
            made,
            etag=before.etag,
            last_modified=before.last_modified,
            cursor=before.cursor,
            checked_at=before.checked_at,
        )

    def _faults(self) -> dict[TextField, str]:
        """What is wrong with single fields, in sentences."""
        cafile = self.cafile.text().strip()
        new = self._feed is None
        wrong = {
            self.title: "" if self.title.text().strip() else "Say what it is to be called.",
            self.id: f"There is a source “{self.id.text().strip()}” already. Choose another id."
            if new and self.id.text().strip() in self._taken
            else "",
            self.address: ""
            if self.address.text().strip()
            else "Type or paste the address; it begins with https.",
            self.cafile: f"There is no file {cafile}."
            if cafile and not Path(cafile).is_file()
            else "",
            self.token: "Type the password of this user."
            if self.user.text().strip() and not self.token.text() and new
            else "",
        }
        for field, message in wrong.items():
            field.set_error(message)
        return {field: message for field, message in wrong.items() if message}

    def _on_do_clicked(self) -> None:
        self.say()
        faults = self._faults()
        if faults:
            next(iter(faults)).input.setFocus()
            return
        secret, user = self.token.text(), self.user.text().strip()
        credentials = Credentials(secret, user) if secret else None
        work = partial(
            keep_feed,
            self._desk,
            self._wanted(),
            credentials,
            drop=self.drop_token.isChecked() and credentials is None,
        )
        self.do.setEnabled(False)
        job = self._jobs.run("Keeping the feed", lambda _task: work(), serial=True)
        job.failed.connect(self._on_failed)
        job.then(self._on_kept)

    def _on_kept(self, source: str) -> None:
        self.kept.emit(source)
        self.accept()

    def _on_failed(self, error: BriefingError) -> None:
        self.do.setEnabled(True)
        self.say_error(error)

    def _on_title_edited(self, title: str) -> None:
        # An id that the person has written stays.
        if self._feed is None and not self.id.input.isModified():
            self.id.input.setText(id_of(title))

    def _on_way_changed(self) -> None:
        way = str(self.way.currentData())
        self._way_words.setText(_WAYS[way][1])
        self._collections.setVisible(way == _TAXII)

    def _on_browse_clicked(self) -> None:
        dialog = QFileDialog(self, "Certificate authority")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Certificates (*.pem *.crt *.cer);;All files (*)")
        dialog.fileSelected.connect(self.cafile.input.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
