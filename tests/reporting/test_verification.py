"""Anyone can hold a report against the record, and is told what differs and why."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from suivi.core.commands import path_of
from suivi.monitoring.rules.content import StepSaid
from suivi.render import Format, render
from suivi.render.house import set_docx_template
from suivi.render.reading import read_file
from suivi.reporting.asked import Asked
from suivi.reporting.commands import freeze_paper, issue_paper
from suivi.reporting.kinds import FORMATS, compose_report, make_report
from suivi.reporting.made_from import asked_from
from suivi.reporting.models import IssuedFile
from suivi.reporting.outcome_words import place_of, sentences_of
from suivi.reporting.queries.issued import Rewritten
from suivi.reporting.verification import Cause, Verification, verify
from suivi.reporting.verification_sheet import make_sheet
from suivi.values.errors import InputRefused
from tests.cast import DAY, NOW, Cast, at
from tests.monitoring.scene import Scene, build_scene
from tests.render.tampering import changed_docx, in_docx, packed, parts_of, saved_again
from tests.render.test_template import template
from tests.reporting.paper_scene import PaperScene, build_paper, correct


def _asked(cast: Cast, kind: str = "overview", language: str = "en", **more: object) -> Asked:
    return Asked(kind=kind, plan=cast.plan, up_to=DAY, as_of=DAY, language=language, **more)  # type: ignore[arg-type]


def _verified(data: bytes, today: date = DAY) -> Verification:
    file = read_file(data)
    return verify(data, file, asked_from(file.provenance), today)


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
    assert asked_from(read_file(make_report(asked, "html")).provenance) == asked


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
    asked = asked_from(file.provenance)
    for seed in range(50):
        changed = changed_docx(data, seed)
        outcome = verify(changed, read_file(changed), asked, DAY)
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


@pytest.fixture
def desk(db: None, settings: Settings, tmp_path: Path) -> PaperScene:
    settings.SUIVI_FILES_DIR = tmp_path
    return build_paper()


def _issued(desk: PaperScene) -> bytes:
    """The Word file of a paper as of yesterday, as it was given out today."""
    desk.all_written()
    yesterday = DAY - timedelta(days=1)
    frozen = freeze_paper(by=None, now=NOW, paper=desk.paper, up_to=yesterday, as_of=yesterday)
    issue_paper(by=None, now=NOW, paper=frozen, symbol="HB/9/4", dated_on=DAY, release_at=NOW)
    kept = IssuedFile.objects.select_related("file").get(paper=frozen, language="en", suffix="docx")
    return path_of(kept.file.sha256).read_bytes()


def test_the_file_that_was_issued_is_known_to_the_byte(desk: PaperScene) -> None:
    outcome = _verified(_issued(desk))
    assert outcome.is_equal
    assert outcome.is_as_issued
    assert (outcome.rewritten, outcome.corrected) == (None, 0)
    assert "It is to the byte the file that was issued as HB/9/4 on 2023-02-15." in _said(outcome)


def test_an_issued_file_that_was_packed_anew_is_equal_and_not_the_one_that_was_issued(
    desk: PaperScene,
) -> None:
    data = _issued(desk)
    outcome = _verified(packed(parts_of(data)))
    assert outcome.is_equal
    assert not outcome.is_as_issued
    assert hashlib.sha256(data).hexdigest() in _said(outcome)


def test_places_that_a_later_correction_makes_read_otherwise_are_counted(desk: PaperScene) -> None:
    update = desk.scene.approved(now=at(2023, 2, 13), round=None)
    data = _issued(desk)
    steps = (StepSaid("", "drafted", date(2022, 11, 20)), StepSaid("", "tested", date(2022, 12, 9)))
    correct(desk, update, steps)
    assert _verified(data).corrected == 0
    outcome = _verified(data, date(2023, 3, 1))
    assert outcome.is_equal
    assert outcome.is_as_issued
    assert outcome.corrected > 1
    assert f"would read otherwise: {outcome.corrected}." in _said(outcome)


def test_sections_rewritten_after_the_file_are_told(desk: PaperScene) -> None:
    desk.written(text="Before.")
    asked = replace(_asked(desk.scene.cast, "mid-term-review"), paper=desk.paper)
    data = make_report(asked, "html")
    before = _verified(data)
    later = NOW + timedelta(days=3)
    version = desk.section().versions.get(language="en")
    desk.written(text="After.", now=later, over=version.pk)
    after = _verified(data)
    assert before.rewritten is None
    assert after.is_equal
    assert after.rewritten == Rewritten(1, later.date())
    assert "Sections written anew" in _said(after)


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


def test_another_template_is_told_apart_from_a_changed_file(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "house.docx"
    file.write_bytes(template())
    try:
        set_docx_template(file)
        data = make_report(_asked(cast), "docx")
        assert _verified(data).is_same_file
        file.write_bytes(template("House of Lighthouses"))
        set_docx_template(file)
        outcome = _verified(data)
    finally:
        set_docx_template(None)
    assert outcome.causes == {Cause.TEMPLATE}
    assert "another template" in _said(outcome)


def test_a_template_that_asks_for_it_prints_the_provenance(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "house.docx"
    file.write_bytes(template("House", body="{{provenance}}"))
    try:
        set_docx_template(file)
        outcome = _verified(make_report(_asked(cast), "docx"))
        said = " ".join(outcome.file.lines)
    finally:
        set_docx_template(None)
    assert outcome.is_equal
    assert outcome.digest in said
