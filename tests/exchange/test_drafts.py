from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from suivi.documents import planfile
from suivi.documents.child import ReadingRefused
from suivi.documents.corrections import find_row
from suivi.documents.model import Deliverable, Header, PlanDocument
from suivi.exchange.commands import (
    correct_row,
    discard_draft,
    load_draft,
    remove_from_draft,
    replace_by_file,
    settle_finding,
    start_import,
)
from suivi.exchange.models import ImportDraft
from suivi.exchange.queries import (
    blocking_findings,
    can_import,
    corrections_of,
    likely_slug,
    plan_of_draft,
    view_of,
)
from suivi.organisation.commands import grant_role
from suivi.organisation.queries import authority_of
from suivi.plan.commands import DecisionGiven, LoadOutcome
from suivi.plan.models import Plan
from suivi.values.errors import NotAllowed, RuleBroken
from suivi.values.text import Text
from tests.cast import DAY, NOW, SLUG, Cast, build_cast, first_edition, second_edition

TABLE = b"""Plan of the quays

| Proposed action | Deliverables | Time frame |
|---|---|---|
| 1.1 Light the quays | Ten lanterns stand on the quays | 2021-2023 |
|  | A guide to lamp oil exists | as long as it takes |
"""


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Path) -> Cast:
    settings.SUIVI_FILES_DIR = tmp_path
    return build_cast()


@pytest.fixture
def draft(cast: Cast) -> ImportDraft:
    return start_import(by=cast.plan_manager, now=NOW, data=TABLE, name="plan.md")


def _reworded(draft: ImportDraft) -> Deliverable:
    part = find_row(plan_of_draft(draft), "deliverable", "1.1.2")
    assert isinstance(part, Deliverable)
    return replace(part, text=Text.of("A better guide exists", "en"))


def test_the_file_is_kept_as_it_was_given(draft: ImportDraft, tmp_path: Path) -> None:
    assert [path.read_bytes() for path in tmp_path.glob("*/*")] == [TABLE]
    assert draft.file.size_bytes == len(TABLE)


def test_what_cannot_be_read_keeps_nothing(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(ReadingRefused):
        start_import(by=cast.plan_manager, now=NOW, data=b"%PDF-1.4", name="a.pdf")
    assert not ImportDraft.objects.exists()
    assert not list(tmp_path.iterdir())


def test_rows_and_lines_are_bound_to_each_other(draft: ImportDraft) -> None:
    view = view_of(draft)
    row = next(row for row in view.rows if row.name == "1.1.2")
    line = next(line for line in view.lines if line.position in row.lines)
    assert "guide" in line.text
    assert "deliverable-1.1.2" in line.rows
    assert {one.name for one in row.sources} >= {"text", "number"}


def test_every_line_that_is_not_blank_is_shown(draft: ImportDraft) -> None:
    assert len(view_of(draft).lines) == sum(line["use"] != "blank" for line in draft.lines)


def test_findings_stand_at_their_rows_and_the_heaviest_first(draft: ImportDraft) -> None:
    view = view_of(draft)
    order = [one.finding.severity.value for one in view.findings]
    assert order == sorted(order, key=["error", "warning", "note"].index)
    assert any(row.findings for row in view.rows if row.name == "1.1.2")


def test_a_settled_finding_leaves_its_row_and_goes_to_the_end(cast: Cast, draft: ImportDraft) -> None:
    position = view_of(draft).findings[0].position
    settle_finding(by=cast.plan_manager, draft=draft, position=position, is_settled=True)
    draft.refresh_from_db()
    view = view_of(draft)
    assert view.findings[-1].position == position
    assert all(one.position != position for row in view.rows for one in row.findings)


def test_corrections_are_counted_against_the_reading(cast: Cast, draft: ImportDraft) -> None:
    correct_row(by=cast.plan_manager, draft=draft, level="deliverable", name="1.1.2", part=_reworded(draft))
    draft.refresh_from_db()
    assert [one.after for one in corrections_of(draft)] == ["A better guide exists"]
    assert draft.corrections == 1


def test_a_plan_without_deliverables_is_not_loaded(cast: Cast, draft: ImportDraft) -> None:
    for name in ("1.1.2", "1.1.1"):
        remove_from_draft(by=cast.plan_manager, draft=draft, level="deliverable", name=name)
    draft.refresh_from_db()
    assert [one.code for one in blocking_findings(draft, plan_of_draft(draft))] == ["plan-no-deliverables"]
    with pytest.raises(RuleBroken):
        load_draft(by=cast.plan_manager, now=NOW, draft=draft, slug="quays", decision=DecisionGiven(DAY))


def test_loading_is_one_transaction(cast: Cast, draft: ImportDraft, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_said: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("suivi.exchange.commands.publish_plan", fail)
    with pytest.raises(RuntimeError):
        load_draft(
            by=cast.plan_manager,
            now=NOW,
            draft=draft,
            slug="quays",
            decision=DecisionGiven(DAY),
            is_public=True,
        )
    assert not Plan.objects.filter(slug="quays").exists()
    draft.refresh_from_db()
    assert draft.loaded_as is None


def test_a_draft_is_loaded_once(cast: Cast, draft: ImportDraft) -> None:
    said = {"by": cast.plan_manager, "now": NOW, "draft": draft, "slug": "quays"}
    assert load_draft(**said, decision=DecisionGiven(DAY)).outcome is LoadOutcome.CREATED
    with pytest.raises(RuleBroken):
        load_draft(**said, decision=DecisionGiven(DAY))


def test_drafts_of_others_are_not_touched(cast: Cast, draft: ImportDraft) -> None:
    with pytest.raises(ImportDraft.DoesNotExist):
        discard_draft(by=cast.auditor, draft=draft)
    with pytest.raises(ImportDraft.DoesNotExist):
        replace_by_file(by=cast.auditor, draft=draft, text=planfile.dump(first_edition()))


def test_an_import_needs_a_role_that_loads_plans_somewhere(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        start_import(by=cast.focal_point, now=NOW, data=TABLE, name="a.md")
    grant_role(by=None, now=NOW, account=cast.focal_point, role="plan_manager", scope=cast.plan.scope)
    assert can_import(authority_of(cast.focal_point, DAY))
    assert not can_import(authority_of(cast.auditor, DAY))


def test_a_role_for_one_plan_does_not_create_another(cast: Cast) -> None:
    grant_role(by=None, now=NOW, account=cast.focal_point, role="plan_manager", scope=cast.plan.scope)
    draft = start_import(by=cast.focal_point, now=NOW, data=TABLE, name="a.md")
    with pytest.raises(NotAllowed):
        load_draft(by=cast.focal_point, now=NOW, draft=draft, slug="quays", decision=DecisionGiven(DAY))


def test_a_document_is_recognised_by_its_sentences(cast: Cast) -> None:
    assert likely_slug(first_edition()) == SLUG
    assert likely_slug(second_edition()) == SLUG
    unlike = first_edition()
    unlike.header.symbol = ""
    for one in unlike.deliverables():
        one.text = Text.of("Something else", "en")
    assert likely_slug(unlike) == ""


def test_a_document_is_recognised_by_its_symbol_in_any_language(cast: Cast) -> None:
    assert likely_slug(PlanDocument(header=Header(language="fr", symbol="HB/1"))) == SLUG
