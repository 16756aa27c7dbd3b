"""Work in the background, and a window that never waits for it."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from threading import Event, current_thread, main_thread
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from briefing.core.errors import BriefingError
from briefing.services.task import Task
from briefing.ui.errors import UnexpectedFaultError
from briefing.ui.jobs import Job, Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shutdown()


def _endings(job: Job[Any]) -> list[str]:
    """A list that will hold how the job ended."""
    heard: list[str] = []
    job.finished.connect(lambda _: heard.append("finished"))
    job.failed.connect(lambda _: heard.append("failed"))
    job.cancelled.connect(lambda: heard.append("cancelled"))
    return heard


def test_a_service_runs_on_a_worker_and_answers_on_the_thread_of_the_window(
    qtbot: QtBot, jobs: Jobs
) -> None:
    heard: list[tuple[object, object]] = []
    job = jobs.run("Reading", lambda task: current_thread())
    job.then(lambda worker: heard.append((worker, current_thread())))
    with qtbot.waitSignal(job.finished):
        pass
    [(worker, listener)] = heard
    assert worker is not main_thread()
    assert listener is main_thread()
    assert not jobs.busy


def test_work_on_the_database_is_done_one_after_the_other_on_one_thread(
    qtbot: QtBot, jobs: Jobs
) -> None:
    order: list[tuple[int, str]] = []

    def work(number: int, task: Task) -> None:
        order.append((number, current_thread().name))

    started = [jobs.run("Writing", partial(work, number), serial=True) for number in range(5)]
    with qtbot.waitSignal(started[-1].finished):
        pass
    assert [number for number, _ in order] == [0, 1, 2, 3, 4]
    assert len({thread for _, thread in order}) == 1


def test_drawing_a_page_does_not_wait_for_the_database(qtbot: QtBot, jobs: Jobs) -> None:
    drawn = Event()
    database = jobs.run("Importing", lambda task: drawn.wait(30), serial=True)
    jobs.run("Drawing", lambda task: drawn.set())
    with qtbot.waitSignal(database.finished) as waited:
        pass
    assert waited.args == [True]


def test_a_job_nobody_holds_on_to_still_answers(qtbot: QtBot, jobs: Jobs) -> None:
    heard: list[int] = []
    jobs.run("Counting", lambda task: 42).then(heard.append)
    gc.collect()
    qtbot.waitUntil(lambda: heard == [42])


def test_a_failure_arrives_as_the_sentence_it_was_raised_with(qtbot: QtBot, jobs: Jobs) -> None:
    error = BriefingError("This file could not be read.", "line 412", "Choose another file.")

    def work(task: Task) -> None:
        raise error

    job = jobs.run("Reading", work)
    heard = _endings(job)
    with qtbot.waitSignal(job.failed) as waited:
        pass
    assert waited.args == [error]
    assert heard == ["failed"]


def test_a_failure_nobody_listens_for_is_handed_to_the_window(qtbot: QtBot, jobs: Jobs) -> None:
    error = BriefingError("The disk is full.")

    def work(task: Task) -> None:
        raise error

    with qtbot.waitSignal(jobs.unanswered) as waited:
        jobs.run("Writing", work)
    assert waited.args == [error]


class _Panic(BaseException):
    """As a panic in a Rust library arrives: not an Exception."""


@pytest.mark.parametrize("fault", [ZeroDivisionError("division by zero"), _Panic("index")])
def test_a_fault_nobody_foresaw_is_a_sentence_for_the_person_and_a_fault_for_the_log(
    qtbot: QtBot, jobs: Jobs, fault: BaseException
) -> None:
    def work(task: Task) -> None:
        raise fault

    with qtbot.capture_exceptions() as logged:
        job = jobs.run("Comparing actors", work)
        with qtbot.waitSignal(job.failed) as waited:
            pass
    [error] = waited.args
    assert isinstance(error, UnexpectedFaultError)
    assert error.message == "An unexpected fault stopped this: Comparing actors."
    assert "raise fault" in error.detail
    assert type(fault).__name__ in error.detail
    assert error.__cause__ is fault
    assert [value for _, value, _ in logged] == [error]


def test_a_running_job_stops_at_its_next_check_when_cancelled(qtbot: QtBot, jobs: Jobs) -> None:
    running = Event()

    def work(task: Task) -> None:
        running.set()
        while True:
            task.check()

    job = jobs.run("Importing", work, serial=True)
    heard = _endings(job)
    running.wait(30)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    assert heard == ["cancelled"]


def test_a_job_that_waits_its_turn_is_cancelled_without_waiting_for_it(
    qtbot: QtBot, jobs: Jobs
) -> None:
    go_on = Event()
    ran: list[str] = []
    first = jobs.run("Importing", lambda task: go_on.wait(30), serial=True)
    second = jobs.run("Undoing", lambda task: ran.append("second"), serial=True)
    with qtbot.waitSignal(second.cancelled):
        second.cancel()
    with qtbot.waitSignal(first.finished):
        go_on.set()
    assert ran == []


def test_cancelling_too_late_is_finishing(qtbot: QtBot, jobs: Jobs) -> None:
    committing, go_on = Event(), Event()

    def work(task: Task) -> str:
        committing.set()
        go_on.wait(30)
        return "committed"

    job = jobs.run("Importing", work)
    heard = _endings(job)
    committing.wait(30)
    job.cancel()
    with qtbot.waitSignal(job.finished) as waited:
        go_on.set()
    assert waited.args == ["committed"]
    assert heard == ["finished"]


def test_many_reports_become_few_and_the_last_one_comes_before_the_end(
    qtbot: QtBot, jobs: Jobs
) -> None:
    heard: list[tuple[int, int, str] | str] = []

    def work(task: Task) -> None:
        for step in range(1, 100_001):
            task.report(step, 100_000, f"object {step}")

    job = jobs.run("Reading", work)
    job.progressed.connect(lambda step, total, label: heard.append((step, total, label)))
    job.finished.connect(lambda _: heard.append("finished"))
    with qtbot.waitSignal(job.finished):
        pass
    assert heard[-2:] == [(100_000, 100_000, "object 100000"), "finished"]
    assert len(heard) < 1_000


def test_steps_beyond_two_thousand_million_are_counted_right(qtbot: QtBot, jobs: Jobs) -> None:
    job = jobs.run("Reading bytes", lambda task: task.report(3 << 30, 5 << 30, "bytes"))
    with qtbot.waitSignal(job.progressed) as waited:
        pass
    assert waited.args == [3 << 30, 5 << 30, "bytes"]


def test_the_window_beats_on_while_a_worker_computes(
    qtbot: QtBot, jobs: Jobs, capsys: pytest.CaptureFixture[str]
) -> None:
    beats: list[float] = []
    heart = QTimer(interval=10)
    heart.timeout.connect(lambda: beats.append(perf_counter()))
    enough = Event()

    def count_primes(task: Task) -> str:
        number = 2
        while not enough.is_set():
            all(number % divisor for divisor in range(2, number))
            number += 1
        return current_thread().name

    heart.start()
    job = jobs.run("Counting primes", count_primes)
    qtbot.waitUntil(lambda: len(beats) >= 50, timeout=30_000)
    heart.stop()
    with qtbot.waitSignal(job.finished) as waited:
        enough.set()
    gap = max(later - earlier for earlier, later in pairwise(beats))
    with capsys.disabled():
        print(f"\n  largest gap between two 10 ms beats: {gap * 1000:.0f} ms")  # noqa: T201 - a measurement to read
    assert waited.args != [main_thread().name]
    assert len(beats) >= 50


def test_a_widget_in_a_cycle_is_never_freed_on_a_worker(qtbot: QtBot, jobs: Jobs) -> None:
    freed_on: list[str] = []
    widget = QWidget()
    widget.itself = widget  # type: ignore[attr-defined]  # a cycle, as a lambda in a slot makes it
    weakref.finalize(widget, lambda: freed_on.append(current_thread().name))
    del widget
    job = jobs.run("Reading", lambda task: len([[number] for number in range(500_000)]))
    with qtbot.waitSignal(job.finished):
        pass
    gc.collect()
    assert freed_on == [main_thread().name]
    assert gc.isenabled()


def test_shutting_down_stops_every_job_and_each_says_how_it_ended(qtbot: QtBot) -> None:
    jobs = Jobs()
    running = Event()

    def work(task: Task) -> None:
        running.set()
        while True:
            task.check()

    started = [jobs.run("Importing", work, serial=True) for _ in range(3)]
    heard = [_endings(job) for job in started]
    running.wait(30)
    jobs.shutdown()
    assert heard == [["cancelled"]] * 3
    assert not jobs.busy


def test_after_shutdown_nothing_starts_any_more(qtbot: QtBot) -> None:
    jobs = Jobs()
    jobs.shutdown()
    ran: list[str] = []
    job = jobs.run("Importing", lambda task: ran.append("it"))
    with qtbot.waitSignal(job.cancelled):
        pass
    assert ran == []
    jobs.shutdown()


def test_while_a_worker_runs_the_interpreter_is_handed_over_sooner(
    qtbot: QtBot, jobs: Jobs
) -> None:
    usual = sys.getswitchinterval()
    job = jobs.run("Reading", lambda task: sys.getswitchinterval())
    with qtbot.waitSignal(job.finished) as waited:
        pass
    assert waited.args == [pytest.approx(0.001)]
    qtbot.waitUntil(lambda: sys.getswitchinterval() == usual)
