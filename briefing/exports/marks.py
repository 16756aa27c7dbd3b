"""Source marks: from the keys a text carries to the numbers a reader sees."""

from __future__ import annotations

from briefing.core.brief import Brief, Mark, Text
from briefing.core.errors import BriefingError


class Numbers:
    """The numbers of a brief's sources, by key."""

    def __init__(self, brief: Brief) -> None:
        """Number the sources in their order, from 1."""
        self._numbers = {source.key: number for number, source in enumerate(brief.sources, start=1)}

    def of(self, sources: tuple[str, ...]) -> tuple[int, ...]:
        """Numbers for keys, in the order given.

        Raises:
            BriefingError: when a text names a source that the brief does not list.
        """
        try:
            return tuple(self._numbers[key] for key in sources)
        except KeyError as error:
            raise BriefingError(
                f"A text names the source “{error.args[0]}”, which the briefing does not list.",
                remedy="Compose the briefing again.",
            ) from error

    def of_mark(self, mark: Mark) -> tuple[int, ...]:
        """Numbers for one mark."""
        return self.of(mark.sources)


def without_marks(text: Text) -> tuple[Text, Text]:
    """A text and the marks at its end, which stand behind a closing quotation mark."""
    end = len(text)
    while end and isinstance(text[end - 1], Mark):
        end -= 1
    return text[:end], text[end:]
