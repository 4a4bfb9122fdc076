"""Commands of the rooms up to the plan, of learning and of imports, ready to be carried out on the cast."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from suivi.core.commands import change_password, create_account
from suivi.frameworks.commands import describe_edition, describe_item
from suivi.frameworks.models import FrameworkEdition
from suivi.learning.commands import (
    answer_guidance,
    link_reported_elsewhere,
    record_guidance,
    record_lesson,
    rewrite_guidance,
    rewrite_lesson,
    unlink_reported_elsewhere,
    withdraw_guidance,
    withdraw_lesson,
)
from suivi.learning.models import Guidance, Lesson, ReportedElsewhere
from suivi.organisation.commands import (
    add_person,
    add_stakeholder,
    add_unit,
    close_account,
    close_unit,
    end_deputy,
    give_first_password,
    grant_role,
    name_deputy,
    open_account,
    rename_unit,
    withdraw_role,
)
from suivi.organisation.models import Deputy
from suivi.plan.commands import (
    DecisionGiven,
    add_milestone,
    answer_request,
    ask_for_change,
    assign_unit,
    assign_units,
    change_contact,
    change_milestone,
    end_responsibility,
    expect_of_stakeholder,
    finish_milestone,
    hand_over,
    load_plan,
    publish_plan,
    set_accountable,
    set_resource,
    translate,
    translate_texts,
    withdraw_request,
)
from suivi.plan.models import ChangeRequest, Milestone, PillarEdition, Responsibility
from tests.cast import DAY, NOW, PASSWORD, Cast, at, build_cast, second_edition, words
from tests.learning.given import asked_for, learned


def held(cast: Cast, key: str, role: str) -> Responsibility:
    return Responsibility.objects.get(deliverable=cast.deliverable(key), role=role)


def deputy_of(cast: Cast) -> Deputy:
    return name_deputy(
        by=None,
        now=NOW,
        account=cast.director,
        deputy=cast.focal_point,
        kind="officer_in_charge",
        starts_on=DAY,
        ends_on=DAY,
    )


def request_of(cast: Cast) -> ChangeRequest:
    return ChangeRequest.objects.get(deliverable=cast.deliverable("1.1.1"))


def step(cast: Cast) -> Milestone:
    return Milestone.objects.filter(deliverable=cast.deliverable("1.1.1")).order_by("pk")[0]


def ready_cast() -> Cast:
    """The cast, with a request that waits, an edition of a framework, a stakeholder and what was learned."""
    cast = build_cast()
    ask_for_change(
        by=cast.focal_point,
        now=at(2023, 2, 1),
        deliverable=cast.deliverable("1.1.1"),
        kind="postponement",
        reason="Oil is scarce",
        proposed_end_on=date(2024, 6, 30),
    )
    describe_edition(by=None, now=at(2023, 2, 1), code="2030-31", name=words("Harbour budget"))
    cast.stakeholder = add_stakeholder(  # type: ignore[attr-defined]
        by=None, now=at(2023, 2, 1), key="keepers", kind="workers", name=words("Keepers")
    )
    close_account(by=None, now=at(2023, 2, 1), account=cast.stranger)
    learn(cast)
    return cast


def learn(cast: Cast) -> None:
    """A piece of guidance, a lesson, and a document that told of a deliverable."""
    then: dict[str, Any] = {"by": None, "now": at(2023, 2, 1)}
    record_guidance(**then, plan=cast.plan, given=asked_for())
    record_lesson(**then, plan=cast.plan, given=learned())
    link_reported_elsewhere(**then, about=cast.deliverable("1.1.1"), symbol="HB/2022/7")


def given(cast: Cast) -> dict[str, Any]:
    return {"by": cast.plan_manager, "now": NOW}


def named(name: str) -> dict[str, Any]:
    return {"email": f"{name}@example.org", "name": name}


def steps_of(cast: Cast) -> dict[str, Any]:
    return {
        "deliverable": cast.deliverable("1.2.1"),
        "title": words("Quay swept"),
        "due_on": date(2023, 5, 1),
    }


def decided() -> DecisionGiven:
    return DecisionGiven(DAY, "Harbour Assembly", "9", "HB/2023", "4")


def third_edition() -> Any:
    document = second_edition()
    document.pillars[0].actions[1].deliverables[0].text = words("Keepers trained twice")
    return document


def pillar(cast: Cast) -> PillarEdition:
    return PillarEdition.objects.filter(edition__plan=cast.plan).order_by("-pk")[0]


# The plan manager carries these out; those that the manager may not, the command line does (by None).
COMMANDS: Mapping[str, Callable[[Cast], Any]] = {
    "create_account": lambda c: create_account(**given(c), **named("wren")),
    "change_password": lambda c: change_password(by=c.reviewer, now=NOW, password=f"{PASSWORD}-anew"),
    "add_person": lambda _: add_person(
        by=None, now=NOW, **named("wren"), language="en", password=None, role="auditor"
    ),
    "close_account": lambda c: close_account(by=None, now=NOW, account=c.auditor),
    "open_account": lambda c: open_account(by=None, now=NOW, account=c.stranger),
    "give_first_password": lambda c: give_first_password(
        by=None, now=NOW, account=c.auditor, password=f"{PASSWORD}-anew"
    ),
    "grant_role": lambda c: grant_role(
        by=None, now=NOW, account=c.auditor, role="contributor", scope=c.island.scope
    ),
    "name_deputy": deputy_of,
    "end_deputy": lambda c: end_deputy(by=None, now=NOW, deputy=deputy_of(c)),
    "withdraw_role": lambda c: withdraw_role(by=None, now=NOW, grant=c.director.grants.get()),
    "add_stakeholder": lambda _: add_stakeholder(
        by=None, now=NOW, key="banks", kind="banks", name=words("Banks")
    ),
    "add_unit": lambda _: add_unit(
        by=None, now=NOW, key="quay", kind="country", name=words("Quay"), short_name="Q"
    ),
    "close_unit": lambda c: close_unit(by=None, now=NOW, unit=c.island, ends_on=date(2023, 12, 31)),
    "rename_unit": lambda c: rename_unit(
        by=None, now=NOW, unit=c.region, name=words("All seas"), short_name="SEAS", starts_on=DAY
    ),
    "describe_edition": lambda _: describe_edition(
        by=None, now=NOW, code="2032-33", name=words("Another budget")
    ),
    "describe_item": lambda _: describe_item(
        by=None,
        now=NOW,
        edition=FrameworkEdition.objects.get(code="2030-31"),
        code="B.1",
        kind="output",
        title=words("Lights"),
    ),
    "assign_unit": lambda c: assign_unit(
        **given(c),
        deliverable=c.deliverable("1.2.1"),
        unit=c.island,
        role="accountable",
        starts_on=DAY,
    ),
    "assign_units": lambda c: assign_units(
        **given(c),
        deliverables=[c.deliverable("1.2.1")],
        unit=c.island,
        roles=["responsible"],
        starts_on=DAY,
    ),
    "set_accountable": lambda c: set_accountable(
        **given(c), deliverables=[c.deliverable("1.2.1")], unit=c.island, starts_on=DAY
    ),
    "change_contact": lambda c: change_contact(
        **given(c), responsibility=held(c, "1.1.1", "responsible"), contact=c.director
    ),
    "end_responsibility": lambda c: end_responsibility(
        **given(c), responsibility=held(c, "1.1.1", "responsible"), ends_on=DAY
    ),
    "hand_over": lambda c: hand_over(
        **given(c),
        deliverables=[c.deliverable("1.1.1")],
        from_unit=c.island,
        to_unit=c.region,
        on=date(2023, 3, 1),
    ),
    "expect_of_stakeholder": lambda c: expect_of_stakeholder(
        **given(c),
        deliverable=c.deliverable("1.1.1"),
        stakeholder=c.stakeholder,  # type: ignore[attr-defined]
        text=words("They keep the lights"),
    ),
    "load_plan": lambda c: load_plan(
        by=None, now=NOW, slug=c.plan.slug, document=third_edition(), decision=decided()
    ),
    "publish_plan": lambda c: publish_plan(by=None, now=NOW, plan=c.plan, is_public=False),
    "ask_for_change": lambda c: ask_for_change(
        **given(c), deliverable=c.deliverable("1.2.1"), kind="cancellation", reason="No keepers"
    ),
    "answer_request": lambda c: answer_request(
        **given(c), request=request_of(c), is_accepted=True, answer="Until June"
    ),
    "withdraw_request": lambda c: withdraw_request(by=c.focal_point, now=NOW, request=request_of(c)),
    "add_milestone": lambda c: add_milestone(**given(c), **steps_of(c)),
    "change_milestone": lambda c: change_milestone(
        **given(c),
        milestone=step(c),
        title=words("Lanterns hung"),
        due_on=date(2023, 5, 1),
        done_on=None,
        owner_unit=c.island,
    ),
    "finish_milestone": lambda c: finish_milestone(**given(c), milestone=step(c), done_on=DAY),
    "set_resource": lambda c: set_resource(
        **given(c),
        deliverable=c.deliverable("1.1.1"),
        kind="staff",
        planned=Decimal(3),
        secured=None,
    ),
    "translate": lambda c: translate(
        **given(c), row=pillar(c), field_name="title", language="fr", text="Cartes communes"
    ),
    "translate_texts": lambda c: translate_texts(
        **given(c), wordings={(pillar(c), "title", "es"): "Cartas comunes"}
    ),
    "record_guidance": lambda c: record_guidance(**given(c), plan=c.plan, given=asked_for()),
    "rewrite_guidance": lambda c: rewrite_guidance(
        **given(c), guidance=Guidance.objects.get(), given=asked_for(), reason="Other words"
    ),
    "withdraw_guidance": lambda c: withdraw_guidance(
        **given(c), guidance=Guidance.objects.get(), reason="Not for us"
    ),
    "answer_guidance": lambda c: answer_guidance(
        **given(c), guidance=Guidance.objects.get(), state="in_hand", text=words("Soon")
    ),
    "record_lesson": lambda c: record_lesson(**given(c), plan=c.plan, given=learned()),
    "rewrite_lesson": lambda c: rewrite_lesson(
        **given(c), lesson=Lesson.objects.get(), given=learned(), reason="Other words"
    ),
    "withdraw_lesson": lambda c: withdraw_lesson(**given(c), lesson=Lesson.objects.get(), reason="Once"),
    "link_reported_elsewhere": lambda c: link_reported_elsewhere(
        **given(c), about=c.deliverable("1.2.1"), symbol="HB/2022/7"
    ),
    "unlink_reported_elsewhere": lambda c: unlink_reported_elsewhere(
        **given(c), line=ReportedElsewhere.objects.get(), reason="Another paper"
    ),
}
