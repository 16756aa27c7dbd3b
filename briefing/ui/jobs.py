"""The only thread code: services run in the background, and answer on the thread of the window.

Three rules keep it safe:

* A worker never touches a QObject. It holds a ``_Work``, which knows no Qt, and hands its Future
  over through one queued signal; every signal of a Job is emitted on the window's thread.
* Python frees cyclic garbage on whatever thread happens to allocate, and a widget freed on a worker
  ends the process. While a worker runs, the collector is off and the window's thread collects.
* Nothing is swallowed: a fault nobody foresaw reaches the person as a sentence and
  ``sys.excepthook`` as what it was.
"""

from __future__ import annotations

import gc
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QMetaMethod, QObject, Qt, QTimer, Signal

from briefing.core.errors import BriefingError, CancelledError
from briefing.services.task import Task
from briefing.ui.errors import UnexpectedFaultError

T = TypeVar("T")

PROGRESS_INTERVAL = 50
"""Milliseconds between two reports of one job: faster cannot be read."""

SWITCH_INTERVAL = 0.001
"""Seconds after which a worker lets go of the interpreter while one runs. A step of the window asks
for it dozens of times, and with Python's five milliseconds each time the window stands still for
150 ms now and then; the worker is not slower for it."""

COMPUTING_THREADS = 2
"""For pure computation (drawing pages). More would only take the interpreter from each other."""


class Job(QObject, Generic[T]):
    """One service at work. It ends in exactly one of finished, failed and cancelled.

    All signals arrive on the window's thread. Until then Jobs keeps the job alive; whoever started
    it need not.
    """

    progressed = Signal(object, object, str)
    """Step, total (0: not known), label; about twenty a second at most, the latest at the end.

    The numbers are ints sent as objects: Qt's own int ends at two thousand million bytes.
    """
    finished = Signal(object)
    """What the service returned."""
    failed = Signal(object)
    """The BriefingError. If nothing is connected, Jobs.unanswered has it instead."""
    cancelled = Signal()
    """It stopped before it had changed anything."""

    def __init__(self, task: Task, future: Future[T]) -> None:
        """Made by ``Jobs.run`` alone."""
        super().__init__()
        self._task = task
        self._future = future

    @property
    def label(self) -> str:
        """What is being done, in words."""
        return self._task.label

    def then(self, use: Callable[[T], None]) -> Job[T]:
        """Connect ``finished``, with the type of the result checked; returns the job."""
        self.finished.connect(use)
        return self

    def cancel(self) -> None:
        """Ask it to stop. ``cancelled`` follows, or ``finished`` where it was too late."""
        self._task.cancel()
        self._future.cancel()


class _Work(Generic[T]):
    """What a worker knows of a job."""

    def __init__(self, label: str, function: Callable[[Task], T]) -> None:
        self.task = Task(label, self._on_task_reported)
        self.latest: tuple[int, int, str] | None = None
        self.told: tuple[int, int, str] | None = None
        self._function: Callable[[Task], T] | None = function

    def __call__(self) -> T:
        self.task.check()
        if self._function is None:
            raise CancelledError(self.task.label)
        return self._function(self.task)

    def release(self) -> None:
        """Let go of the function on the window's thread: it often holds a view."""
        self._function = None

    def _on_task_reported(self, step: int, total: int, label: str) -> None:
        self.latest = (step, total, label)


class Jobs(QObject):
    """Starts services in the background: the database's one after the other, computation beside.

    Of the two kinds of thread, one thread is for all work on the databases: it keeps the order in
    which work was asked for, and SQLite sees one writer. Two more are for pure computation.
    """

    unanswered = Signal(object)
    """The BriefingError of a job whose ``failed`` nobody is connected to."""
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Threads start with the first work that needs them."""
        super().__init__(parent)
        self._serial = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._parallel = ThreadPoolExecutor(COMPUTING_THREADS, thread_name_prefix="computing")
        self._running: dict[Future[Any], tuple[Job[Any], _Work[Any]]] = {}
        self._done: deque[Future[Any]] = deque()
        self._closed = False
        self._collector_was_on = False
        self._usual_interval = sys.getswitchinterval()
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._beat = QTimer(self, interval=PROGRESS_INTERVAL)
        self._beat.timeout.connect(self._on_beat_timeout)

    @property
    def busy(self) -> bool:
        """Whether any job has not ended yet."""
        return bool(self._running)

    def run(self, label: str, function: Callable[[Task], T], *, serial: bool = False) -> Job[T]:
        """Start a service; returns at once.

        Args:
            label: What is being done, as a person would say it ("Reading ATT&CK 18.1").
            function: Called on a worker with the Task to report to. It must not touch a widget.
            serial: Whether it reads or writes a database. Such work runs on one thread, in turn.

        After ``shutdown`` the job is cancelled before it starts.
        """
        work = _Work(label, function)
        self._start_beat()
        future = self._submit(work, self._serial if serial else self._parallel)
        job: Job[T] = Job(work.task, future)
        self._running[future] = (job, work)
        future.add_done_callback(self._on_future_done)
        return job

    def shutdown(self) -> None:
        """Cancel everything and wait until no worker runs; every job has said how it ended."""
        self._closed = True
        for job, _ in tuple(self._running.values()):
            job.cancel()
        for executor in (self._serial, self._parallel):
            executor.shutdown(wait=True, cancel_futures=True)
        self._on_arrived()

    def _submit(self, work: _Work[T], executor: ThreadPoolExecutor) -> Future[T]:
        if not self._closed:
            return executor.submit(work)
        never: Future[T] = Future()
        never.cancel()
        return never

    def _on_future_done(self, future: Future[Any]) -> None:
        """On whichever thread ended it: note it, and wake the window's thread."""
        self._done.append(future)
        self._arrived.emit()

    def _on_arrived(self) -> None:
        while self._done:
            future = self._done.popleft()
            job, work = self._running.pop(future)
            work.release()
            self._tell_progress(job, work)
            self._end(job, future)
        if not self._running:
            self._stop_beat()

    def _end(self, job: Job[Any], future: Future[Any]) -> None:
        # The executor has caught whatever the service raised, Rust panics (BaseException) included,
        # so no broad catch is needed here. None of it is dropped: what is not one of our sentences
        # becomes one, and goes to sys.excepthook too, where the log and the tests see it.
        if future.cancelled():
            job.cancelled.emit()
            return
        fault = future.exception()
        if fault is None:
            job.finished.emit(future.result())
        elif isinstance(fault, CancelledError):
            job.cancelled.emit()
        elif isinstance(fault, BriefingError):
            self._fail(job, fault)
        else:
            error = UnexpectedFaultError(job.label, fault)
            self._fail(job, error)
            sys.excepthook(type(error), error, fault.__traceback__)

    def _fail(self, job: Job[Any], error: BriefingError) -> None:
        if job.isSignalConnected(QMetaMethod.fromSignal(job.failed)):
            job.failed.emit(error)
        else:
            self.unanswered.emit(error)

    def _tell_progress(self, job: Job[Any], work: _Work[Any]) -> None:
        latest = work.latest
        if latest is not None and latest is not work.told:
            work.told = latest
            job.progressed.emit(*latest)

    def _start_beat(self) -> None:
        if not self._beat.isActive():
            self._collector_was_on = gc.isenabled()
            gc.disable()
            self._usual_interval = sys.getswitchinterval()
            sys.setswitchinterval(SWITCH_INTERVAL)
            self._beat.start()

    def _stop_beat(self) -> None:
        if self._beat.isActive():
            self._beat.stop()
            sys.setswitchinterval(self._usual_interval)
            if self._collector_was_on:
                gc.enable()

    def _on_beat_timeout(self) -> None:
        for job, work in tuple(self._running.values()):
            self._tell_progress(job, work)
        if self._collector_was_on and gc.get_count()[0] > gc.get_threshold()[0]:
            gc.collect(1)  # The young only, some milliseconds; the old wait until no worker runs.
