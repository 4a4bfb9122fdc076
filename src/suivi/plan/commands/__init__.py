"""Changes to plans. Every door calls these; each is one transaction with its audit line."""

from suivi.plan.commands.assignments import (
    assign_unit,
    change_contact,
    end_responsibility,
    expect_of_stakeholder,
    hand_over,
    set_accountable,
)
from suivi.plan.commands.bulk import assign_units
from suivi.plan.commands.editions import (
    DecisionGiven,
    Loaded,
    load_plan,
    publish_plan,
)
from suivi.plan.commands.requests import answer_request, ask_for_change, withdraw_request
from suivi.plan.commands.steps import add_milestone, change_milestone, finish_milestone, set_resource
from suivi.plan.commands.translations import translate, translate_texts
from suivi.plan.queries.loading import LoadOutcome

__all__ = [
    "DecisionGiven",
    "LoadOutcome",
    "Loaded",
    "add_milestone",
    "answer_request",
    "ask_for_change",
    "assign_unit",
    "assign_units",
    "change_contact",
    "change_milestone",
    "end_responsibility",
    "expect_of_stakeholder",
    "finish_milestone",
    "hand_over",
    "load_plan",
    "publish_plan",
    "set_accountable",
    "set_resource",
    "translate",
    "translate_texts",
    "withdraw_request",
]
