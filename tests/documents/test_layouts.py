"""The same invented plan in many layouts, three languages and every format gives the same reading."""

from collections.abc import Callable

import pytest

from suivi.documents.model import Reading
from suivi.documents.reader import read_bytes
from tests.documents import invented
from tests.documents.invented import LAYOUTS, PLANS, MadePlan, Sheet
from tests.documents.writers import WRITERS

WITH_INDICATOR = {invented.pillars_in_headings, invented.one_row_each, invented.all_levels_merged}
WITHOUT_LEAD = {invented.all_levels_merged, invented.plain_headings, invented.several_in_a_cell}


def facts_of(reading: Reading) -> list[object]:
    """What the reading says of each deliverable, flat."""
    return [
        (
            pillar.number,
            str(pillar.title),
            action.number,
            str(action.text),
            str(made.text),
            made.starts_on.isoformat() if made.starts_on else None,
            made.ends_on.isoformat() if made.ends_on else None,
            int(made.target.value) if made.target else None,
            made.lead,
            made.indicator,
        )
        for pillar in reading.plan.pillars
        for action in pillar.actions
        for made in action.deliverables
    ]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.language)
def test_a_plan_reads_the_same_in_each_layout_and_format(
    plan: MadePlan, layout: Callable[[MadePlan], Sheet], name: str
) -> None:
    reading = read_bytes(WRITERS[name](layout(plan)), name)
    expected = invented.stated(
        plan, with_lead=layout not in WITHOUT_LEAD, with_indicator=layout in WITH_INDICATOR
    )
    assert facts_of(reading) == expected
    assert reading.plan.header.language == plan.language
