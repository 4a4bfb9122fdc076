from suivi.plan.models.edition import (
    ActionEdition,
    Decision,
    DeliverableEdition,
    Edition,
    Link,
    LinkKind,
    PillarEdition,
    Strand,
    Succession,
)
from suivi.plan.models.identity import Action, Deliverable, Pillar, Plan
from suivi.plan.models.management import (
    Expectation,
    Milestone,
    MilestoneState,
    Resource,
    ResourceKind,
    Responsibility,
    ResponsibilityRole,
)
from suivi.plan.models.request import ChangeKind, ChangeRequest, RequestState

__all__ = [
    "Action",
    "ActionEdition",
    "ChangeKind",
    "ChangeRequest",
    "Decision",
    "Deliverable",
    "DeliverableEdition",
    "Edition",
    "Expectation",
    "Link",
    "LinkKind",
    "Milestone",
    "MilestoneState",
    "Pillar",
    "PillarEdition",
    "Plan",
    "RequestState",
    "Resource",
    "ResourceKind",
    "Responsibility",
    "ResponsibilityRole",
    "Strand",
    "Succession",
]
