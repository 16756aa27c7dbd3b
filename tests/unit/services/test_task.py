"""How work under way reports and is stopped."""

from __future__ import annotations

from threading import Thread

import pytest

from briefing.core.errors import CancelledError
from briefing.services.task import Task


def test_every_report_reaches_the_listener_in_order() -> None:
    heard: list[tuple[int, int, str]] = []
    task = Task("Reading", lambda step, total, label: heard.append((step, total, label)))
    task.report(1, 2, "first object")
    task.report(2, 2, "second object")
    assert heard == [(1, 2, "first object"), (2, 2, "second object")]


def test_work_goes_on_until_it_is_cancelled() -> None:
    task = Task("Reading ATT&CK 18.1")
    task.check()
    assert not task.cancelled
    task.cancel()
    assert task.cancelled
    with pytest.raises(CancelledError, match=r"^Reading ATT&CK 18\.1 was cancelled\."):
        task.check()


def test_cancelling_twice_is_cancelling_once() -> None:
    task = Task()
    task.cancel()
    task.cancel()
    with pytest.raises(CancelledError):
        task.check()


def test_a_report_after_cancelling_does_not_stop_a_commit_under_way() -> None:
    heard: list[int] = []
    task = Task(listener=lambda step, total, label: heard.append(step))
    task.cancel()
    task.report(9, 10, "writing")
    assert heard == [9]


def test_a_silent_task_takes_reports_and_can_still_be_cancelled() -> None:
    task = Task.silent()
    task.report(1, 1, "nobody listens")
    task.check()
    task.cancel()
    with pytest.raises(CancelledError, match="Nothing was changed"):
        task.check()


def test_two_silent_tasks_are_not_the_same_task() -> None:
    first, second = Task.silent(), Task.silent()
    first.cancel()
    second.check()


def test_cancelling_on_another_thread_is_heard_by_the_worker() -> None:
    task = Task("Reading")
    stopped: list[CancelledError] = []

    def work() -> None:
        try:
            while True:
                task.check()
        except CancelledError as error:
            stopped.append(error)

    worker = Thread(target=work)
    worker.start()
    task.cancel()
    worker.join(timeout=10)
    assert not worker.is_alive()
    assert len(stopped) == 1
