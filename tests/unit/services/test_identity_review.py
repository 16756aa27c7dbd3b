"""Who is who: what is asked, what an answer does, and how it is taken back."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from store_samples import actor, changes, document, native, source, take

from briefing.core.changes import Predicate, StatementDraft
from briefing.core.errors import BriefingError, CancelledError
from briefing.core.identity_review import RELATIONS, Question
from briefing.services.identity_review import answer, name_fault, review, take_back, waiting
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels
from briefing.store.migrate import open_knowledge
from briefing.store.profiles import open_profile

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
KEY = (native(1), native(2))
MISP, TIDAL = source("misp-threat-actor"), source("tidal-groups")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two records of one source claim the Fox of another."""
    found = tmp_path / "knowledge.db"
    report = document()
    stated = [
        StatementDraft(native(1), Predicate.LOCATED_IN, object="RU", documents=(report.id,)),
        StatementDraft(native(1), Predicate.LOCATED_IN, object="XQ", value="Somewhere"),
    ]
    with closing(open_knowledge(found)) as connection:
        fox = actor(1, "Fox", "Red Fox", said=stated)
        take(connection, found, changes(fox, of=MISP, documents=[report]))
        two = (actor(2, "Vixen", "FOX", "red-fox"), actor(3, "Todd", "Fox"))
        take(connection, found, changes(*two, of=TIDAL))
    return found


@pytest.fixture
def knowledge(path: Path) -> KnowledgeFile:
    return KnowledgeFile(path)


def say(path: Path, relation: str, *, by: str = "A. Analyst", task: Task | None = None) -> int:
    """Answer the question of Fox and Vixen."""
    chosen = task or Task.silent()
    return answer(path, KEY, relation, reason=" Looked. ", by=f" {by} ", now=NOW, task=chosen)


def names_of(knowledge: KnowledgeFile, actor_id: str) -> list[tuple[str, str]]:
    """Related actors on a page, with how they are related."""
    connection = knowledge.connection
    profile = open_profile(connection, read_labels(connection), actor_id)
    return sorted((other.name, other.relation) for other in profile.related)


def asked(knowledge: KnowledgeFile) -> Question:
    found = review(knowledge).question(KEY)
    assert found is not None
    return found


def test_a_question_shows_what_both_sides_say(knowledge: KnowledgeFile) -> None:
    question = asked(knowledge)
    one, other = question.one, question.other
    assert (one.name, one.sources, one.documents) == ("Fox", ("Misp-Threat-Actor",), 1)
    assert [origin.code for origin in one.origins] == ["RU", "XQ"]
    assert (other.name, other.sources, other.documents) == ("Vixen", ("Tidal-Groups",), 0)
    assert set(question.shared(one)) == {"Fox", "Red Fox"}
    assert set(question.shared(other)) == {"FOX", "red-fox"}
    assert question.own(other) == ("Vixen",)
    assert question.basis == "name"
    assert question.reason.endswith("Several records match Fox.")


def test_shared_names_are_found_among_more_names_than_a_page_shows(tmp_path: Path) -> None:
    path = tmp_path / "many.db"
    names = [f"Name {number:02}" for number in range(40)]
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(actor(1, "Fox", *names), of=MISP))
        take(connection, path, changes(actor(2, "A", names[-1]), actor(3, "B", "Fox"), of=TIDAL))
    question = review(KnowledgeFile(path)).question((native(1), native(2)))
    assert question is not None
    assert question.shared(question.one) == (names[-1],)
    assert len(question.own(question.one)) == len(names)


def test_questions_are_counted_without_reading_them(knowledge: KnowledgeFile) -> None:
    assert waiting(knowledge) == len(review(knowledge).questions) == 2


@pytest.mark.parametrize("relation", RELATIONS)
def test_an_answered_question_is_not_asked_again(
    path: Path, knowledge: KnowledgeFile, relation: str
) -> None:
    number = say(path, relation)
    found = review(knowledge)
    made = found.decision(number)
    assert found.question(KEY) is None
    assert made is not None
    assert (made.reason, made.decided_by, made.bundled) == ("Looked.", "A. Analyst", False)
    assert made.decided_at == "2026-11-24T09:30:00+00:00"
    assert made.one.words == "Fox (Misp-Threat-Actor)"


def test_the_same_actor_puts_both_on_one_page(path: Path, knowledge: KnowledgeFile) -> None:
    say(path, "same-as")
    connection = knowledge.connection
    profile = open_profile(connection, read_labels(connection), native(2))
    assert profile.row.id == native(1)
    assert {"Fox", "Vixen"} <= {name.name for name in profile.names}


@pytest.mark.parametrize("relation", ["apart", "overlaps-with", "disputed-with"])
def test_every_other_answer_is_said_on_both_pages(
    path: Path, knowledge: KnowledgeFile, relation: str
) -> None:
    say(path, relation)
    assert ("Vixen", relation) in names_of(knowledge, native(1))
    assert ("Fox", relation) in names_of(knowledge, native(2))


def test_taking_an_answer_back_asks_the_question_again(
    path: Path, knowledge: KnowledgeFile
) -> None:
    before = review(knowledge)
    number = say(path, "same-as")
    take_back(path, number, by="", now=NOW, task=Task.silent())
    assert review(knowledge) == before


def test_a_name_is_asked_for_and_the_programs_own_is_refused(
    path: Path, knowledge: KnowledgeFile
) -> None:
    before = review(knowledge)
    assert name_fault("A. Analyst") == ""
    with pytest.raises(BriefingError, match="Say who decides"):
        say(path, "apart", by="  ")
    for own in ("Threat Briefing", "threat-briefing", "Rule"):
        with pytest.raises(BriefingError, match="program’s own name"):
            say(path, "apart", by=own)
        with pytest.raises(BriefingError, match="program’s own name"):
            take_back(path, 1, by=own, now=NOW, task=Task.silent())
    assert review(knowledge) == before


def test_a_cancelled_answer_changes_nothing_however_far_it_was(
    path: Path, knowledge: KnowledgeFile
) -> None:
    before = review(knowledge)
    task = Task("Deciding", lambda *_: task.cancel())
    with pytest.raises(CancelledError):
        say(path, "same-as", task=task)
    early = Task("Deciding")
    early.cancel()
    with pytest.raises(CancelledError):
        say(path, "same-as", task=early)
    assert review(knowledge) == before


def test_a_decision_about_a_record_that_went_is_kept_and_says_so(
    path: Path, knowledge: KnowledgeFile
) -> None:
    number = say(path, "apart")
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(actor(3, "Todd", "Fox"), of=TIDAL))
    made = review(knowledge).decision(number)
    assert made is not None
    assert made.other.words == "Vixen (no longer in any source)"


def test_two_decisions_that_contradict_each_other_are_asked_about(
    path: Path, knowledge: KnowledgeFile
) -> None:
    say(path, "apart")
    for key in ((native(1), native(3)), (native(3), native(2))):
        answer(path, key, "same-as", reason="So.", by="B", now=NOW, task=Task.silent())
    [question] = [q for q in review(knowledge).questions if q.basis == "decision"]
    assert "Another decision keeps Fox and Vixen apart." in question.reason


def test_what_people_decided_here_stands_before_what_came_with_the_program(
    bundled_database: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(bundled_database, tmp_path / "copy.db"))
    knowledge = KnowledgeFile(path)
    before = review(knowledge)
    assert before.decisions
    assert all(decided.bundled for decided in before.decisions)
    question = before.questions[0]
    number = answer(
        path, question.key, "apart", reason="", by="A", now=NOW.replace(year=2025), task=Task("")
    )
    after = review(knowledge)
    assert after.decisions[0].id == number
    assert len(after.decisions) == len(before.decisions) + 1


def test_every_question_of_the_real_catalogues_shows_why_the_two_were_compared(
    bundled_database: Path,
) -> None:
    found = review(KnowledgeFile(bundled_database))
    assert len(found.questions) > 20
    for question in found.questions:
        assert question.one.actor != question.other.actor
        assert question.basis != "name" or question.shared(question.one)
