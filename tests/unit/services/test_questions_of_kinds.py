"""What a presenter may be asked: each answer is what sources say, marked no lower than they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from actor_briefs import best_described
from brief_clients import PRACTICE, TODAY, client_brief, sector_brief
from incident_briefs import MGM, brief_on
from relevance_samples import BEAR, add, bear

from briefing.core.brief import Brief, Question, plain
from briefing.core.changes import Predicate, StatementDraft
from briefing.core.tlp import Tlp
from briefing.exports import pdf
from briefing.services.compose_brief import compose_brief
from briefing.services.look_up import the_actor
from briefing.services.recipes.marks import marks_in
from briefing.services.recipes.request import BriefRequest
from briefing.store.connection import KnowledgeFile

KINDS = ("actor", "nobody's own", "client", "sector", "incident", "primer")


@pytest.fixture(scope="module")
def briefs(bundled_database: Path) -> Iterator[dict[str, Brief]]:
    with closing(KnowledgeFile(bundled_database)) as knowledge:

        def on(name: str) -> Brief:
            return compose_brief(knowledge, BriefRequest("actor", the_actor(knowledge, name)))

        yield {
            "actor": on("APT28"),
            "nobody's own": on(best_described(knowledge.connection).name),
            "client": client_brief(knowledge, PRACTICE),
            "sector": sector_brief(knowledge, "healthcare"),
            "incident": brief_on(knowledge, MGM),
            "primer": compose_brief(knowledge, BriefRequest("primer", "", today=TODAY)),
        }


def questions(brief: Brief) -> list[Question]:
    return [q for part in brief.parts for s in part.sections for q in s.questions]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_questions_whose_marks_lead_to_a_source(
    briefs: dict[str, Brief], kind: str
) -> None:
    found = questions(briefs[kind])
    listed = {source.key for source in briefs[kind].sources}
    assert len(found) >= 3
    assert all(one.ask.endswith("?") and plain(one.answer).strip() for one in found)
    assert {key for one in found for key in marks_in(one.answer)} <= listed
    assert any(list(marks_in(one.answer)) for one in found)


def test_an_actors_answers_say_who_says_so(briefs: dict[str, Brief]) -> None:
    told = {one.ask: plain(one.answer) for one in questions(briefs["actor"])}
    assert told["Who says where it comes from?"].startswith("Russia: ")
    assert "Most named by country: " in told["Does it target organisations like ours?"]
    assert "is no all-clear" in told["Does it target organisations like ours?"]
    assert "techniques are stated" in told["Is how it works its own?"]


def test_an_actor_of_whom_little_is_said_gets_answers_that_say_so(path: Path) -> None:
    add(path, bear())
    with closing(KnowledgeFile(path)) as knowledge:
        brief = compose_brief(knowledge, BriefRequest("actor", BEAR))
    told = {one.ask: plain(one.answer) for one in questions(brief)}
    assert told["Who says where it comes from?"] == "No source here says so."
    assert told["Does it target organisations like ours?"] == "No source here says whom it targets."


def test_the_primers_answers_are_its_own_sentences(briefs: dict[str, Brief]) -> None:
    brief = briefs["primer"]
    texts = (getattr(b, "items", None) or (getattr(b, "text", ()),) for b in brief.blocks())
    printed = " ".join(plain(text) for held in texts for text in held)
    for one in questions(brief):
        assert plain(one.answer)[:60] in printed


@pytest.mark.parametrize("level", ["AMBER", "CLEAR"])
def test_an_answer_raises_the_marking_of_what_it_is_told_with(path: Path, level: str) -> None:
    placed = StatementDraft(
        BEAR, Predicate.LOCATED_IN, object="RU", value="Russia", detail={"by": "X"}, tlp=level
    )
    add(path, bear(placed))
    with closing(KnowledgeFile(path)) as knowledge:
        request = BriefRequest("actor", BEAR, Tlp.AMBER, sections=("judgements",))
        brief = compose_brief(knowledge, request)
    answered = " ".join(plain(one.answer) for one in questions(brief))
    assert "Russia" in answered
    assert brief.tlp is Tlp[level]


@pytest.mark.parametrize("kind", ["actor", "primer"])
def test_the_page_holds_with_the_sources_of_the_answers(bundled_database: Path, kind: str) -> None:
    with closing(KnowledgeFile(bundled_database)) as knowledge:
        about = the_actor(knowledge, "APT28") if kind == "actor" else ""
        request = BriefRequest(kind, about, one_page=True, today=TODAY)
        assert pdf.overflow(compose_brief(knowledge, request)) == ()


def test_a_briefing_on_an_actor_for_a_client_is_marked_and_named_for_it(
    bundled_database: Path,
) -> None:
    with closing(KnowledgeFile(bundled_database)) as knowledge:
        subject = the_actor(knowledge, "APT28")
        brief = compose_brief(knowledge, BriefRequest("actor", subject, Tlp.AMBER, client=PRACTICE))
    assert (brief.client, brief.tlp) == (PRACTICE.name, PRACTICE.tlp)
