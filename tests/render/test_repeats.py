"""Paragraphs that repeat an earlier report are found, fast, with both places."""

import random
import time

from suivi.render.document import Document, Heading, Paragraph
from suivi.render.repeats import find_repeats, repeats_as_findings
from tests.render.papers import document_of

LONG = (
    "The keepers of the invented harbours met in spring and agreed on a method for trimming wicks that "
    "saves a third of the oil."
)


def report(*sentences: str, origin: str = "lessons") -> Document:
    blocks = [Paragraph(words, numbered=True, origin=f"{origin}#{n}") for n, words in enumerate(sentences, 1)]
    return document_of(Heading("Lessons"), *blocks)


def test_paragraph_taken_over_with_few_words_changed_is_found_with_both_places() -> None:
    changed = LONG.replace("in spring", "in the spring").replace("a third", "a quarter")
    [finding] = repeats_as_findings(find_repeats(report("Short.", changed), {"CI.12/4": report(LONG)}))
    assert finding.message.params["place"] == "Lessons, 2"
    assert finding.message.params["other_place"] == "Lessons, 1"
    assert finding.message.params["report"] == "CI.12/4"


def test_the_nearest_of_several_reports_is_named() -> None:
    near = LONG.replace("spring", "autumn")
    [repeat] = find_repeats(report(LONG), {"first": report(near), "second": report(LONG)})
    assert (repeat.report, repeat.share) == ("second", 1.0)


def test_paragraph_put_inside_a_longer_one_is_found() -> None:
    longer = f"As was said before the body. {LONG} Since then two more harbours have taken the method over."
    [repeat] = find_repeats(report(longer), {"first": report(LONG)})
    assert repeat.share == 1.0


def test_other_words_and_short_sentences_are_left_alone() -> None:
    other = "Nothing of this was ever reported: charts were drawn anew on paper that does not rot at sea."
    assert find_repeats(report(other, "Short."), {"first": report(LONG, "Short.")}) == []


def test_sentence_of_the_record_may_be_alike_from_year_to_year() -> None:
    computed = "Of the 38 deliverables of the plan 12 were achieved and 20 on track by the end of 2022."
    before, after = report(computed), report(computed.replace("12", "17").replace("2022", "2023"))
    bare = document_of(*(Paragraph(block.content) for block in after.blocks if isinstance(block, Paragraph)))
    assert find_repeats(bare, {"first": before}) == []


def test_some_hundred_paragraphs_against_four_reports_take_little_time() -> None:
    chance = random.Random(3)
    words = [f"word{n}" for n in range(3000)]
    texts = [" ".join(chance.choices(words, k=90)) for _ in range(2000)]
    reports = {f"report {n}": report(*texts[n * 400 : n * 400 + 400]) for n in range(5)}
    now = reports.pop("report 4")
    started = time.perf_counter()
    assert find_repeats(now, reports) == []
    assert time.perf_counter() - started < 5
