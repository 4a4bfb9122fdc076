from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from suivi.core.models import Account
from suivi.exchange.round_workbook.commands import (
    Written,
    agree_reading,
    discard_reading,
    start_reading,
    write_workbook_back,
)
from suivi.exchange.round_workbook.form import workbook_of
from suivi.exchange.round_workbook.preview import ComparedRow, Preview, preview_of
from suivi.exchange.round_workbook.questions import round_of
from suivi.monitoring.commands.drafts import discard_draft, save_draft
from suivi.monitoring.commands.sheets import CriterionGiven, PartGiven, write_sheet
from suivi.monitoring.commands.workflow import return_update
from suivi.monitoring.models import Asked, Item, ProgressUpdate
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.rules.content import ItemSaid, StepSaid, SupportSaid
from suivi.plan.queries import edition_on
from suivi.values.errors import ChangedMeanwhile, InputRefused, NotAllowed, NotFound, RuleBroken
from suivi.workbooks.comparing import Verdict
from suivi.workbooks.forms import digest_of_row
from suivi.workbooks.reader import read_workbook
from tests.cast import NOW, words
from tests.exchange.sheets import Typist
from tests.monitoring.scene import LANTERN, SAID, Scene


def given_out(scene: Scene, unit: str = "region", by: Account | None = None, language: str = "en") -> Typist:
    """The workbook of a unit of the cast, opened."""
    data = workbook_of(by=by, now=NOW, unit=getattr(scene.cast, unit), round=scene.round, language=language)
    return Typist(data)


def filled_guide(scene: Scene, **more: Any) -> Typist:
    """The workbook of the region with an update on the guide: words and a step."""
    answers = {
        "narrative": "Half of it is written.",
        "assessment": "on track",
        "assessment_reason": "It goes on.",
    }
    typist = given_out(scene).type_in("words/1.1.2", **(answers | more))
    return typist.type_in("ladder/1.1.2//drafted", happened_on=datetime(2022, 11, 20))  # noqa: DTZ001


def preview(typist: Typist) -> Preview:
    return preview_of(typist.saved(), by=None, now=NOW)


def verdicts(typist: Typist) -> dict[str, Verdict]:
    """What the rows would do that do anything."""
    return {row.id: row.verdict for row in preview(typist).rows() if row.verdict is not Verdict.UNCHANGED}


def row(typist: Typist, row_id: str) -> ComparedRow:
    return next(one for one in preview(typist).rows() if one.id == row_id)


def written(scene: Scene, typist: Typist, by: Account | None = None, **more: Any) -> Written:
    return write_workbook_back(by=by or scene.cast.director, now=NOW, data=typist.saved(), **more)


def sheet_texts(data: bytes) -> set[str]:
    return {
        cell.text
        for sheet in read_workbook(data).sheets
        if not sheet.is_hidden
        for cell in sheet.cells.values()
    }


def test_a_workbook_has_one_sheet_for_each_kind_of_progress(scene: Scene) -> None:
    names = {
        unit: [sheet.title for sheet in given_out(scene, unit).book if sheet.sheet_state == "visible"]
        for unit in ("headquarters", "region", "island")
    }
    assert names == {
        "headquarters": ["Instructions", "Updates", "Items", "Commitments", "Support needed"],
        "region": ["Instructions", "Updates", "Steps", "Support needed"],
        "island": ["Instructions", "Updates", "Items", "Values", "Support needed"],
    }


def test_what_was_approved_stands_beside_the_cells_to_fill_in(scene: Scene) -> None:
    scene.approved()
    scene.approved("1.1.1", "headquarters", by=scene.office, round=None)

    guide, lanterns = given_out(scene), given_out(scene, "headquarters")
    assert "Work went on in the *harbours*." in guide.cell("words/1.1.2", "previous").value
    assert guide.cell("ladder/1.1.2//drafted", "previous").value.date() == date(2022, 11, 20)
    assert lanterns.cell(f"items/1.1.1/{LANTERN}", "previous").value == "concluded, 2022-11-03"
    assert lanterns.cell(f"items/1.1.1/{LANTERN}", "name").value == "North quay"
    assert lanterns.cell(f"items/1.1.1/{LANTERN}", "criterion_1").value == "yes"


def test_it_speaks_the_language_of_the_unit(scene: Scene) -> None:
    typist = given_out(scene, language="fr")
    typist.type_in("words/1.1.2", narrative="La moitié est écrite.")
    written(scene, typist)

    update = ProgressUpdate.objects.get()
    assert (update.language, content_of(update).narrative) == ("fr", "La moitié est écrite.")


def test_an_untouched_workbook_would_do_nothing(scene: Scene) -> None:
    scene.approved("1.1.1", "headquarters", by=scene.office, round=None)
    for unit in ("headquarters", "region", "island"):
        assert verdicts(given_out(scene, unit)) == {}


def test_nothing_is_written_before_somebody_agrees(scene: Scene) -> None:
    director = scene.cast.director
    reading = start_reading(by=director, now=NOW, data=filled_guide(scene).saved(), name="region.xlsx")

    assert ProgressUpdate.objects.count() == 0
    discard_reading(by=director, reading=reading)
    assert ProgressUpdate.objects.count() == 0


def test_what_is_agreed_is_written_and_sent(scene: Scene) -> None:
    director = scene.cast.director
    typist = filled_guide(scene)
    assert verdicts(typist) == {"words/1.1.2": Verdict.CHANGED, "ladder/1.1.2//drafted": Verdict.NEW}

    reading = start_reading(by=director, now=NOW, data=typist.saved(), name="region.xlsx")
    seen = preview(typist)
    done = agree_reading(by=director, now=NOW, reading=reading, take=seen.offered(), seen=seen.digest())

    update = ProgressUpdate.objects.get()
    assert done.counts() == {"rows": 2, "sent": 1, "drafts": 0, "set_aside": 0}
    assert (update.state, update.source, update.submitted_by) == ("submitted", "workbook", director)
    assert content_of(update).steps == (StepSaid("", "drafted", date(2022, 11, 20)),)
    with pytest.raises(RuleBroken, match="written already"):
        agree_reading(by=director, now=NOW, reading=reading, take=(), seen="")


@pytest.mark.parametrize("send", [True, False])
def test_the_same_file_twice_doubles_nothing(scene: Scene, send: bool) -> None:
    typist = given_out(scene, "headquarters", scene.office)
    typist.type_in("words/1.1.1", narrative="Another one.").type_in("support/1.1.1/1", text="Oil")
    typist.type_in(typist.free_item("1.1.1"), name="South quay", stage="concluded", happened_on="2022-10-01")
    written(scene, typist, scene.office, send=send)
    before = content_of(ProgressUpdate.objects.get())

    again = written(scene, typist, scene.office, send=send)

    assert again.counts() == {"rows": 0, "sent": 0, "drafts": 0, "set_aside": 0}
    assert content_of(ProgressUpdate.objects.get()) == before
    assert [item.name for item in before.items] == ["South quay"]
    assert Item.objects.count() == (1 if send else 0)


def test_a_free_row_finds_its_own_item_at_a_second_reading(scene: Scene) -> None:
    typist = given_out(scene, "headquarters", scene.office)
    free = typist.free_item("1.1.1")
    typist.type_in(free, name="South quay", stage="identified", happened_on="2022-10-01")
    written(scene, typist, scene.office, send=False)

    typist.type_in(free, stage="concluded")
    assert verdicts(typist) == {free: Verdict.CONFLICT}  # the record says more than the blank row did
    written(scene, typist, scene.office, send=False, take={free})
    (item,) = content_of(ProgressUpdate.objects.get()).items
    assert (item.key, item.stage) == (free.rpartition("/")[2], "concluded")


def test_a_copy_is_filled_in_further_after_it_was_written(scene: Scene) -> None:
    director, typist = scene.cast.director, filled_guide(scene, narrative="A first sentence.")
    first = start_reading(by=director, now=NOW, data=typist.saved(), name="region.xlsx")
    agree_reading(by=director, now=NOW, reading=first, send=False)

    assert verdicts(typist) == {}
    typist.type_in("words/1.1.2", narrative="A first sentence and a second.", assessment=None)
    typist.type_in("ladder/1.1.2//drafted", happened_on=None)
    assert verdicts(typist) == {
        "words/1.1.2": Verdict.CHANGED,
        "ladder/1.1.2//drafted": Verdict.CHANGED,
    }
    second = start_reading(by=director, now=NOW, data=typist.saved(), name="region.xlsx")
    agree_reading(by=director, now=NOW, reading=second, send=False)
    said = content_of(ProgressUpdate.objects.get())
    assert (said.narrative, said.assessment, said.steps) == ("A first sentence and a second.", "", ())


def test_what_somebody_changed_meanwhile_is_a_conflict_and_not_overwritten(scene: Scene) -> None:
    typist = filled_guide(scene, narrative="From the workbook.")
    draft = scene.started("1.1.2", "region", scene.cast.director)
    said = replace(content_of(draft), narrative="From the page.")
    save_draft(by=scene.cast.director, now=NOW, update=draft, content=said, version=draft.version)

    conflict = row(typist, "words/1.1.2")
    assert conflict.verdict is Verdict.CONFLICT
    (change,) = [one for one in conflict.changes if one.is_conflict]
    assert (change.key, change.mine, change.now) == ("narrative", "From the workbook.", "From the page.")

    done = written(scene, typist)
    said = content_of(ProgressUpdate.objects.get())
    assert (said.narrative, said.steps) == ("From the page.", (StepSaid("", "drafted", date(2022, 11, 20)),))
    assert [one.id for one in done.set_aside] == ["words/1.1.2"]
    assert [one.pk for one in done.drafts] == [draft.pk]


def test_fields_that_only_one_side_changed_are_no_conflict(scene: Scene) -> None:
    typist = filled_guide(scene)
    draft = scene.started("1.1.2", "region", scene.cast.director)
    said = replace(content_of(draft), difficulties="Paper is scarce.")
    save_draft(by=scene.cast.director, now=NOW, update=draft, content=said, version=draft.version)

    written(scene, typist)
    said = content_of(ProgressUpdate.objects.get())
    assert (said.narrative, said.difficulties) == ("Half of it is written.", "Paper is scarce.")


def test_a_conflict_is_taken_where_somebody_says_so(scene: Scene) -> None:
    typist = filled_guide(scene, narrative="From the workbook.")
    draft = scene.started("1.1.2", "region", scene.cast.director)
    said = replace(content_of(draft), narrative="From the page.")
    save_draft(by=scene.cast.director, now=NOW, update=draft, content=said, version=draft.version)

    written(scene, typist, take={"words/1.1.2"})
    assert content_of(ProgressUpdate.objects.get()).narrative == "From the workbook."


def test_a_refused_row_names_its_cell_and_the_others_are_written(scene: Scene) -> None:
    typist = filled_guide(scene).type_in("ladder/1.1.2//tested", happened_on="soon")
    refused = row(typist, "ladder/1.1.2//tested")
    assert refused.verdict is Verdict.REFUSED
    assert refused.reasons[0].place.in_words() == f"Steps!{typist.cell(refused.id, 'happened_on').coordinate}"

    done = written(scene, typist)
    assert done.counts() == {"rows": 2, "sent": 0, "drafts": 1, "set_aside": 1}
    assert ProgressUpdate.objects.get().state == "draft"


def test_facts_that_cannot_stand_are_refused_at_their_cell(scene: Scene) -> None:
    typist = filled_guide(scene).type_in("ladder/1.1.2//tested", happened_on="2023-02-14")
    refused = row(typist, "ladder/1.1.2//tested")
    assert "after the day of which the update speaks" in str(refused.reasons[0].message)
    assert refused.reasons[0].place.cell == typist.cell(refused.id, "happened_on").coordinate


def test_what_was_set_aside_comes_back_as_a_workbook_to_mend(scene: Scene) -> None:
    typist = filled_guide(scene).type_in("ladder/1.1.2//tested", happened_on="soon")
    done = written(scene, typist)

    back = Typist(done.file)
    assert list(back.rows("ladder")) == ["ladder/1.1.2//tested"]
    assert back.cell("ladder/1.1.2//tested", "happened_on").value == "soon"
    assert any("is not a day" in text for text in sheet_texts(done.file))
    back.type_in("ladder/1.1.2//tested", happened_on="2022-12-20")
    again = written(scene, back)
    assert again.counts() == {"rows": 1, "sent": 1, "drafts": 0, "set_aside": 0}
    assert [step.rung for step in content_of(ProgressUpdate.objects.get()).steps] == ["drafted", "tested"]


def test_a_conflict_comes_back_made_from_the_record_of_now(scene: Scene) -> None:
    typist = filled_guide(scene, narrative="From the workbook.")
    draft = scene.started("1.1.2", "region", scene.cast.director)
    said = replace(content_of(draft), narrative="From the page.")
    save_draft(by=scene.cast.director, now=NOW, update=draft, content=said, version=draft.version)
    back = Typist(written(scene, typist).file)

    assert back.cell("words/1.1.2", "narrative").value == "From the workbook."
    assert verdicts(back) == {"words/1.1.2": Verdict.CHANGED}


def test_an_agreement_to_what_is_no_longer_so_writes_nothing(scene: Scene) -> None:
    typist = filled_guide(scene)
    seen = preview(typist).digest()
    draft = scene.started("1.1.2", "region", scene.cast.director)
    said = replace(content_of(draft), narrative="From the page.")
    save_draft(by=scene.cast.director, now=NOW, update=draft, content=said, version=draft.version)

    with pytest.raises(ChangedMeanwhile):
        written(scene, typist, seen=seen)
    assert content_of(ProgressUpdate.objects.get()) == said


def test_a_sent_update_takes_no_more(scene: Scene) -> None:
    typist = filled_guide(scene)
    scene.submitted()
    refused = row(typist, "words/1.1.2")
    assert (refused.verdict, str(refused.reasons[0].message)) == (
        Verdict.REFUSED,
        "The update was submitted.",
    )


def test_a_returned_update_says_why_and_takes_the_answer(scene: Scene) -> None:
    update = scene.submitted()
    return_update(by=scene.cast.reviewer, now=NOW, update=update, reason="Which half?")
    typist = given_out(scene)

    assert typist.cell("words/1.1.2", "state").value == "returned: Which half?"
    typist.type_in("words/1.1.2", narrative="The first half.")
    assert written(scene, typist).counts()["sent"] == 1
    update.refresh_from_db()
    assert (update.state, content_of(update).narrative) == ("submitted", "The first half.")


def test_a_discarded_update_of_the_workbook_is_not_brought_back(scene: Scene) -> None:
    typist = filled_guide(scene)
    written(scene, typist, send=False)
    discard_draft(by=scene.cast.director, now=NOW, update=ProgressUpdate.objects.get())
    assert set(verdicts(typist).values()) == {Verdict.REFUSED}


def test_cells_that_were_emptied_take_back_what_was_said(scene: Scene) -> None:
    draft = scene.started("1.1.2", "region", scene.cast.director)
    support = (SupportSaid("Paper"), SupportSaid("Ink"), SupportSaid("Oil"))
    said = replace(SAID["1.1.2"], support=support)
    save_draft(by=scene.cast.director, now=NOW, update=draft, content=said, version=draft.version)

    typist = (
        given_out(scene).type_in("support/1.1.2/1", text=None).type_in("support/1.1.2/3", text="Lamp oil")
    )
    typist.type_in("support/1.1.2/2", text=None).type_in("ladder/1.1.2//drafted", happened_on=None)
    written(scene, typist, send=False)

    said = content_of(ProgressUpdate.objects.get())
    assert (said.support, said.steps) == ((SupportSaid("Lamp oil"),), ())


def test_an_approved_item_cannot_be_emptied(scene: Scene) -> None:
    scene.approved("1.1.1", "headquarters", by=scene.office, round=None)
    typist = given_out(scene, "headquarters")
    empty = dict.fromkeys(
        ("name", "stage", "happened_on", "partners", "regions", "groups", "criterion_1", "criterion_2")
    )
    typist.type_in(f"items/1.1.1/{LANTERN}", **empty)
    assert verdicts(typist) == {f"items/1.1.1/{LANTERN}": Verdict.REFUSED}


def test_only_who_reports_for_the_unit_gets_or_gives_back_a_workbook(scene: Scene) -> None:
    data = filled_guide(scene).saved()
    for stranger in (scene.cast.stranger, scene.cast.focal_point, scene.cast.auditor):
        with pytest.raises(NotAllowed):
            given_out(scene, by=stranger)
        with pytest.raises(NotAllowed):
            start_reading(by=stranger, now=NOW, data=data, name="region.xlsx")
        with pytest.raises(NotAllowed):
            write_workbook_back(by=stranger, now=NOW, data=data)
    assert ProgressUpdate.objects.count() == 0


def test_the_round_is_the_open_one_where_none_is_named(scene: Scene) -> None:
    assert round_of(scene.cast.region, scene.cast.plan) == scene.round
    with pytest.raises(NotFound, match="2022-2"):
        round_of(scene.cast.region, scene.cast.plan, "2030-1")


def test_a_number_may_be_nought(scene: Scene) -> None:
    typist = given_out(scene, "island", scene.cast.focal_point)
    typist.type_in("indicator/1.2.1/-", happened_on="2022-12-01", numerator=0, denominator=8)
    assert verdicts(typist) == {"indicator/1.2.1/-": Verdict.NEW}
    written(scene, typist, scene.cast.focal_point, send=False)
    (value,) = content_of(ProgressUpdate.objects.get()).values
    assert (value.numerator, value.denominator) == (Decimal(0), Decimal(8))


def test_an_item_is_known_again_in_the_next_workbook(scene: Scene) -> None:
    scene.approved("1.1.1", "headquarters", by=scene.office, round=None)
    typist = given_out(scene, "headquarters", scene.office)
    typist.type_in(f"items/1.1.1/{LANTERN}", partners="Guild of Lamps; Port")
    written(scene, typist, scene.office, send=False)
    (item,) = content_of(ProgressUpdate.objects.get(round=scene.round)).items
    assert item == ItemSaid(**{**vars(SAID["1.1.1"].items[0]), "partners": ("Guild of Lamps", "Port")})


def test_strands_and_places_climb_their_ladder_each_by_itself(scene: Scene) -> None:
    edition = edition_on(scene.cast.plan, NOW.date())
    assert edition is not None
    write_sheet(
        by=None,
        now=NOW,
        deliverable=scene.cast.deliverable("1.1.2"),
        edition=edition,
        kind="parts",
        ladder="guide",
        parts=[PartGiven("strand", "oil", words("Oil")), PartGiven("coverage", "north", words("North"))],
    )
    typist = given_out(scene)
    assert "Strands and coverage" in typist.book.sheetnames
    assert len(typist.rows("parts")) == 6
    assert typist.cell("parts/1.1.2/north/tested", "part").value == "North"
    typist.type_in("parts/1.1.2/north/tested", happened_on="2022-11-20")
    typist.type_in("parts/1.1.2/oil/tested", happened_on="2023-02-20")
    assert verdicts(typist) == {
        "parts/1.1.2/north/tested": Verdict.NEW,
        "parts/1.1.2/oil/tested": Verdict.REFUSED,  # after the day of which the update speaks
    }
    written(scene, typist)
    said = content_of(ProgressUpdate.objects.get())
    assert said.steps == (StepSaid("north", "tested", date(2022, 11, 20)),)


def test_a_sheet_that_asks_for_something_else_by_now_refuses_the_rows(scene: Scene) -> None:
    typist = filled_guide(scene)
    edition = edition_on(scene.cast.plan, NOW.date())
    assert edition is not None
    deliverable = scene.cast.deliverable("1.1.2")
    write_sheet(by=None, now=NOW, deliverable=deliverable, edition=edition, kind="commitment")
    assert verdicts(typist)["ladder/1.1.2//drafted"] is Verdict.REFUSED


def test_criteria_that_changed_meanwhile_refuse_the_items(scene: Scene) -> None:
    typist = given_out(scene, "headquarters", scene.office)
    free = typist.free_item("1.1.1")
    typist.type_in(free, name="South quay", stage="concluded", happened_on="2022-10-01", criterion_1="yes")
    edition = edition_on(scene.cast.plan, NOW.date())
    assert edition is not None
    write_sheet(
        by=None,
        now=NOW,
        deliverable=scene.cast.deliverable("1.1.1"),
        edition=edition,
        kind="items",
        criteria=[CriterionGiven(key, words(key)) for key in ("own", "new")],
    )
    assert verdicts(typist) == {free: Verdict.REFUSED}


def test_an_excused_question_takes_no_answer(scene: Scene) -> None:
    typist = filled_guide(scene)
    Asked.objects.filter(deliverable__key="1.1.2").update(excused_reason="Storms")
    assert set(verdicts(typist).values()) == {Verdict.REFUSED}
    assert written(scene, typist).file == b""


def test_the_number_of_queries_does_not_grow_with_the_questions(
    scene: Scene, django_assert_max_num_queries: Any
) -> None:
    data = filled_guide(scene).saved()
    with django_assert_max_num_queries(20):
        preview_of(data, by=None, now=NOW)


class Forger:
    """Writes into the hidden state with the right digest, as somebody could who knows the program."""

    def __init__(self, typist: Typist) -> None:
        self.typist, self.state = typist, typist.book["suivi"]
        self.key = str(self.state["C1"].value)

    def forge(self, row_id: str, new_id: str, values: dict[int, str] | None = None) -> Typist:
        shape = ""
        for line in self.state.iter_rows():
            if line[0].value == "sheet":
                shape = str(line[1].value)
                count = len([cell for cell in line[3:] if cell.value])
            if line[0].value == "row" and line[1].value == row_id:
                for number, value in (values or {}).items():
                    line[3 + number].value = value
                kept = [str(cell.value or "") for cell in line[3 : 3 + count]]
                line[1].value, line[2].value = new_id, digest_of_row(self.key, shape, new_id, kept)
                self.typist.book[self.typist.columns[shape][0]].cell(
                    self.typist.rows(shape)[row_id], 1, new_id
                )
        return self.typist


@pytest.mark.parametrize(
    "forged",
    [
        "evil/1.1.1/x",
        "items/1.1.1/no-uuid",
        "items/1.1.1",
        "support/1.1.1/9",
        "items/9.9.9/x",
        "words/1.1.1/9",
    ],
)
def test_a_forged_row_is_refused(scene: Scene, forged: str) -> None:
    typist = given_out(scene, "headquarters", scene.office)
    free = typist.free_item("1.1.1")
    typist.type_in(free, name="South quay", stage="concluded", happened_on="2022-10-01")
    assert set(verdicts(Forger(typist).forge(free, forged)).values()) == {Verdict.REFUSED}


def test_forged_values_of_the_hidden_state_are_refused(scene: Scene) -> None:
    typist = Forger(filled_guide(scene)).forge("words/1.1.2", "words/1.1.2", {4: "no day"})
    (refused,) = [one for one in preview(typist).rows() if one.verdict is Verdict.REFUSED]
    assert str(refused.reasons[0].message) == "The hidden state of this row was changed."


@pytest.mark.parametrize(("name", "value"), [("language", "xx"), ("round", "none"), ("unit", "")])
def test_forged_facts_are_refused(scene: Scene, name: str, value: str) -> None:
    typist = filled_guide(scene)
    fact = next(line for line in typist.book["suivi"].iter_rows() if line[1].value == name)
    fact[2].value = value
    with pytest.raises(InputRefused, match="not known here"):
        preview(typist)
