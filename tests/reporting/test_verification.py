"""Anyone can hold a report against the record, and is told what differs and why."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from suivi.render import Format, render
from suivi.render.reading import read_file
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import FORMATS, compose_report, make_report
from suivi.reporting.outcome_words import place_of, sentences_of
from suivi.reporting.verification import Cause, Verification, asked_of, verify
from suivi.reporting.verification_sheet import make_sheet
from suivi.values.errors import InputRefused
from tests.cast import DAY, NOW, Cast
from tests.monitoring.scene import Scene, build_scene
from tests.render.tampering import changed_docx, in_docx, saved_again


def _asked(cast: Cast, kind: str = "overview", language: str = "en", **more: object) -> Asked:
    return Asked(kind=kind, plan=cast.plan, up_to=DAY, as_of=DAY, language=language, **more)  # type: ignore[arg-type]


def _verified(data: bytes) -> Verification:
    file = read_file(data)
    return verify(data, file, asked_of(file))


def _said(outcome: Verification) -> str:
    return " ".join(str(message) for message in sentences_of(outcome))


def _claiming(cast: Cast, claims: Mapping[str, str], format: Format = "docx") -> bytes:  # noqa: A002
    """The overview with other properties than the right ones; an empty value stands for none."""
    document = compose_report(_asked(cast))
    said = {**document.metadata.provenance, **claims}
    kept = {name: value for name, value in said.items() if value}
    return render(replace(document, metadata=replace(document.metadata, provenance=kept)), format)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_report_as_it_was_made_is_equal_to_the_byte(cast: Cast, suffix: Format) -> None:
    outcome = _verified(make_report(_asked(cast, language="fr"), suffix))
    assert outcome.is_equal
    assert outcome.is_same_file
    assert outcome.causes == frozenset()


def test_what_was_asked_is_read_back_from_the_file(cast: Cast) -> None:
    asked = _asked(cast, "management-plan", "es", prints_provenance=True)
    assert asked_of(read_file(make_report(asked, "html"))) == asked


def test_a_pdf_saved_again_is_equal_and_not_the_same_to_the_byte(cast: Cast) -> None:
    outcome = _verified(saved_again(make_report(_asked(cast), "pdf")))
    assert outcome.is_equal
    assert not outcome.is_same_file
    assert "not the same to the byte" in _said(outcome)


def test_a_changed_number_is_named_with_its_row_and_its_deliverable(cast: Cast) -> None:
    data = make_report(_asked(cast), "docx")
    changed = in_docx(data, lambda text: text.replace(">1.1.2  <", ">1.1.7  <", 1))
    assert changed != data
    outcome = _verified(changed)
    assert not outcome.is_equal
    assert outcome.causes == {Cause.FILE}
    (found,) = outcome.found
    assert found.deliverables == ("1.1.2",)
    assert str(place_of(found)) == "Table 1, row 3 (deliverable 1.1.2)"


def test_fifty_changes_of_a_report_are_each_found(cast: Cast) -> None:
    data = make_report(_asked(cast), "docx")
    file = read_file(data)
    asked = asked_of(file)
    for seed in range(50):
        changed = changed_docx(data, seed)
        outcome = verify(changed, read_file(changed), asked)
        assert not outcome.is_equal, seed
        assert outcome.causes == {Cause.FILE}, seed


def test_an_update_approved_later_on_the_same_day_is_named(db: None) -> None:
    scene = build_scene()
    data = make_report(_asked(scene.cast, "management-plan"), "html")
    before = _verified(data)
    scene.approved("1.1.2", "region")
    after = _verified(data)
    assert before.is_equal
    assert [link.deliverable for link in after.later] == ["1.1.2"]
    assert after.is_equal  # this report does not speak of progress


def _moved(scene: Scene) -> bytes:
    """A file made in the morning of a day on which more came into the record."""
    data = make_report(_asked(scene.cast, "mid-term-review"), "docx")
    scene.approved("1.1.2", "region")
    scene.cast.plan.editions.latest("number").deliverableeditions.filter(number="1.1.1").update(
        number="1.1.9"
    )
    return data


def test_a_record_that_took_in_more_is_told_apart_from_a_changed_file(db: None) -> None:
    outcome = _verified(_moved(build_scene()))
    assert not outcome.is_equal
    assert outcome.causes == {Cause.RECORD}
    assert "update of 1.1.2 (approved on 2023-02-15)" in _said(outcome)


def test_what_came_in_after_the_day_is_named_beside_an_equal_file(db: None) -> None:
    scene = build_scene()
    data = make_report(_asked(scene.cast), "docx")
    scene.approved("1.1.2", "region", now=NOW + timedelta(days=5))
    outcome = _verified(data)
    assert outcome.is_equal
    assert [link.deliverable for link in outcome.since] == ["1.1.2"]
    assert "rightly leaves out" in _said(outcome)


def test_another_version_is_named(cast: Cast) -> None:
    data = changed_docx(_claiming(cast, {"version": "suivi 0.0.1"}), 1)
    outcome = _verified(data)
    assert Cause.SOFTWARE in outcome.causes
    assert "suivi 0.0.1" in _said(outcome)
    assert _verified(_claiming(cast, {"version": "suivi 0.0.1"})).is_equal


@pytest.mark.parametrize(
    "claims",
    [
        {"edition digest": "0" * 64},
        {"edition": "1"},
        {"command": "suivi report overview"},
        {"digest": "0" * 64},
        {"chain head": "0" * 64},
    ],
)
def test_a_property_that_somebody_changed_is_named(cast: Cast, claims: dict[str, str]) -> None:
    outcome = _verified(_claiming(cast, claims))
    assert not outcome.is_equal
    assert f"“{next(iter(claims))}”" in _said(outcome)


def test_another_day_in_the_properties_is_found_by_the_text(cast: Cast) -> None:
    assert not _verified(_claiming(cast, {"as of": "2023-02-14"}, "html")).is_equal


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"plan": "", "kind": ""}, "says nothing of how it was made"),
        ({"plan": "another-plan"}, "“another-plan”"),
        ({"kind": "horoscope"}, "“horoscope”"),
        ({"as of": "yesterday"}, "“as of” is no day"),
        ({"up to": ""}, "“up to” is no day"),
        ({"as of": "2019-01-01"}, "not adopted yet"),
        ({"language": "tlh"}, "no report in “tlh”"),
        ({"paper": "lost"}, "the paper “lost”"),
    ],
)
def test_a_file_that_cannot_be_checked_says_why(cast: Cast, claims: dict[str, str], words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        _verified(_claiming(cast, claims))


@pytest.mark.parametrize("suffix", FORMATS)
def test_provenance_is_printed_where_it_is_asked_for_and_the_file_still_verifies(
    cast: Cast, suffix: Format
) -> None:
    asked = _asked(cast, prints_provenance=True)
    data = make_report(asked, suffix)
    document = compose_report(asked)
    said = " ".join(read_file(data).lines)
    assert (
        document.metadata.provenance["digest"] == compose_report(_asked(cast)).metadata.provenance["digest"]
    )
    assert document.metadata.provenance["digest"][:8] in said
    assert _verified(data).is_equal


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_sheet_names_the_file_its_digests_and_how_to_check_it(cast: Cast, suffix: Format) -> None:
    outcome = _verified(make_report(_asked(cast, language="fr"), "docx"))
    sheet = "".join(read_file(make_sheet(outcome, "plan.docx", DAY, suffix)).lines).replace(" ", "")
    for words in ("plan.docx", outcome.sha256, outcome.digest, "--language", "fr", "15février2023"):
        assert words in sheet
