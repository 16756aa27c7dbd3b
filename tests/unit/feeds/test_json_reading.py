"""JSON as feeds write it: every doubt is a sentence with its place; one bad object stays one."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.core.errors import BriefingError
from briefing.feeds.json_reading import JsonText, read_json, unwritable

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
def test_plain_json_is_read_as_it_was_written(value: Any) -> None:
    assert read_json("feed.json", json.dumps(value).encode()) == value


@given(st.dictionaries(st.text(), PLAIN, max_size=4), st.lists(PLAIN, max_size=5))
def test_members_and_elements_give_what_a_whole_reading_gives(
    members: dict[str, Any], elements: list[Any]
) -> None:
    value = {**members, "objects": elements}
    text = JsonText("feed.json", json.dumps(value, indent=1).encode())
    read: dict[str, Any] = {}
    for key, _ in text.members():
        if key == "objects":
            read[key] = [element.value for element in text.elements()]
        else:
            read[key] = text.read().value
    assert read == value


def test_a_file_that_is_one_list_is_read_element_by_element() -> None:
    assert [e.value for e in JsonText("f", b" [1, [2] ,{}] ").top_elements()] == [1, [2], {}]
    assert list(JsonText("f", b"[]").top_elements()) == []
    assert list(JsonText("f", b"{}").members()) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "breaks off in the middle, at line 1, column 1"),
        (b'{"a":', "breaks off in the middle"),
        (b'{"a": "x', "breaks off in the middle"),
        (b'{\n "a": 1,\n "b": ?}', "line 3, column 7 cannot be read"),
        (b"{} x", "something follows after its end, at line 1, column 4"),
        (b"[1,]", "cannot be read"),
        (b'{"a": 1, "a": 2}', "the key “a” twice"),
        (b'[{"b": {"a": 1, "a": 2}}]', "the key “a” twice"),
        (b"[NaN]", "NaN for a number"),
        (b"[-Infinity]", "-Infinity for a number"),
        (b"[1e999]", "1e999, which is too large"),
        (b"[9223372036854775808]", "9223372036854775808…, which no program reads alike"),
        (b'["\\ud800"]', "half a character"),
        (b"[" * 100_000, "nested more deeply"),
        (b"[" * 300 + b"]" * 300, "nested too deeply"),
        (b"\xff\xfe{", "no UTF-8 text: byte 1"),
    ],
)
def test_what_is_in_doubt_is_refused_with_file_place_and_reason(data: bytes, words: str) -> None:
    with pytest.raises(BriefingError) as refused:
        read_json("feed.json", data)
    assert words in refused.value.message
    assert refused.value.message.startswith("feed.json ")
    assert "Nothing was changed" in refused.value.remedy


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ('{"id": 1, "id": 2}', "the key “id” twice"),
        ('{"n": NaN}', "NaN"),
        ('{"n": 36893488147419103232}', "36893488147419103232"),
    ],
)
def test_one_bad_object_among_many_has_a_fault_and_the_rest_has_none(bad: str, fault: str) -> None:
    data = f'{{"objects": [{{"n": 1}},\n{bad},\n{{"n": 3}}]}}'.encode()
    text = JsonText("feed.json", data)
    for _key, _at in text.members():
        one, two, three = text.elements()
    assert (one.fault, three.fault) == ("", "")
    assert fault in two.fault
    assert two.place == "line 2, column 1"


def test_a_key_of_the_file_itself_that_comes_twice_is_refused() -> None:
    text = JsonText("feed.json", b'{"a": 1, "a": 2}')
    with pytest.raises(BriefingError, match="“a” twice"):
        whole(text)


@pytest.mark.parametrize("data", [b"[1]", b'"x"', b'{"a" 1}', b"{1: 2}", b'{"a": 1 "b": 2}'])
def test_what_is_no_object_has_no_members(data: bytes) -> None:
    text = JsonText("feed.json", data)
    with pytest.raises(BriefingError, match="no valid JSON"):
        whole(text)


@pytest.mark.parametrize("data", [b"{}", b"[1 2]", b"[1"])
def test_what_is_no_list_has_no_elements(data: bytes) -> None:
    with pytest.raises(BriefingError):
        list(JsonText("feed.json", data).top_elements())


def test_a_byte_order_mark_is_no_character() -> None:
    assert read_json("feed.json", b"\xef\xbb\xbf[1]") == [1]


def whole(text: JsonText) -> dict[str, Any]:
    return {key: text.read().value for key, _at in text.members()}


def test_what_can_be_written_has_no_fault() -> None:
    assert unwritable({"a": [1, "ä"]}) == ""
    assert "surrogate" in unwritable(["\ud800"])


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    # Anything but a sentence would be an error of this test.
    with suppress(BriefingError):
        read_json("feed.json", data)
