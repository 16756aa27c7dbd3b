"""Quoting the beginning of a catalogue's description."""

from __future__ import annotations

from briefing.core.quoted import first_sentences


def test_a_quotation_keeps_two_sentences_and_drops_what_only_a_database_needs() -> None:
    text = (
        "[APT0](https://attack.mitre.org/groups/G0000) is a group, e.g. of U.S. origin.(Citation:"
        " Someone 2020) It uses <code>cmd</code>.(Citation: Other) A third sentence."
    )
    assert first_sentences(text) == "APT0 is a group, e.g. of U.S. origin. It uses cmd."
    assert first_sentences("word " * 200).endswith(" …")
    assert first_sentences("") == ""
