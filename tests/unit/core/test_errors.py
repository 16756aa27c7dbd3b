"""Errors as sentences: what happened, what a colleague would ask, and what to do now."""

from __future__ import annotations

from briefing.core.errors import BriefingError, CancelledError, NotFoundError, WrongCallError


def test_the_three_parts_are_kept_apart_and_printed_as_one_line() -> None:
    error = BriefingError("It is full.", "errno 28", "Free some space.")
    assert (error.message, error.detail, error.remedy) == (
        "It is full.",
        "errno 28",
        "Free some space.",
    )
    assert str(error) == "It is full. Free some space."


def test_an_error_without_a_remedy_ends_after_its_sentence() -> None:
    assert str(BriefingError("It is full.")) == "It is full."


def test_a_wrong_call_is_one_of_the_family() -> None:
    assert isinstance(WrongCallError("No such command."), BriefingError)


def test_a_cancel_names_what_was_cancelled_and_that_nothing_changed() -> None:
    assert str(CancelledError()) == "The work was cancelled. Nothing was changed."
    assert CancelledError("Reading ATT&CK").message.startswith("Reading ATT&CK was cancelled.")


def test_what_is_not_found_may_come_with_names_that_are_near() -> None:
    error = NotFoundError("Nobody is called that.", near=("APT28", "APT29"), remedy="Try these.")
    assert error.near == ("APT28", "APT29")
    assert str(error) == "Nobody is called that. Try these."
    assert NotFoundError("Nobody.").near == ()
