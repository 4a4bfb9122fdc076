"""Every address of the pages. The names are used in templates and views; the addresses are for people."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from suivi.web.views import (
    accounts,
    change_requests,
    chase,
    deputies,
    document_checks,
    editions,
    evidence,
    home,
    iati_checks,
    import_rows,
    imports,
    learning,
    management,
    paper_sections,
    paper_words,
    papers,
    parts,
    people,
    plan_list,
    plans,
    record,
    reports,
    review,
    rounds,
    samples,
    session,
    sheets,
    standing,
    steps,
    thread,
    trackers,
    translations,
    units,
    updates,
    uploads,
    voices,
    workbooks,
)


class RowConverter(StringConverter):
    """The level and number of a row of a draft, as the document has it: slashes and line breaks too."""

    regex = r"[\s\S]+"


register_converter(RowConverter, "row")

PLAN = "plans/<slug:slug>"
PAPER = f"{PLAN}/papers/<slug:key>"
DELIVERABLE = f"{PLAN}/deliverables/<str:key>"

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in", session.sign_in, name="sign-in"),
    path("sign-out", session.sign_out, name="sign-out"),
    path("language", session.set_language, name="set-language"),
    path("roles", home.roles, name="roles"),
    # Plans
    path("plans", plan_list.plans, name="plans"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}/timeline", plans.timeline, name="timeline"),
    # Where the plan stands
    path(f"{PLAN}/standing", standing.dashboard, name="standing"),
    path(f"{PLAN}/standing/pictures/<str:name>.<slug:suffix>", standing.picture, name="standing-picture"),
    path(f"{PLAN}/ladders", sheets.ladders, name="ladders"),
    path(f"{DELIVERABLE}/why", standing.why, name="why"),
    path(f"{DELIVERABLE}/why.<slug:suffix>", standing.why_file, name="why-file"),
    path(f"{DELIVERABLE}/sheet", sheets.sheet, name="sheet"),
    path(f"{DELIVERABLE}/sheet/write", sheets.edit_sheet, name="edit-sheet"),
    path(f"{PLAN}/rounds/<slug:key>/chase", chase.chase, name="chase"),
    path(f"{PLAN}/rounds/<slug:key>/chase.<slug:suffix>", chase.chase_file, name="chase-file"),
    path(f"{PLAN}/samples", samples.samples, name="samples"),
    path(f"{PLAN}/samples/<int:pk>", samples.sample, name="sample"),
    path(f"{DELIVERABLE}/invite", voices.invite, name="invite"),
    path("voice/<str:token>", voices.voice, name="voice"),
    path("people/<int:pk>/deputies", deputies.deputies, name="deputies"),
    path("people/<int:pk>/deputies/<int:deputy>/end", deputies.take_back, name="end-deputy"),
    path("people/me/calendars", deputies.calendars, name="calendars"),
    path("calendars/<str:token>.ics", deputies.calendar, name="calendar"),
    path(f"{PLAN}/rounds/<slug:key>/agree", standing.agree, name="agree"),
    path(f"{PLAN}/standing/tables/<str:name>.<slug:suffix>", standing.table, name="standing-table"),
    path(f"{PLAN}/pillars/<str:key>", parts.pillar, name="pillar"),
    path(f"{PLAN}/actions/<str:key>", parts.action, name="action"),
    path(DELIVERABLE, parts.deliverable, name="deliverable"),
    # The internal management plan
    path(f"{PLAN}/management", management.management, name="management"),
    path(f"{PLAN}/management/assign", management.assign, name="assign"),
    path(f"{PLAN}/management/hand-over", management.hand_over, name="hand-over"),
    path(f"{DELIVERABLE}/responsibilities", management.edit, name="responsibilities"),
    path(f"{DELIVERABLE}/steps", steps.add_step, name="add-step"),
    path(f"{DELIVERABLE}/steps/<str:step>", steps.change_step, name="change-step"),
    path(f"{DELIVERABLE}/resources", steps.resources, name="resources"),
    path(f"{DELIVERABLE}/ask", change_requests.ask, name="ask"),
    path(f"{PLAN}/requests", change_requests.change_requests, name="requests"),
    path(f"{PLAN}/requests/<int:pk>/answer", change_requests.answer, name="answer"),
    path(f"{PLAN}/requests/<int:pk>/withdraw", change_requests.withdraw, name="withdraw-request"),
    # Guidance, lessons, what was reported elsewhere
    path(f"{PLAN}/guidance", learning.learning, name="learning"),
    path(f"{PLAN}/guidance/add", learning.add_guidance, name="add-guidance"),
    path(f"{PLAN}/guidance/<int:number>/answer", learning.answer_guidance, name="answer-guidance"),
    path(f"{PLAN}/guidance/<int:number>/edit", learning.edit_guidance, name="edit-guidance"),
    path(f"{PLAN}/lessons/add", learning.add_lesson, name="add-lesson"),
    path(f"{PLAN}/lessons/<int:number>/edit", learning.edit_lesson, name="edit-lesson"),
    path(f"{DELIVERABLE}/reported", learning.reported_elsewhere, name="reported-elsewhere"),
    # Editions
    path(f"{PLAN}/editions", editions.editions, name="editions"),
    path(f"{PLAN}/editions/<int:number>", editions.edition, name="edition"),
    path(f"{PLAN}/editions/<int:number>/plan.yaml", editions.export, name="export"),
    path(f"{PLAN}/editions/<int:before>/to/<int:after>", editions.differences, name="differences"),
    path(f"{PLAN}/translate", translations.translations, name="translations"),
    path(f"{PLAN}/translate/<slug:level>/<str:key>", translations.translate, name="translate"),
    # What was changed
    path(f"{PLAN}/record", record.record, name="record"),
    # Reports
    path("check-document", document_checks.check_document, name="check-document"),
    path(f"{PLAN}/reports", reports.reports, name="reports"),
    path(f"{PLAN}/reports/<slug:kind>.<slug:suffix>", reports.report, name="report"),
    # Papers for the governing body
    path(f"{PLAN}/papers", papers.papers, name="papers"),
    path(f"{PLAN}/papers/start", papers.start, name="start-paper"),
    path(PAPER, papers.paper, name="paper"),
    path(f"{PAPER}/change", papers.change, name="change-paper"),
    path(f"{PAPER}/life", papers.life, name="paper-life"),
    path(f"{PAPER}/preview.<slug:suffix>", papers.preview, name="paper-preview"),
    path(f"{PAPER}/corrigendum.<slug:suffix>", papers.corrigendum, name="paper-corrigendum"),
    path(f"{PAPER}/since/<slug:earlier>.<slug:suffix>", papers.comparison, name="paper-comparison"),
    path(f"{PAPER}/files/<slug:language>.<slug:suffix>", papers.issued, name="paper-file"),
    path(f"{PAPER}/words", paper_words.words, name="paper-words"),
    path(
        f"{PAPER}/words/translate-<slug:language>.<slug:suffix>",
        paper_words.translation,
        name="paper-translation",
    ),
    path(f"{PAPER}/words/checks", paper_words.checks, name="paper-checks"),
    path(f"{PAPER}/sections/<str:section>", paper_sections.section, name="section"),
    path(f"{PAPER}/sections/<str:section>/examples", paper_sections.examples, name="examples"),
    # Reporting and review
    path("mine", review.mine, name="mine"),
    path(f"{PLAN}/review", review.review, name="review"),
    path(f"{DELIVERABLE}/thread", thread.comment_on, name="comment"),
    path("support/<int:pk>", thread.answer, name="answer-support"),
    path(f"{DELIVERABLE}/report", updates.report_on, name="report-on"),
    path("updates/<uuid:key>", updates.update, name="update"),
    path("updates/<uuid:key>/edit", updates.edit_update, name="edit-update"),
    path("uploads", uploads.uploads, name="uploads"),
    path("uploads/<uuid:key>", uploads.upload, name="upload"),
    path("evidence/<uuid:key>", evidence.evidence, name="evidence"),
    path("evidence/<uuid:key>/class", evidence.evidence_class, name="evidence-class"),
    path("evidence/<uuid:key>/file", evidence.evidence_file, name="evidence-file"),
    path(f"{PLAN}/rounds", rounds.rounds, name="rounds"),
    path(f"{PLAN}/rounds/open", rounds.open_round, name="open-round"),
    path(f"{PLAN}/rounds/<slug:key>", rounds.round_page, name="round"),
    # Workbooks and trackers
    path("workbooks", workbooks.workbooks, name="workbooks"),
    path(
        f"{PLAN}/rounds/<slug:key>/workbooks/<slug:unit>.xlsx", workbooks.workbook_file, name="workbook-file"
    ),
    path("workbooks/<int:pk>", workbooks.workbook, name="workbook"),
    path("workbooks/<int:pk>/agree", workbooks.agree, name="agree-workbook"),
    path("workbooks/<int:pk>/set-aside.xlsx", workbooks.set_aside, name="set-aside"),
    path("workbooks/<int:pk>/discard", workbooks.discard, name="discard-workbook"),
    path(f"{PLAN}/trackers", trackers.trackers, name="trackers"),
    path("trackers/<int:pk>", trackers.tracker, name="tracker"),
    path("trackers/<int:pk>/import", trackers.take_tracker, name="import-tracker"),
    path("trackers/<int:pk>/discard", trackers.leave_tracker, name="discard-tracker"),
    # Units and people
    path("units", units.units, name="units"),
    path("units/<slug:key>", units.unit, name="unit"),
    path("people", people.people, name="people"),
    path("people/add", people.add_person, name="add-person"),
    path("people/me/password", accounts.password, name="password"),
    path("people/<int:pk>", people.person, name="person"),
    path("people/<int:pk>/roles", people.grant, name="grant-role"),
    path("people/<int:pk>/roles/<int:grant>/withdraw", people.withdraw, name="withdraw-role"),
    path("people/<int:pk>/first-password", accounts.first_password, name="first-password"),
    path("people/<int:pk>/closing", accounts.closing, name="close-account"),
    # IATI files
    path("iati", iati_checks.give, name="iati-checks"),
    path("iati/<str:key>", iati_checks.check, name="iati-check"),
    path("iati/<str:key>/findings.<slug:kind>", iati_checks.findings, name="iati-check-findings"),
    # Import
    path("imports", imports.imports, name="imports"),
    path("imports/<int:pk>", imports.draft, name="import-draft"),
    path("imports/<int:pk>/add/<slug:level>", import_rows.add, name="add-row"),
    path("imports/<int:pk>/rows/<row:key>", import_rows.correct, name="correct-row"),
    path("imports/<int:pk>/plan.yaml", imports.plan_file, name="import-plan-file"),
    path("imports/<int:pk>/load", imports.load, name="load-import"),
    path("imports/<int:pk>/discard", imports.discard, name="discard-import"),
    path("imports/<int:pk>/source", imports.source, name="import-source"),
]
