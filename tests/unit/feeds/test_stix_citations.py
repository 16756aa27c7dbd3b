"""Documents that STIX objects cite: title and date only where the description is certain."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.feeds.stix_citations import Documents, described, marked, without_marks


@pytest.mark.parametrize(
    ("description", "title", "published"),
    [
        (
            "Doe, J. (2020, January 14). Fox: A Study. Retrieved February 1, 2021.",
            "Fox: A Study",
            "2020-01-14",
        ),
        (
            " Doe, J., Roe, R.. (2018, December 4). Fox at Work .  Retrieved May 29, 2020..",
            "Fox at Work",
            "2018-12-04",
        ),
        ("Acme (2019, March 1). Fox. Retrieved May 2, 2020.", "Fox", "2019-03-01"),
        ("Acme Labs. (2021, June). Fox. Retrieved May 2, 2022.", "Fox", "2021-06"),
        ("Acme. (2017). Fox (2016). More. Retrieved May 2, 2018.", "Fox (2016). More", "2017"),
        ("Acme. (n.d.). Fox. Retrieved May 2, 2018.", "Fox", ""),
        ("Acme. (2020, February 31). Fox. Retrieved May 2, 2021.", "Fox", "2020-02"),
        ("Acme. (2020, May 1). Retrieved May 2, 2021.", "", "2020-05-01"),
        (
            "Acme. (2020, May 1). https://example.org/x. Retrieved May 2, 2021.",
            "",
            "2020-05-01",
        ),
        (
            "Acme. (2020, May 1). Fox <b>&amp;</b> Owl. Retrieved May 2, 2021.",
            "Fox & Owl",
            "2020-05-01",
        ),
        ("J. Doe 2018, September 04 Fox moves Retrieved. 2019/03/14 ", "Fox moves", "2018-09-04"),
        ("Acme 2021, May Fox statement Retrieved. 2021/10/08 ", "Fox statement", "2021-05"),
    ],
)
def test_title_and_date_are_read_from_the_shapes_that_attack_writes(
    description: str, title: str, published: str
) -> None:
    assert described(description) == (title, published)


@pytest.mark.parametrize(
    "description",
    [
        None,
        5,
        "",
        "(Citation: Somebody 2019)",
        "Fox, a group named by Acme (2019).",
        "Acme. (null). Fox. Retrieved February 25, 2021.",
        "Acme. (12, October 26). Fox. Retrieved April 25, 2017.",
        "Acme. (2019, Janvier 3). Fox. Retrieved May 2, 2020.",
        "Acme   Fox Retrieved. 2019/11/03 ",
        "Acme 2017, June 13 Fox Retrieved. 2017/09/18 Owl Retrieved. 2018/01/01 ",
        "Acme 2003 Fox Retrieved. 2017/09/18 ",
        "Acme. (2020, May 1). Fox. Retrieved yesterday.",
        "x" * 2001,
    ],
)
def test_what_has_another_shape_has_neither_title_nor_date(description: object) -> None:
    assert described(description) == ("", "")


def document(url: str, description: str = "") -> tuple[str, str, str, str]:
    documents = Documents()
    cited = documents.cited([{"source_name": "x", "url": url, "description": description}])
    (draft,) = documents.drafts(cited)
    return draft.url, draft.title, draft.publisher, draft.published


def test_the_stated_date_counts_and_the_address_where_none_is_stated() -> None:
    url = "https://www.example.org/2016/10/fox"
    stated = "Acme. (2017, May 1). Fox. Retrieved May 2, 2021."
    assert document(url, stated) == (url, "Fox", "example.org", "2017-05-01")
    assert document(url, "A blog") == (url, "", "example.org", "2016-10")


def test_of_several_descriptions_of_one_address_the_first_counts() -> None:
    documents = Documents()
    for name in ("Fox", "Owl"):
        text = f"Acme. (2020, May 1). {name}. Retrieved May 2, 2021."
        documents.cited([{"url": "https://example.org/", "description": text}])
    (draft,) = documents.drafts(documents.cited([{"url": "https://example.org/"}]))
    assert draft.title == "Fox"


@pytest.mark.parametrize("references", [None, "x", {}, [None, 5, "x", [], {}, {"url": 5}]])
def test_what_is_no_list_of_references_cites_nothing(references: object) -> None:
    assert Documents().cited(references) == ()
    assert Documents().labels(references) == {}


def test_marks_name_documents_in_their_order_each_once() -> None:
    labels = {"A": "1", "B (C)": "2"}
    text = "x (Citation: B (C)) y(Citation: A)(Citation: Nobody)(Citation: A )"
    assert marked(text, labels) == ("2", "1")
    assert marked(None, labels) == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Fox hunts (Citation: A).", "Fox hunts."),
        ("Fox hunts.(Citation: A)(Citation: B) (Citation: C (D))", "Fox hunts."),
        ("Fox (Citation: ", "Fox (Citation:"),
        ("A <i>fox</i> &lt;x&gt;", "A fox <x>"),
    ],
)
def test_a_text_is_kept_without_marks_and_markup(text: str, plain: str) -> None:
    assert without_marks(text) == plain


def test_a_long_text_is_cut_at_a_word() -> None:
    kept = without_marks("word " * 10_000)
    assert len(kept) <= 4000
    assert kept.endswith("word…")


@pytest.mark.parametrize(
    "hostile",
    [
        "(Citation: " * 20_000,
        "(Citation: x" + "(y)" * 80_000,
        "(Citation: (" * 20_000,
        " " * 200_000 + "(Citation: A)",
        "((((" * 50_000,
    ],
)
def test_no_text_takes_long(hostile: str) -> None:
    started = time.perf_counter()
    without_marks(hostile)
    marked(hostile, {})
    described(hostile[:2000])
    assert time.perf_counter() - started < 2


@given(st.text(max_size=300) | st.text("A. (2010,May)Retrievd1n", max_size=300))
def test_any_description_gives_a_title_and_a_date_or_neither(text: str) -> None:
    title, published = described(text)
    assert title == title.strip()
    assert len(published) in (0, 4, 7, 10)
