"""The Help screen: every topic, every scale, and nothing that is not text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from briefing import paths
from briefing.core.brief import Span, plain
from briefing.core.errors import BriefingError
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import CREDIBILITY, RELIABILITY
from briefing.core.profile import WORDS_MAX
from briefing.core.tlp import Tlp
from briefing.services import help_data, help_identity, help_relevance
from briefing.services.help_content import Grid, HelpPage, Shares, Verbatim, Words, sign_words
from briefing.services.help_licences import licences_help, read_inline, read_notices
from briefing.services.help_pages import primer_pages
from briefing.services.help_search import KIND, find_help
from briefing.services.help_topics import help_topics
from briefing.services.library import Library
from briefing.store.connection import KnowledgeFile
from briefing.ui.navigation import Place, ScreenEntry
from briefing.ui.theme import Theme
from briefing.ui.views.help import HelpView
from briefing.ui.views.help_keyboard import keyboard_help
from briefing.ui.widgets.badges import TlpBadge
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.scales import ConfidenceSteps, LikelihoodScale
from briefing.ui.widgets.two_line_list import TwoLineList

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NOTICES = paths.data_folder() / "ATTRIBUTION.md"
SCREENS = (ScreenEntry("actors", "Actors", "actors", "Ctrl+1", QWidget),)


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(KnowledgeFile(paths.bundled_database()))


@pytest.fixture(scope="module")
def pages(library: Library) -> dict[str, HelpPage]:
    found = {topic.key: topic.page() for topic in help_topics(library, NOTICES)}
    found["keyboard"] = keyboard_help(SCREENS)
    return found


class _Desk:
    """The screen in a window, and where it asked to go."""

    def __init__(self, qtbot: QtBot, theme: Theme, library: Library) -> None:
        self.qtbot = qtbot
        self.asked: list[Place] = []
        self.view = HelpView(theme, library, lambda: SCREENS)
        self.view.navigate.connect(self.asked.append)
        self.window = QWidget()
        QVBoxLayout(self.window).addWidget(self.view)
        self.window.resize(1300, 850)
        qtbot.addWidget(self.window)
        self.window.show()

    def go(self, subject: str = "") -> None:
        self.view.show_place(Place("help", subject))
        self.qtbot.waitUntil(lambda: self.view.page.is_whole)

    @property
    def topics(self) -> TwoLineList:
        return self.window.findChildren(TwoLineList)[0]

    def prose(self) -> Sequence[Prose]:
        return [text for text in self.window.findChildren(Prose) if text.isVisible()]


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, library: Library) -> _Desk:
    return _Desk(qtbot, theme, library)


def test_without_a_topic_the_first_page_of_the_primer_is_shown(
    desk: _Desk, library: Library
) -> None:
    desk.go()
    assert desk.view.title == f"Help: {primer_pages(library.knowledge)[0].title}"


def test_coming_back_shows_the_topic_one_was_at(desk: _Desk) -> None:
    desk.go("data")
    desk.go()
    assert desk.view.title == "Help: About the data"


def test_every_topic_has_a_page_of_its_title(desk: _Desk) -> None:
    desk.go()
    model = desk.topics.model()
    titles = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    shown = []
    for row in range(model.rowCount()):
        desk.topics.setCurrentIndex(model.index(row, 0))
        if desk.asked:
            desk.go(desk.asked[-1].subject)
        shown.append(desk.view.title.removeprefix("Help: "))
    assert shown == titles
    assert {"Keyboard", "Licences and notices", "How actors are joined"} <= set(titles)


def test_a_topic_that_is_not_there_is_told_in_words(desk: _Desk) -> None:
    with pytest.raises(BriefingError, match="There is no help page “nonsense”"):
        desk.go("nonsense")


def test_a_place_may_name_a_section_and_it_comes_to_the_top(desk: _Desk, qtbot: QtBot) -> None:
    desk.go("reading#tlp")
    bar = desk.view.page.scroller.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    desk.go("reading")
    desk.go("reading#no-such-section")
    assert bar.value() == 0


def test_all_scales_are_explained_as_the_core_defines_them(
    desk: _Desk, pages: dict[str, HelpPage]
) -> None:
    words = pages["reading"].words()
    for meaning in (*RELIABILITY.values(), *CREDIBILITY.values()):
        assert meaning in words.lower()
    desk.go("reading")
    badges = desk.view.findChildren(TlpBadge)
    assert {badge.accessibleName() for badge in badges} == {level.label for level in Tlp}
    scales = [scale.accessibleName() for scale in desk.view.findChildren(LikelihoodScale)]
    assert scales == [f"Likelihood: {step.term} {step.range}" for step in Likelihood]
    steps = {step.accessibleName() for step in desk.view.findChildren(ConfidenceSteps)}
    assert steps == {f"Confidence: {step.word}" for step in Confidence}


def test_the_letter_of_a_document_follows_from_who_published_it_as_the_page_says(
    library: Library,
) -> None:
    grades: dict[str, set[str]] = {}
    for row in library.actors[:10]:
        for entry in library.profile(row.id).sources:
            if not entry.catalogue:
                grades.setdefault(entry.kind, set()).add(entry.grade.reliability)
    said = {"court": "A", "gov": "B", "vendor": "B", "research": "B", "catalogue": "B"}
    said["press"] = "C"
    found = {kind: letters for kind, letters in grades.items() if kind in said}
    assert found
    assert found == {kind: {said[kind]} for kind in found}


def test_the_queue_is_counted_in_the_open_database(
    library: Library, pages: dict[str, HelpPage]
) -> None:
    waiting = library.describe().counts["identity_queue"]
    assert f"{waiting} pairs of records match in part" in pages["identity"].words()


def test_every_source_is_named_with_version_licence_and_reasoned_reliability(
    library: Library, pages: dict[str, HelpPage]
) -> None:
    words = pages["data"].words()
    for source in library.describe().sources:
        for text in (source.title, source.version, source.licence, f"{source.reliability}, "):
            assert text in words
        assert source.reliability_why.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}") in words
    assert "26 November 2025" in words


def test_what_is_known_is_counted_out_of_all_actors(
    library: Library, pages: dict[str, HelpPage]
) -> None:
    [shares] = [
        block
        for section in pages["data"].sections
        for block in section.blocks
        if isinstance(block, Shares)
    ]
    assert shares.total == len(library.actors)
    assert dict(shares.rows)["Origin"] == sum(bool(row.origins) for row in library.actors)


def test_headings_that_are_searched_are_those_that_are_shown(pages: dict[str, HelpPage]) -> None:
    for module in (help_relevance, help_identity, help_data):
        shown = {section.key: section.title for section in pages[module.KEY].sections}
        assert module.SECTIONS.items() <= shown.items()


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("tlp", "reading#tlp"),
        ("Admiralty", "reading#grades"),
        ("very likely", "reading#likelihood"),
        ("amber", "reading#tlp"),
        ("relevance", "relevance"),
        ("shortcuts", "keyboard"),
        ("licence", "licences"),
        ("joined", "identity"),
        ("small firm", "primer/what-an-apt-is#section-5"),
    ],
)
def test_a_search_finds_the_page_that_explains_a_word(
    library: Library, typed: str, place: str
) -> None:
    hits = library.search(typed)
    assert place in [hit.id for hit in hits if hit.kind == KIND]


def test_a_name_that_is_nearly_right_is_still_offered_where_no_page_explains_it(
    library: Library,
) -> None:
    assert find_help(library.knowledge, "fancy bare") == ()
    assert all(hit.near for hit in library.search("fancy bare"))


@given(st.text(max_size=40))
def test_a_search_of_the_help_never_fails(library: Library, text: str) -> None:
    assert all(hit.kind == KIND for hit in find_help(library.knowledge, text))


def test_our_own_sentences_are_short(pages: dict[str, HelpPage]) -> None:
    long = []
    for page in pages.values():
        for section in page.sections:
            for block in section.blocks:
                if isinstance(block, Words) and page.key != "licences":
                    text = " ".join(plain(paragraph) for paragraph in block.paragraphs)
                    sentences = re.split(r"(?<=[.!?])\s+", text)
                    long += [words for words in sentences if len(words.split()) > WORDS_MAX]
    assert long == []


def test_a_mark_of_the_primer_leads_to_its_source(
    desk: _Desk, library: Library, qtbot: QtBot
) -> None:
    desk.go()
    page = primer_pages(library.knowledge)[0]
    bar = desk.view.page.scroller.verticalScrollBar()
    desk.prose()[0].source_activated.emit(page.sources[-1].key)
    qtbot.waitUntil(lambda: bar.value() > 0)
    focus = QApplication.focusWidget()
    assert isinstance(focus, Prose)
    assert focus.text() == page.sources[-1].title.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


def test_only_links_that_a_person_follows_are_opened_and_only_safe_ones(
    desk: _Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    desk.go("licences")
    text = desk.prose()[1]
    assert opened == []
    text.link_activated.emit("file:///etc/passwd")
    text.link_activated.emit("https://example.org/")
    assert opened == [QUrl("https://example.org/")]


def test_the_notices_keep_every_word_of_the_file() -> None:
    text = NOTICES.read_text(encoding="utf-8")
    shown = re.sub(r"\W+", "", licences_help(NOTICES).words())
    for word in re.findall(r"[A-Za-z0-9]{4,}", re.sub(r"^# .*|https://", "", text)):
        assert word in shown


def test_a_notice_is_read_as_tables_items_quotations_and_plain_text() -> None:
    [first, second] = read_notices(
        "# Title\n\nOpening with `code`.\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\n## Next\n\n"
        "- one\n  goes on\n- two\n\n> said\n> so\n\n```text\n# kept\n- as it is\n```\n"
    )
    assert (first.title, second.title) == ("What is bundled", "Next")
    assert first.blocks[1] == Grid(("a", "b"), (("1", "2"),))
    items, quotation, fence = second.blocks
    assert isinstance(items, Words)
    assert [plain(item) for item in items.paragraphs] == ["one goes on", "two"]
    assert quotation == Verbatim("said so")
    assert fence == Verbatim("# kept\n- as it is")


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "<http://plain.example/>",
        "![picture](https://example.org/p.png",
    ],
)
def test_markup_in_a_notice_stays_words(text: str) -> None:
    spans = read_inline(text)
    assert "".join(span.text for span in spans if isinstance(span, Span)) == text
    assert not any(span.href for span in spans if isinstance(span, Span))


@given(st.text(max_size=200))
def test_any_text_can_be_a_notice(text: str) -> None:
    for section in read_notices(text):
        for block in section.blocks:
            if isinstance(block, Words):
                for paragraph in block.paragraphs:
                    assert all(
                        not span.href or span.href.startswith("https://")
                        for span in paragraph
                        if isinstance(span, Span)
                    )


def test_notices_that_are_missing_are_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match="licences and notices cannot be read"):
        licences_help(tmp_path / "ATTRIBUTION.md")


def test_the_keyboard_opens_a_topic(desk: _Desk) -> None:
    desk.go()
    desk.topics.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(desk.topics, Qt.Key.Key_Down)
    assert desk.asked == [Place("help", "primer/who-stands-behind-them")]


def test_the_keyboard_map_lists_the_screens_there_are(pages: dict[str, HelpPage]) -> None:
    words = pages["keyboard"].words()
    assert "Ctrl+1 Open Actors." in words
    assert "Ctrl+K Search everything." in words


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_no_line_of_a_page_is_cut_at_any_text_size(
    desk: _Desk, theme: Theme, factor: float, qtbot: QtBot
) -> None:
    theme.set_factor(factor)
    try:
        for topic in ("", "reading", "identity", "data", "licences", "keyboard"):
            desk.go(topic)
            qtbot.waitUntil(lambda: not _cut(desk) and _is_inside(desk))
    finally:
        theme.set_factor(1.0)


def _is_inside(desk: _Desk) -> bool:
    """Whether nothing is wider than its window."""
    scroller = desk.view.page.scroller
    return scroller.content.width() <= scroller.viewport().width()


def _cut(desk: _Desk) -> list[str]:
    """Texts that are not shown whole."""
    return [
        text.text()
        for text in desk.prose()
        if text.height() < text.heightForWidth(text.width())
        or text.document().size().width() > text.width() + 1
    ]


def test_a_sign_is_also_words() -> None:
    assert sign_words(Tlp.RED) == "TLP:RED"
    assert sign_words(Confidence.LOW) == "confidence low"
    assert sign_words("A") == "A"
