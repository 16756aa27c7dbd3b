"""A brief as plain data: sources are numbered from one, and statements counted once."""

from __future__ import annotations

import pytest
from sample_brief import gamaredon

from briefing.core.brief import BriefObject, Mark, plain, spans
from briefing.core.tlp import Tlp


def test_sources_are_numbered_from_one_in_their_order() -> None:
    brief = gamaredon()
    assert [brief.number(source.key) for source in brief.sources] == list(
        range(1, len(brief.sources) + 1)
    )


def test_a_source_that_is_not_listed_has_no_number() -> None:
    with pytest.raises(KeyError):
        gamaredon().number("nobody")


def test_statements_are_given_once_and_in_order() -> None:
    brief = gamaredon()
    listed = [key for block in brief.blocks() for key in block.statements]
    assert brief.statements() == tuple(sorted(set(listed)))


def test_marks_are_no_words() -> None:
    assert plain(spans("Since 2013.", Mark(("doc",)), " And on.")) == "Since 2013. And on."


def test_the_type_of_an_object_is_that_of_its_id() -> None:
    assert BriefObject("intrusion-set--0", "APT0", Tlp.CLEAR).type == "intrusion-set"
