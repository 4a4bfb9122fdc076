"""Who may do what: one table of permissions and roles. The docs print it; `require` in `queries` asks it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class Permission(StrEnum):
    """What can be asked for. Those without a door yet are placed here for the rooms to come."""

    READ_PLAN = "read_plan"
    READ_MANAGEMENT = "read_management"
    ADOPT_EDITION = "adopt_edition"
    TRANSLATE_PLAN = "translate_plan"
    ASSIGN_UNITS = "assign_units"
    PLAN_STEPS = "plan_steps"
    REQUEST_CHANGE = "request_change"
    ANSWER_CHANGE = "answer_change"
    MANAGE_UNITS = "manage_units"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_AUDIT = "read_audit"
    REPORT_PROGRESS = "report_progress"
    CLEAR_UPDATE = "clear_update"
    REVIEW_UPDATE = "review_update"
    MANAGE_ROUNDS = "manage_rounds"
    AGREE_STATUS = "agree_status"
    READ_RESTRICTED = "read_restricted"
    READ_CONFIDENTIAL = "read_confidential"
    WITHDRAW_EVIDENCE = "withdraw_evidence"
    DRAW_SAMPLE = "draw_sample"
    RECORD_GUIDANCE = "record_guidance"
    ANSWER_GUIDANCE = "answer_guidance"
    WRITE_LESSON = "write_lesson"
    WRITE_PAPER = "write_paper"
    CLEAR_PAPER = "clear_paper"
    TRANSLATE_PAPER = "translate_paper"
    ISSUE_PAPER = "issue_paper"


PERMISSION_WORDS: dict[Permission, str] = {
    Permission.READ_PLAN: gettext_noop("read the plan and its editions"),
    Permission.READ_MANAGEMENT: gettext_noop("read the internal management plan"),
    Permission.ADOPT_EDITION: gettext_noop("load a plan and record a decision of the governing body"),
    Permission.TRANSLATE_PLAN: gettext_noop("translate texts of the plan"),
    Permission.ASSIGN_UNITS: gettext_noop("assign units to deliverables and hand over"),
    Permission.PLAN_STEPS: gettext_noop("plan milestones, staff time and money"),
    Permission.REQUEST_CHANGE: gettext_noop("ask for a change"),
    Permission.ANSWER_CHANGE: gettext_noop("answer requests for a change"),
    Permission.MANAGE_UNITS: gettext_noop("keep the units and stakeholders"),
    Permission.MANAGE_ACCOUNTS: gettext_noop("keep accounts and roles"),
    Permission.READ_AUDIT: gettext_noop("read the audit trail"),
    Permission.REPORT_PROGRESS: gettext_noop("report progress and add evidence"),
    Permission.CLEAR_UPDATE: gettext_noop("clear what a unit reports"),
    Permission.REVIEW_UPDATE: gettext_noop("approve updates or return them"),
    Permission.MANAGE_ROUNDS: gettext_noop("open and close reporting rounds, write reference sheets"),
    Permission.AGREE_STATUS: gettext_noop("set the agreed status"),
    Permission.READ_RESTRICTED: gettext_noop("read restricted evidence"),
    Permission.READ_CONFIDENTIAL: gettext_noop("read confidential evidence"),
    Permission.WITHDRAW_EVIDENCE: gettext_noop("withdraw the content of evidence"),
    Permission.DRAW_SAMPLE: gettext_noop("draw samples of approved updates and check them"),
    Permission.RECORD_GUIDANCE: gettext_noop("record guidance of the governing body"),
    Permission.ANSWER_GUIDANCE: gettext_noop("answer guidance of the governing body"),
    Permission.WRITE_LESSON: gettext_noop("write lessons"),
    Permission.WRITE_PAPER: gettext_noop("start papers for the governing body and write them"),
    Permission.CLEAR_PAPER: gettext_noop("clear sections of papers"),
    Permission.TRANSLATE_PAPER: gettext_noop("translate papers"),
    Permission.ISSUE_PAPER: gettext_noop("freeze and issue papers"),
}


@dataclass(frozen=True)
class Role:
    """A role in words for people, and what it may do within the scope it is given for."""

    key: str
    name: str | Promise
    purpose: str | Promise
    permissions: frozenset[Permission]


_READ = frozenset({Permission.READ_PLAN})
_INSIDE = _READ | {Permission.READ_MANAGEMENT}
_REPORTS = _INSIDE | {Permission.REPORT_PROGRESS, Permission.READ_RESTRICTED}
_LEARNS = frozenset({Permission.ANSWER_GUIDANCE, Permission.WRITE_LESSON})
_UNIT = _REPORTS | _LEARNS | {Permission.PLAN_STEPS, Permission.REQUEST_CHANGE}
_READS_ALL = _INSIDE | {Permission.READ_RESTRICTED, Permission.READ_CONFIDENTIAL}

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role(
            "plan_manager",
            _("plan manager"),
            _("keeps the plan: loads it, assigns units, answers requests, gives roles"),
            frozenset(Permission),
        ),
        Role("focal_point", _("focal point"), _("reports and plans for a unit"), _UNIT),
        Role(
            "director",
            _("director of a unit"),
            _("answers for a unit and clears what it says"),
            _UNIT | {Permission.CLEAR_UPDATE, Permission.READ_CONFIDENTIAL, Permission.CLEAR_PAPER},
        ),
        Role("contributor", _("contributor"), _("contributes to the reports of a unit"), _REPORTS),
        Role(
            "reviewer",
            _("reviewer"),
            _("reads what units report and approves or returns it"),
            _READS_ALL | {Permission.REVIEW_UPDATE, Permission.WRITE_LESSON},
        ),
        Role(
            "translator",
            _("translator"),
            _("writes the texts of the plan and of papers in other languages"),
            _INSIDE | {Permission.TRANSLATE_PLAN, Permission.TRANSLATE_PAPER},
        ),
        Role(
            "evaluator",
            _("evaluator"),
            _("reads everything, independently"),
            _READS_ALL | {Permission.WRITE_LESSON},
        ),
        Role(
            "auditor",
            _("auditor"),
            _("reads everything, the audit trail included"),
            _READS_ALL | {Permission.READ_AUDIT, Permission.DRAW_SAMPLE},
        ),
        Role(
            "secretary",
            _("secretary of the body"),
            _("records the decisions of the governing body and issues the papers for it"),
            _INSIDE
            | {
                *(Permission.ADOPT_EDITION, Permission.RECORD_GUIDANCE),
                *(Permission.CLEAR_PAPER, Permission.ISSUE_PAPER),
            },
        ),
        Role(
            "finance_officer",
            _("finance officer"),
            _("keeps the money side of the plan"),
            _INSIDE | {Permission.PLAN_STEPS, Permission.REQUEST_CHANGE},
        ),
        Role("donor_liaison", _("donor liaison"), _("speaks with funding partners"), _INSIDE),
        Role("public_reader", _("public reader"), _("reads what is public"), _READ),
    )
}


# Whoever could hand these on could keep them: a deputy might give roles to themselves.
NOT_HANDED_ON = frozenset({Permission.MANAGE_ACCOUNTS})


@dataclass(frozen=True)
class Held:
    """A role as held: for one scope, or (None) for the whole installation, between two days.

    A deputy holds the roles of the person they act for, without what nobody can hand on.
    """

    role: str
    scope_id: int | None
    starts_on: date | None
    ends_on: date | None
    as_deputy: bool = False

    @property
    def permissions(self) -> frozenset[Permission]:
        if self.role not in ROLES:
            return frozenset()
        permissions = ROLES[self.role].permissions
        return permissions - NOT_HANDED_ON if self.as_deputy else permissions

    def is_active(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )


def is_allowed(held: Iterable[Held], permission: Permission, scope_ids: Iterable[int], day: date) -> bool:
    """Whether any role held on that day gives the permission for one of these scopes.

    `scope_ids` are all scopes that what is touched stands in: its plan, its unit and the units above.
    """
    scopes = set(scope_ids)
    return any(
        permission in one.permissions
        for one in held
        if one.is_active(day) and (one.scope_id is None or one.scope_id in scopes)
    )
