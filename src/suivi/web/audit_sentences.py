"""One sentence for each line of the audit trail. The key is the command's name, with a variant."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

SENTENCES: dict[str, str] = {
    # The plan and its editions
    "adopt_edition": _("%(person)s recorded %(thing)s, in force from %(day)s."),
    "translate_plan": _("%(person)s loaded translations into %(thing)s."),
    "translate_text": _("%(person)s wrote “%(thing)s” in %(language)s."),
    "publish_plan.public": _("%(person)s opened %(thing)s to the public."),
    "publish_plan.inside": _("%(person)s closed %(thing)s to the public."),
    # Who answers for what
    "assign_unit": _("%(person)s assigned %(unit)s to %(thing)s from %(day)s: %(responsibility)s."),
    "end_responsibility": _(
        "%(person)s ended the assignment of %(unit)s to %(thing)s on %(day)s: %(responsibility)s."
    ),
    "set_accountable": _("%(person)s made %(unit)s accountable for %(thing)s from %(day)s."),
    "set_accountable.none": _("%(person)s left %(thing)s without an accountable unit from %(day)s."),
    "change_contact": _("%(person)s named %(contact)s as the contact in %(unit)s for %(thing)s."),
    "change_contact.none": _("%(person)s left %(thing)s without a contact in %(unit)s."),
    "hand_over": _("%(person)s handed %(thing)s over from %(from_unit)s to %(unit)s on %(day)s."),
    "expect_of_stakeholder": _("%(person)s wrote what is expected of %(stakeholder)s for %(thing)s."),
    # Milestones, staff time and money
    "add_milestone": _("%(person)s added the milestone “%(milestone)s” to %(thing)s, due on %(due)s."),
    "change_milestone": _("%(person)s changed the milestone “%(milestone)s” of %(thing)s, due on %(due)s."),
    "change_milestone.done": _("%(person)s noted “%(milestone)s” as done on %(done)s, for %(thing)s."),
    "change_milestone.dropped": _("%(person)s dropped the milestone “%(milestone)s” of %(thing)s."),
    "set_resource.staff": _(
        "%(person)s stated the staff time of %(thing)s: "
        "%(planned)s person-months planned, %(secured)s secured."
    ),
    "set_resource.money": _(
        "%(person)s stated the money of %(thing)s: %(currency)s %(planned)s planned, %(secured)s secured."
    ),
    # Requests for a change
    "ask_for_change": _("%(person)s asked for a change of %(thing)s: %(kind)s."),
    "answer_request.accepted": _("%(person)s accepted a request about %(thing)s: %(kind)s."),
    "answer_request.rejected": _("%(person)s rejected a request about %(thing)s: %(kind)s."),
    "withdraw_request": _("%(person)s withdrew a request about %(thing)s: %(kind)s."),
    # Follow-up: rounds and updates
    "open_round": _("%(person)s opened the reporting round %(thing)s."),
    "ask_also": _("%(person)s asked more units in the reporting round %(thing)s."),
    "excuse": _("%(person)s excused %(unit)s from reporting on %(thing)s: “%(reason)s”."),
    "excuse.again": _("%(person)s asked %(unit)s again to report on %(thing)s."),
    "close_round": _("%(person)s closed the reporting round %(thing)s."),
    "send_update": _("%(person)s sent what %(unit)s reports on %(thing)s."),
    "clear_update": _("%(person)s cleared what %(unit)s reports on %(thing)s."),
    "recall_update": _("%(person)s took back what %(unit)s reports on %(thing)s."),
    "return_update": _("%(person)s returned what %(unit)s reports on %(thing)s: “%(reason)s”."),
    "discard_draft": _("%(person)s gave up a draft of %(unit)s on %(thing)s."),
    "approve_update": _("%(person)s approved what %(unit)s reports on %(thing)s."),
    "take_over_update": _("%(person)s took over what %(unit)s had reported on %(thing)s in its tracker."),
    "ask_for_decision": _(
        "%(person)s asked the plan manager to decide on what %(unit)s reports on %(thing)s: “%(reason)s”."
    ),
    "decide_update": _("%(person)s decided on what %(unit)s reports on %(thing)s: “%(reason)s”."),
    "comment": _("%(person)s spoke in the thread of %(thing)s."),
    "answer_support": _("%(person)s answered who asked for support with %(thing)s."),
    # Evidence is not named: its title may say what only some may know.
    "add_evidence": _("%(person)s added evidence of %(unit)s."),
    "classify_evidence": _("%(person)s said anew who may see evidence of %(unit)s: “%(reason)s”."),
    "withdraw_evidence": _("%(person)s withdrew the content of evidence of %(unit)s: “%(reason)s”."),
    # Follow-up: what is asked, and what was agreed
    "set_rules": _("%(person)s decided the rules of follow-up of %(thing)s."),
    "describe_ladder": _("%(person)s wrote the ladder %(thing)s."),
    "write_sheet": _("%(person)s wrote the reference sheet of %(thing)s."),
    "revise_target": _("%(person)s revised the target of %(thing)s."),
    "agree_status": _("%(person)s agreed the status of %(thing)s: %(status)s."),
    "record_looks": _("%(person)s kept looks ahead of %(thing)s."),
    "invite_constituent": _("%(person)s invited a constituent to speak on %(thing)s, for %(unit)s."),
    "revoke_invitation": _("%(person)s took back an invitation to speak on %(thing)s."),
    "speak": _("A constituent whom %(unit)s invited spoke on %(thing)s."),
    "draw_sample": _("%(person)s drew a sample of approved updates as of %(day)s."),
    "check_sampled": _("%(person)s checked an update of a sample."),
    # Guidance, lessons, what was reported elsewhere
    "record_guidance": _("%(person)s recorded %(thing)s of the governing body."),
    "rewrite_guidance": _("%(person)s wrote %(thing)s anew: “%(reason)s”."),
    "withdraw_guidance": _("%(person)s withdrew %(thing)s: “%(reason)s”."),
    "answer_guidance": _("%(person)s answered %(thing)s: %(answer)s."),
    "record_lesson": _("%(person)s wrote %(thing)s."),
    "rewrite_lesson": _("%(person)s wrote %(thing)s anew: “%(reason)s”."),
    "withdraw_lesson": _("%(person)s withdrew %(thing)s: “%(reason)s”."),
    "link_reported_elsewhere": _("%(person)s noted that %(symbol)s told of %(thing)s already."),
    "unlink_reported_elsewhere": _(
        "%(person)s took back that %(symbol)s told of %(thing)s already: “%(reason)s”."
    ),
    # Papers for the governing body
    "start_paper": _("%(person)s started the paper %(thing)s."),
    "change_paper": _("%(person)s changed the facts or days of the paper %(thing)s."),
    "assign_section": _("%(person)s said who writes and clears “%(section)s” in the paper %(thing)s."),
    "write_section": _("%(person)s wrote “%(section)s” in %(language)s, in the paper %(thing)s."),
    "clear_section": _("%(person)s cleared “%(section)s” in %(language)s, in the paper %(thing)s."),
    "choose_example": _("%(person)s chose an example for “%(section)s” in the paper %(thing)s."),
    "drop_example": _("%(person)s took an example out of “%(section)s” in the paper %(thing)s."),
    "freeze_paper": _("%(person)s froze the paper %(thing)s as of %(day)s."),
    "thaw_paper": _("%(person)s thawed the paper %(thing)s."),
    "issue_paper": _("%(person)s issued the paper %(thing)s."),
    "revise_paper": _("%(person)s began %(thing)s."),
    # Units, people, roles, frameworks
    "name_deputy": _("%(person)s said who acts for whom: %(thing)s."),
    "make_feed": _("%(person)s made a private address of a calendar."),
    "revoke_feed": _("%(person)s took back a private address of a calendar."),
    "end_deputy": _("%(person)s ended that somebody acts for another: %(thing)s."),
    "add_unit": _("%(person)s added the unit %(thing)s."),
    "rename_unit": _("%(person)s gave the unit %(thing)s a new name or place."),
    "close_unit": _("%(person)s closed the unit %(thing)s; its last day is %(day)s."),
    "add_stakeholder": _("%(person)s added the stakeholder %(thing)s."),
    "create_account": _("%(person)s made an account for %(thing)s."),
    "grant_role": _("%(person)s gave %(thing)s the role: %(role)s."),
    "withdraw_role": _("%(person)s took a role back from %(thing)s: %(role)s."),
    "change_password": _("%(person)s changed the password."),
    "give_first_password": _("%(person)s gave %(thing)s a new first password."),
    "close_account": _("%(person)s closed the account of %(thing)s."),
    "open_account": _("%(person)s opened the account of %(thing)s again."),
    "describe_framework_edition": _("%(person)s described the framework edition %(thing)s."),
    "describe_framework_item": _("%(person)s described %(thing)s of a results framework."),
}
# What stands for a command that has no sentence here.
ANY_CHANGE = _("%(person)s changed %(thing)s.")


def sentence_for(verb: str, details: Mapping[str, Any]) -> str:
    """The English template for a line of the trail; unknown commands get a plain one."""
    return SENTENCES.get(_variant(verb, details), SENTENCES.get(verb, ANY_CHANGE))


def _variant(verb: str, details: Mapping[str, Any]) -> str:
    variant = ""
    match verb:
        case "set_accountable":
            variant = "" if details.get("unit") else "none"
        case "change_contact":
            variant = "" if details.get("contact") else "none"
        case "change_milestone":
            variant = "dropped" if details.get("dropped") else "done" if details.get("done") else ""
        case "set_resource":
            variant = details.get("kind", "")
        case "answer_request":
            variant = details.get("state", "")
        case "excuse":
            variant = "" if details.get("reason") else "again"
        case "publish_plan":
            variant = "public" if details.get("public") else "inside"
    return f"{verb}.{variant}" if variant else verb
