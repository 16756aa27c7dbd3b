"""What a listener is likely to ask about a digest, and the answers from the same rows."""

from __future__ import annotations

from briefing.core.brief import Question, spans
from briefing.core.dates import long_date
from briefing.core.wording import counted, curly
from briefing.services.recipes.advisories_reading import DigestReading
from briefing.services.recipes.advisories_words import choice, left_open, product
from briefing.services.recipes.marks import Marks


def on_new(reading: DigestReading, marks: Marks) -> tuple[Question, ...]:
    """On what is not in the list."""
    said = left_open(reading)
    answer = marks.texts([(words, reading.gathered.summed(basis)) for words, basis in said], most=1)
    narrowed = choice(reading)
    ask = f"Is that all there was {narrowed}?" if narrowed else "Is that all there was?"
    return (Question(curly(ask), answer),)


def on_due(reading: DigestReading, marks: Marks) -> tuple[Question, ...]:
    """On whom the dates bind, and which is next."""
    bind = (
        "CISA sets them for agencies of the US government. For everybody else they say how urgent"
        " CISA finds it: each of these is known to be exploited."
    )
    found = [Question(curly("Do these dates bind us?"), spans(curly(bind)))]
    if coming := reading.due:
        one = coming[0]
        words = f"{one.row.id} in {product(one)}, on {long_date(one.row.due)}."
        found.append(Question("Which is next?", marks.text(words, one.basis, most=1)))
    return tuple(found)


def on_first(reading: DigestReading, marks: Marks) -> tuple[Question, ...]:
    """On how the order comes about."""
    del marks
    answer = (
        "What is still due comes first, by its date; then what CISA lists as exploited and whose"
        " date has passed; then what ransomware is known to use, and the highest scores. Whether"
        " you run a product is for you to say: this list does not know it."
    )
    if reading.chosen.technology:
        answer = answer.rpartition(" Whether")[0]
        products = counted(len(reading.chosen.technology), "product or maker")
        answer += f" It is narrowed to {products} that you named."
    return (Question("Why in this order?", spans(curly(answer))),)
