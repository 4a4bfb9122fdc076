"""What is kept is given out while the record stays as it was, within the room there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from suivi.core.commands import write_audit
from suivi.core.kept import Kept, Mark, mark_of_record
from suivi.core.models import StoredFile
from tests.cast import NOW

NOBODY: frozenset[str] = frozenset()


def size(answer: str) -> int:
    return len(answer)


def write_line(plan: str = "") -> None:
    write_audit(by=None, now=NOW, verb="try", on=StoredFile(sha256="0" * 64), key="x", plan_slug=plan)


def test_an_answer_is_made_once_while_the_record_stays() -> None:
    kept, made = Kept(1000), iter("abc")
    assert [kept.answer("q", Mark(1, NOBODY), lambda: next(made), size) for _ in range(3)] == ["a", "a", "a"]


def test_a_line_more_makes_it_anew() -> None:
    kept, made = Kept(1000), iter("abc")
    assert [kept.answer("q", Mark(line, NOBODY), lambda: next(made), size) for line in (1, 2, 2)] == list(
        "abb"
    )


def test_a_writer_who_was_under_way_and_has_finished_makes_it_anew() -> None:
    before = Mark(7, frozenset({"11", "12"}))
    assert before.holds_at(before)
    assert before.holds_at(Mark(7, frozenset({"11", "12", "13"})))  # who came later has a later line
    assert not before.holds_at(Mark(7, frozenset({"12"})))


def test_what_asks_otherwise_gets_its_own_answer() -> None:
    kept, mark = Kept(1000), Mark(1, NOBODY)
    assert kept.answer(("plan", True), mark, lambda: "inside", size) == "inside"
    assert kept.answer(("plan", False), mark, lambda: "outside", size) == "outside"
    assert kept.answer(("plan", True), mark, lambda: "never", size) == "inside"


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 40), st.integers(0, 3)), max_size=60))
def test_what_is_kept_has_room_and_is_never_older_than_the_record(asked: list[tuple[int, int, int]]) -> None:
    """A question, how long its answer is, and how many lines were written before it was asked."""
    kept, line = Kept(100), 0
    for question, length, lines in asked:
        line += lines
        made = (line, "x" * length)
        answer = kept.answer(question, Mark(line, NOBODY), partial(tuple, made), lambda one: len(one[1]))
        assert answer[0] == line
        assert 0 <= kept.bytes <= 100
    kept.clear()
    assert kept.bytes == 0


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept, mark = Kept(40), Mark(1, NOBODY)
    made: list[str] = []

    def ask(question: str) -> None:
        kept.answer(question, mark, lambda: made.append(question) or "12345", size)  # type: ignore[func-returns-value]

    for question in "abcdefgh":
        ask(question)
    ask("a")  # so that b is the one that was not asked for longest
    ask("i")
    ask("a")
    assert made == list("abcdefghi")
    ask("b")
    assert made[-1] == "b"


def test_one_large_answer_does_not_drive_out_the_others() -> None:
    kept, mark = Kept(80), Mark(1, NOBODY)
    kept.answer("small", mark, lambda: "s", size)
    kept.answer("large", mark, lambda: "l" * 21, size)
    assert kept.bytes == 1
    assert kept.answer("small", mark, lambda: "new", size) == "s"


@pytest.mark.django_db
def test_the_mark_moves_with_each_line() -> None:
    before = mark_of_record()
    assert before.holds_at(mark_of_record()) or before.under_way  # others may use this server
    write_line()
    assert not before.holds_at(mark_of_record())


@pytest.mark.django_db
def test_an_answer_about_one_plan_outlives_what_is_written_about_others() -> None:
    kept, made = Kept(1000), count()

    def asked_anew() -> list[str | None]:
        """Of a plan, of units and roles, and of everything: which of them was made anew."""
        now, first = Mark(_last_line(), NOBODY), next(made)
        answers = {
            plan: kept.answer(("q", plan), now, lambda: next(made), lambda _: 1, plan)
            for plan in ("harbour", "", None)
        }
        return [plan for plan, answer in answers.items() if answer > first]

    assert asked_anew() == ["harbour", "", None]
    assert asked_anew() == []
    write_line("lake")
    assert asked_anew() == [None]
    write_line("harbour")
    assert asked_anew() == ["harbour", None]
    write_line("lake")
    write_line()
    assert asked_anew() == ["harbour", "", None]


def _last_line() -> int:
    return mark_of_record().line


@contextmanager
def _writing() -> Iterator[None]:
    """Somebody else has written a line, and commits it at the end of the block."""
    has_written, may_commit = Event(), Event()

    def write() -> None:
        with transaction.atomic():
            StoredFile.objects.create(sha256="1" * 64, size_bytes=1, added_at=NOW)  # writes, then the line
            write_line()
            has_written.set()
            may_commit.wait(60)
        connection.close()

    other = Thread(target=write)
    other.start()
    assert has_written.wait(60)
    try:
        yield
    finally:
        may_commit.set()
        other.join(60)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("plan", [None, "", "a-plan"])
def test_a_line_that_is_committed_after_a_later_one_is_seen(plan: str | None) -> None:
    if connection.vendor == "sqlite":  # one writer at a time: lines are committed in order
        assert mark_of_record().under_way == NOBODY
        return
    kept, made = Kept(1000), iter("abc")
    with _writing():
        write_line()
        meanwhile = mark_of_record()
        assert kept.answer("q", meanwhile, lambda: next(made), size, plan) == "a"
    after = mark_of_record()
    assert after.line == meanwhile.line
    assert kept.answer("q", after, lambda: next(made), size, plan) == "b"
