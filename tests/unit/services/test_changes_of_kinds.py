"""Changes since briefings on clients, incidents and sectors, and what they mean for judgements."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from case_samples import assessment, claim, evidence, hypothesis, subject, worked_case
from kept_cases import keep, later
from relevance_samples import BEAR, DENTIST, PANDA, TODAY, add, bear, panda, raid
from store_samples import actor

from briefing.core.brief import Brief, Table, plain
from briefing.core.changes import Predicate, StatementDraft
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports import pdf
from briefing.exports.manifest import manifest
from briefing.services.compose_brief import compose_brief
from briefing.services.recipes.request import BriefRequest
from briefing.services.recipes.since import Since
from briefing.services.verify_manifest import parsed
from briefing.store.connection import KnowledgeFile, open_writer


def brief_on(path: Path, kind: str, about: str = "", **more: Any) -> Brief:
    given = {"ceiling": Tlp.RED, "today": TODAY, **more}
    with closing(KnowledgeFile(path)) as knowledge:
        return compose_brief(knowledge, BriefRequest(kind, about, **given))


def handed_over(brief: Brief) -> Since:
    return Since(parsed(manifest(brief), "a file"))


def changed(path: Path, since: Since, **more: Any) -> Brief:
    return brief_on(path, "changes", since=since, **more)


def words(brief: Brief, key: str) -> str:
    """Everything printed in the first section of that key."""
    section = next(s for part in brief.parts for s in part.sections if s.key == key)
    texts = []
    for block in section.blocks:
        if isinstance(block, Table):
            texts += [plain(cell) for row in block.rows for cell in row]
        else:
            texts.append(plain(getattr(block, "text", ())))
    return " | ".join(texts)


def hits(code: str, **more: str) -> StatementDraft:
    return StatementDraft(BEAR, Predicate.TARGETS_SECTOR, object=code, **more)


def keep_all(path: Path, *rows: Any) -> None:
    with closing(open_writer(path)) as connection:
        keep(connection, path, rows)


def test_a_judgement_is_named_when_evidence_behind_it_changed(path: Path) -> None:
    case = worked_case()
    keep_all(path, *case.rows())
    since = handed_over(brief_on(path, "incident", "raid-2023"))
    keep_all(path, later(case.evidence[0], text="Another observation"))
    brief = changed(path, since)
    assert brief.title == "One judgement rests on what changed since"
    told = words(brief, "judgement")
    assert "Its one judgement rests on statements that changed or went: weigh it again." in told
    assert "Judgement: Heron carried out the raid." in told
    ask = [q.ask for part in brief.parts for s in part.sections for q in s.questions]
    assert "Which judgement should be weighed again first?" in ask


def test_a_judgement_that_rests_on_nothing_that_changed_is_said_to_hold(path: Path) -> None:
    keep_all(path, *worked_case().rows())
    since = handed_over(brief_on(path, "incident", "raid-2023"))
    keep_all(path, evidence("e3", text="A third observation"))
    brief = changed(path, since)
    assert "does not rest on anything that changed or went" in words(brief, "judgement")
    assert "A third observation" in words(brief, "new")


def test_new_rows_of_an_incident_are_told_whatever_they_are(path: Path) -> None:
    keep_all(path, subject(), claim("a"), hypothesis("h1"))
    since = handed_over(brief_on(path, "incident", "raid-2023"))
    keep_all(path, claim("b", accused="Egret"), evidence("e1"), assessment("j1", "h1"))
    told = words(changed(path, since), "new")
    assert "Egret" in told
    assert "Observation e1" in told
    assert "Heron carried out the raid." in told


def test_an_incident_that_puts_another_actor_first_is_a_finding_for_the_client(path: Path) -> None:
    add(path, bear(), panda(), raid(1))
    since = handed_over(brief_on(path, "client", client=DENTIST))
    add(path, raid(2, by=PANDA, began="2025-12-01"))
    brief = changed(path, since, client=DENTIST)
    assert brief.title == "Panda has come among the first two"
    assert "Panda has come among the first two" in words(brief, "judgement")
    assert "Raid" in words(brief, "new")
    assert brief.client == DENTIST.name
    assert brief.tlp is DENTIST.tlp


def test_the_order_that_is_the_same_is_said_to_be(path: Path) -> None:
    add(path, bear(), panda(), raid(1))
    since = handed_over(brief_on(path, "client", client=DENTIST))
    add(path, raid(2, began="2025-12-01"))
    brief = changed(path, since, client=DENTIST)
    assert "The first actor is the same as then." in words(brief, "judgement")
    assert "United States, newly named as a target of" in words(brief, "new")


def test_whoever_newly_targets_a_sector_is_told_in_the_sectors_changes(path: Path) -> None:
    add(path, bear(hits("healthcare")), panda())
    since = handed_over(brief_on(path, "sector", "healthcare"))
    said = StatementDraft(PANDA, Predicate.TARGETS_SECTOR, object="healthcare", value="Health")
    add(path, actor(2, "Panda", said=(said,), says="healthcare"))
    assert "Panda" in words(changed(path, since), "new")


def test_a_source_that_was_not_here_then_is_counted_and_not_listed(path: Path) -> None:
    add(path, bear(hits("healthcare")))
    since = handed_over(brief_on(path, "actor", BEAR))
    add(path, bear(hits("energy")), of="feed-b")
    brief = changed(path, since)
    assert "Sources that were not held then" in words(brief, "stands")
    assert "Feed-B" in words(brief, "stands")
    assert not any(s.key == "new" for part in brief.parts for s in part.sections)


def test_what_came_and_is_only_said_again_is_not_new(path: Path) -> None:
    add(path, bear(hits("healthcare")))
    since = handed_over(brief_on(path, "actor", BEAR, sections=("who",)))
    add(path, actor(1, "Bear", said=(hits("healthcare", confidence="high"),), says="high"))
    brief = changed(path, since)
    assert not any(s.key == "new" for part in brief.parts for s in part.sections)


def test_the_name_of_a_client_does_not_go_below_the_marking_of_its_briefing(path: Path) -> None:
    add(path, bear(), raid(1))
    since = handed_over(brief_on(path, "client", client=DENTIST, ceiling=Tlp.AMBER))
    with pytest.raises(BriefingError, match="The briefing was marked TLP:AMBER"):
        changed(path, since, ceiling=Tlp.GREEN)
    assert changed(path, since, ceiling=Tlp.AMBER).tlp is Tlp.AMBER


def test_a_briefing_made_from_another_database_is_refused_with_a_sentence(path: Path) -> None:
    held = {"schema": 1, "subject": "Fox", "statements": [1, 2, 3], "made_from": []}
    since = Since(parsed(orjson.dumps(held), "a file"))
    with pytest.raises(BriefingError, match="Nothing of what the briefing rests on is known"):
        changed(path, since)


def test_what_is_not_known_here_is_counted_and_news_are_not_guessed_at(path: Path) -> None:
    add(path, bear(hits("healthcare")))
    made = handed_over(brief_on(path, "actor", BEAR)).manifest
    foreign = replace(made, statements=(*made.statements, 7), made_from=())
    told = words(changed(path, Since(foreign)), "stands")
    assert "1 statement is not known to this database" in told
    assert "What is new cannot be told" in told


def test_however_much_changed_the_page_stays_one_page(path: Path) -> None:
    many = [
        StatementDraft(BEAR, Predicate.HAPPENED, value=f"Event {n} " + "of many " * 20)
        for n in range(120)
    ]
    add(path, actor(1, "Bear", said=many, says="old"))
    since = handed_over(brief_on(path, "actor", BEAR))
    fresh = [replace(one, first_seen="2025-01") for one in many[:80]]
    add(path, actor(1, "Bear", said=fresh, says="new"))
    assert pdf.overflow(changed(path, since, one_page=True)) == ()
    assert pdf.overflow(changed(path, since)) == ()
