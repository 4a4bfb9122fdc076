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
from pytest_django import DjangoAssertNumQueries

from suivi.core.commands import write_audit
from suivi.core.kept import About, Kept, Mark, Trail, trail_now
from suivi.core.models import StoredFile
from tests.cast import NOW

NOBODY: frozenset[str] = frozenset()


def at_line(line: int) -> Trail:
    return Trail(Mark(line, NOBODY))


def size(answer: str) -> int:
    return len(answer)


def write_line(plan: str = "", key: str = "x") -> None:
    write_audit(by=None, now=NOW, verb="try", on=StoredFile(sha256="0" * 64), key=key, plan_slug=plan)


def test_an_answer_is_made_once_while_the_record_stays() -> None:
    kept, made = Kept(1000), iter("abc")
    assert [kept.answer("q", at_line(1), lambda: next(made), size) for _ in range(3)] == ["a", "a", "a"]


def test_a_line_more_makes_it_anew() -> None:
    kept, made = Kept(1000), iter("abc")
    assert [kept.answer("q", at_line(line), lambda: next(made), size) for line in (1, 2, 2)] == list("abb")


def test_a_writer_who_was_under_way_and_has_finished_makes_it_anew() -> None:
    before = Mark(7, frozenset({"11", "12"}))
    assert before.holds_at(before)
    assert before.holds_at(Mark(7, frozenset({"11", "12", "13"})))  # who came later has a later line
    assert not before.holds_at(Mark(7, frozenset({"12"})))


def test_what_asks_otherwise_gets_its_own_answer() -> None:
    kept, mark = Kept(1000), at_line(1)
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
        answer = kept.answer(question, at_line(line), partial(tuple, made), lambda one: len(one[1]))
        assert answer[0] == line
        assert 0 <= kept.bytes <= 100
    kept.clear()
    assert kept.bytes == 0


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept, mark = Kept(40), at_line(1)
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
    kept, mark = Kept(80), at_line(1)
    kept.answer("small", mark, lambda: "s", size)
    kept.answer("large", mark, lambda: "l" * 21, size)
    assert kept.bytes == 1
    assert kept.answer("small", mark, lambda: "new", size) == "s"


@pytest.mark.django_db
def test_the_mark_moves_with_each_line() -> None:
    before = trail_now().mark
    assert before.holds_at(trail_now().mark) or before.under_way  # others may use this server
    write_line()
    assert not before.holds_at(trail_now().mark)


@pytest.mark.django_db
def test_an_answer_about_one_plan_outlives_what_is_written_about_others() -> None:
    kept, made = Kept(1000), count()

    def asked_anew() -> list[str | None]:
        """Of a plan, of units and roles, and of everything: which of them was made anew."""
        now, first = at_line(_last_line()), next(made)
        answers = {
            plan: kept.answer(("q", plan), now, lambda: next(made), lambda _: 1, rests_on)
            for plan, rests_on in {"harbour": ["", "harbour"], "": [""], None: None}.items()
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


@pytest.mark.django_db
def test_an_answer_that_can_be_mended_is_told_what_was_written_since() -> None:
    kept, told = Kept(1000), list[frozenset[About]]()

    def mend(answer: str, written: frozenset[About]) -> str | None:
        told.append(written)
        return None if any(about.key == "everything" for about in written) else answer + "+"

    def ask() -> str:
        now = at_line(_last_line())
        return kept.answer("q", now, lambda: "made", size, ["harbour"], mend)

    assert ask() == "made"
    write_line("lake")
    write_line()
    assert (ask(), told) == ("made", [])
    for _turn in range(2):
        write_line("harbour")
    assert (ask(), told.pop()) == ("made+", {About("harbour", "storedfile", "x")})
    assert (ask(), told) == ("made+", [])
    write_line("harbour", "everything")
    assert ask() == "made"
    assert kept.bytes == len("made")


@pytest.mark.django_db
def test_after_more_lines_than_can_be_looked_at_an_answer_is_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("suivi.core.kept._MOST_LINES", 3)
    before = at_line(_last_line())
    for lines in (3, 4):
        write_line("lake")
        if lines == 3:
            write_line("harbour")
            write_line("harbour")
        written = at_line(_last_line()).since(before.mark, ["harbour"])
        assert written == ({About("harbour", "storedfile", "x")} if lines == 3 else None)


@pytest.mark.django_db
def test_a_request_looks_at_the_trail_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    before = at_line(_last_line())
    write_line("harbour")
    now = at_line(_last_line())
    with django_assert_num_queries(1):
        assert now.since(before.mark, ["lake"]) == frozenset()
        assert now.since(before.mark, ["harbour"]) == now.since(before.mark, None) != frozenset()


def _last_line() -> int:
    return trail_now().mark.line


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
@pytest.mark.parametrize("rests_on", [None, [""], ["", "a-plan"], ["a-plan"]])
def test_a_line_that_is_committed_after_a_later_one_is_seen(rests_on: list[str] | None) -> None:
    if connection.vendor == "sqlite":  # one writer at a time: lines are committed in order
        assert trail_now().mark.under_way == NOBODY
        return
    kept, made = Kept(1000), iter("abc")
    with _writing():
        write_line()
        meanwhile = trail_now()
        assert kept.answer("q", meanwhile, lambda: next(made), size, rests_on) == "a"
    after = trail_now()
    assert after.mark.line == meanwhile.mark.line
    assert kept.answer("q", after, lambda: next(made), size, rests_on, lambda one, _written: one) == "b"
