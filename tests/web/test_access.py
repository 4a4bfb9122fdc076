"""Who may open which address, and who may send it something: every address of the pages is in one table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from suivi.core.commands import create_account, store_file
from suivi.core.models import Account, AuditEntry
from suivi.documents import planfile
from suivi.exchange.models import ImportDraft, TrackerImport, WorkbookReading
from suivi.exchange.round_workbook.commands import start_reading
from suivi.exchange.round_workbook.form import workbook_of
from suivi.exchange.tracker.commands import start_tracker
from suivi.learning.commands import record_guidance, record_lesson
from suivi.monitoring.commands.evidence import add_file
from suivi.monitoring.commands.feeds import make_feed
from suivi.monitoring.commands.uploads import start_upload
from suivi.monitoring.commands.voices import invite_constituent
from suivi.monitoring.models import (
    Evidence,
    ProgressUpdate,
    Round,
    Sample,
    SampledUpdate,
    Support,
    Upload,
)
from suivi.monitoring.rules.content import SupportSaid
from suivi.organisation.commands import grant_role, name_deputy
from suivi.organisation.models import Deputy, Grant
from suivi.plan.commands import ask_for_change, publish_plan
from suivi.plan.models import ChangeRequest, MilestoneState, Responsibility
from suivi.reporting.commands import assign_section
from tests.cast import DAY, NOW, PASSWORD, SLUG, Cast, at, first_edition
from tests.exchange.test_tracker import GUIDE, tracker_of
from tests.learning.given import asked_for, learned
from tests.monitoring.scene import Scene
from tests.reporting.paper_scene import started
from tests.web.conftest import SignedIn

MANAGER = {"plan manager"}
INSIDE = {"focal point", "director", "reviewer", "translator", "auditor"} | MANAGER
SIGNED_IN = {"stranger", "public reader"} | INSIDE
ALL = {"nobody"} | SIGNED_IN
PLANNERS = {"focal point", "director"} | MANAGER
REGION = {"director"} | MANAGER
READS_RESTRICTED = {"reviewer", "auditor"} | REGION
AUDITORS = {"auditor"} | MANAGER
NONE: set[str] = set()

PLAN = {"slug": SLUG}
ONE = {**PLAN, "key": "1.1.1"}
STEP = {"title_en": "Wicks", "due_on": "2023-04-01"}


@dataclass(frozen=True)
class Door:
    """Who may read an address and who may write to it; `arguments` name what is there, `sent` is valid."""

    read: set[str]
    write: set[str]
    arguments: Callable[["Ground"], dict[str, Any]] = lambda _: {}
    sent: Callable[["Ground"], dict[str, Any]] = lambda _: {}
    is_written: bool = True  # whether a POST changes anything; else it is answered like a GET


@dataclass(frozen=True)
class Ground:
    """What stands in the addresses."""

    cast: Cast
    draft: ImportDraft
    change: ChangeRequest
    grant: Grant
    accountable: Responsibility
    draft_update: ProgressUpdate  # of the region, by its director
    submitted: ProgressUpdate  # the same on another deliverable, waiting for its review
    piece: Evidence  # restricted, of the region
    upload: Upload  # of the director
    support: Support  # asked of the region
    reading: WorkbookReading  # of the region, given back by its director
    tracker: TrackerImport  # of the plan manager
    deputy: Deputy  # of the focal point
    voice: str  # the token of a constituent's link
    calendar: str  # the token of the focal point's calendar


def _draft(ground: Ground) -> dict[str, Any]:
    return {"pk": ground.draft.pk}


def _person(ground: Ground) -> dict[str, Any]:
    return {"pk": ground.cast.focal_point.pk}


def _request(ground: Ground) -> dict[str, Any]:
    return {**PLAN, "pk": ground.change.pk}


def _changed_step(_ground: Ground) -> dict[str, Any]:
    state = MilestoneState.objects.current().get(milestone__key="m1", milestone__deliverable__key="1.1.1")
    return {**STEP, "based_on": state.pk}


def _update(ground: Ground) -> dict[str, Any]:
    return {"key": ground.draft_update.key}


def _piece(ground: Ground) -> dict[str, Any]:
    return {"key": ground.piece.key}


def _is(arguments: dict[str, Any]) -> Callable[[Ground], dict[str, Any]]:
    return lambda _: arguments


def _page(who: set[str], arguments: Callable[[Ground], dict[str, Any]]) -> Door:
    return Door(who, NONE, arguments, is_written=False)


def _round(_ground: Ground) -> dict[str, Any]:
    return {**PLAN, "key": Round.objects.get().key}


def _sample(ground: Ground) -> dict[str, Any]:
    sample, _new = Sample.objects.get_or_create(
        plan=ground.cast.plan, seed="A", defaults={"size": 1, "as_of": DAY, "drawn_at": NOW}
    )
    sample.sampled.get_or_create(update_row=ground.submitted, defaults={"position": 1, "stratum": "1"})
    return {**PLAN, "pk": sample.pk}


REVIEW = {**PLAN, "key": "review"}
FIRST = {**PLAN, "number": 1}
LESSON_TEXTS = ("title", "happened", "why", "audience", "next_time")


DOORS: dict[str, Door] = {
    "standing": _page(INSIDE, _is(PLAN)),
    "standing-picture": _page(INSIDE, _is({**PLAN, "name": "bars", "suffix": "svg"})),
    "standing-table": _page(INSIDE, _is({**PLAN, "name": "pillars", "suffix": "csv"})),
    "why": _page(INSIDE, _is(ONE)),
    "why-file": _page(INSIDE, _is({**ONE, "suffix": "csv"})),
    "sheet": _page(INSIDE, _is(ONE)),
    "edit-sheet": Door(
        MANAGER,
        MANAGER,
        _is(ONE),
        _is({"kind": "commitment", "frequency": "yearly", "expected_path": "milestones"}),
    ),
    "ladders": Door(
        INSIDE, MANAGER, _is(PLAN), _is({"key": "lamps", "name_en": "Lamps", "rungs": "hung: Hung\nlit: Lit"})
    ),
    "agree": Door(MANAGER, MANAGER, _round, _is({"do": "all"})),
    "chase": _page(INSIDE, _round),
    "chase-file": _page(INSIDE, lambda ground: {**_round(ground), "suffix": "csv"}),
    "samples": Door(
        AUDITORS,
        AUDITORS,
        _is(PLAN),
        _is({"seed": "A", "size": "1", "as_of": "2023-02-15"}),
        is_written=False,
    ),
    "sample": Door(
        AUDITORS,
        AUDITORS,
        _sample,
        lambda _: {"sampled": SampledUpdate.objects.get().pk, "is_relevant": "yes"},
    ),
    "invite": Door(
        PLANNERS,
        PLANNERS,
        _is(ONE),
        _is(
            {
                "group": "workers",
                "name": "Union of Lamp Lighters",
                "language": "en",
                "question": "What has changed?",
                "unit": "island",
                "expires_on": "2023-03-01",
            }
        ),
    ),
    "voice": Door(
        ALL, ALL, lambda ground: {"token": ground.voice}, _is({"text": "We see the quay.", "consent": "name"})
    ),
    "deputies": Door(
        {"focal point"} | MANAGER,
        {"focal point"} | MANAGER,
        _person,
        _is({"kind": "absence", "starts_on": "2023-02-20", "ends_on": "2023-02-21"}),
    ),
    "end-deputy": Door(
        NONE, {"focal point"} | MANAGER, lambda ground: {**_person(ground), "deputy": ground.deputy.pk}
    ),
    "calendars": Door(SIGNED_IN, SIGNED_IN),
    "calendar": _page(ALL, lambda ground: {"token": ground.calendar}),
    "home": _page(ALL, _is({})),
    "sign-in": _page(ALL, _is({})),
    "sign-out": Door(NONE, ALL, is_written=False),
    "set-language": Door(NONE, ALL, sent=_is({"language": "fr"}), is_written=False),
    "roles": _page(ALL, _is({})),
    "check-document": _page(ALL, _is({})),
    "iati-checks": _page(SIGNED_IN, _is({})),
    "iati-check": _page(NONE, _is({"key": "somebody-else-s-check-"})),  # only of one's own: test_iati_checks
    "iati-check-findings": _page(NONE, _is({"key": "somebody-else-s-check-", "kind": "csv"})),
    "plans": _page(ALL, _is({})),
    "plan": _page(ALL, _is(PLAN)),
    "timeline": _page(ALL, _is(PLAN)),
    "pillar": _page(ALL, _is({**PLAN, "key": "1"})),
    "action": _page(ALL, _is({**PLAN, "key": "1.1"})),
    "deliverable": _page(ALL, _is(ONE)),
    "management": _page(INSIDE, _is(PLAN)),
    "assign": Door(
        NONE,
        MANAGER,
        _is(PLAN),
        _is(
            {
                "list": "all",
                "deliverable": "1.2.1",
                "all-unit": "region",
                "all-role": "both",
                "all-starts_on": "2023-02-15",
                "was-1.2.1": "",
            }
        ),
    ),
    "hand-over": Door(
        MANAGER, MANAGER, _is(PLAN), _is({"from_unit": "island", "to_unit": "region", "on": "2023-02-15"})
    ),
    "responsibilities": Door(
        INSIDE,
        MANAGER,
        _is(ONE),
        lambda ground: {
            "do": "accountable",
            "unit": "region",
            "starts_on": "2023-02-15",
            "based_on": ground.accountable.pk,
        },
    ),
    "add-step": Door(PLANNERS, PLANNERS, _is(ONE), _is(STEP)),
    "change-step": Door(INSIDE, PLANNERS, _is({**ONE, "step": "m1"}), _changed_step),
    "resources": Door(
        INSIDE, PLANNERS, _is(ONE), _is({"do": "staff", "staff-planned": "2", "staff-based_on": "0"})
    ),
    "ask": Door(PLANNERS, PLANNERS, _is(ONE), _is({"kind": "cancellation", "reason": "storms"})),
    "requests": _page(INSIDE, _is(PLAN)),
    "answer": Door(MANAGER, MANAGER, _request, _is({"do": "reject", "answer": "not this year"})),
    # The region asked, so the focal point of the island may not take it back.
    "withdraw-request": Door(NONE, {"director"} | MANAGER, _request),
    "learning": _page(ALL, _is(PLAN)),
    "add-guidance": Door(
        MANAGER,
        MANAGER,
        _is(PLAN),
        _is({"text_en": "Light all", "given_by_en": "Assembly", "given_on": "2023-02-01"}),
    ),
    # The island sees to it.
    "answer-guidance": Door(PLANNERS, PLANNERS, _is(FIRST), _is({"state": "in_hand", "text_en": "In May."})),
    "edit-guidance": Door(MANAGER, MANAGER, _is(FIRST), _is({"do": "withdraw", "why": "not for us"})),
    "add-lesson": Door(
        {"reviewer"} | PLANNERS,
        {"reviewer"} | PLANNERS,
        _is(PLAN),
        _is({f"{name}_en": "Oil" for name in LESSON_TEXTS} | {"source_text": "the log"}),
    ),
    # The focal point wrote it; others change it only for the plan.
    "edit-lesson": Door(
        {"focal point", "reviewer"} | MANAGER,
        {"focal point", "reviewer"} | MANAGER,
        _is(FIRST),
        _is({"do": "withdraw", "why": "told twice"}),
    ),
    "reported-elsewhere": Door(PLANNERS, PLANNERS, _is(ONE), _is({"symbol": "HB/2022/7"})),
    "editions": _page(ALL, _is(PLAN)),
    "edition": _page(ALL, _is({**PLAN, "number": 1})),
    "export": _page(ALL, _is({**PLAN, "number": 1})),
    "differences": _page(ALL, _is({**PLAN, "before": 1, "after": 2})),
    "translations": _page(INSIDE, _is(PLAN)),
    "translate": Door(
        {"translator"} | MANAGER, {"translator"} | MANAGER, _is({**PLAN, "level": "action", "key": "1.1"})
    ),
    "record": _page({"auditor"} | MANAGER, _is(PLAN)),
    "reports": _page(ALL, _is(PLAN)),
    "report": _page(INSIDE, _is({**PLAN, "kind": "management-plan", "suffix": "html"})),
    "papers": _page(ALL, _is(PLAN)),
    "start-paper": Door(MANAGER, MANAGER, _is(PLAN), _is({"key": "p"})),
    "paper": _page(INSIDE, _is(REVIEW)),  # nothing of it was released
    "change-paper": Door(MANAGER, MANAGER, _is(REVIEW), _is({"purpose": "decision"})),
    "paper-life": Door(MANAGER, MANAGER, _is(REVIEW), _is({"do": "freeze"})),
    "paper-preview": _page(INSIDE, _is({**REVIEW, "suffix": "html"})),
    "paper-corrigendum": _page(NONE, _is({**REVIEW, "suffix": "html"})),  # it was not issued
    "paper-file": _page(NONE, _is({**REVIEW, "language": "en", "suffix": "pdf"})),
    "paper-words": Door(INSIDE, INSIDE, _is(REVIEW), is_written=False),
    # Nothing of it is written yet that could be translated; test_paper_words has a paper with words.
    "paper-translation": _page(NONE, _is({**REVIEW, "language": "fr", "suffix": "docx"})),
    "paper-checks": _page(INSIDE, _is(REVIEW)),
    "paper-comparison": _page(INSIDE, _is({**REVIEW, "earlier": REVIEW["key"], "suffix": "html"})),
    # The focal point is named as its writer. Who may not write it reads it.
    "section": Door(
        INSIDE,
        {"focal point", "translator"} | MANAGER,
        _is({**REVIEW, "section": "introduction"}),
        _is({"text": "Lamps.", "over": "7"}),
        is_written=False,
    ),
    "examples": Door(
        INSIDE, {"focal point"} | MANAGER, _is({**REVIEW, "section": "introduction"}), is_written=False
    ),
    "mine": _page(SIGNED_IN, _is({})),
    "report-on": Door(REGION, REGION, _is({**PLAN, "key": "1.1.2"}), _is({"do": "start"}), is_written=False),
    # A draft is for its unit alone, whoever guesses its address.
    "edit-update": Door(REGION, REGION, _update, _is({"narrative": "Read by nobody else"})),
    "update": Door(REGION, REGION, _update, _is({"do": "discard"})),
    "uploads": Door(
        NONE, PLANNERS, _is({}), _is({"file_name": "a.txt", "size_bytes": "9"}), is_written=False
    ),
    "upload": Door({"director"}, {"director"}, lambda ground: {"key": ground.upload.key}),
    "evidence": Door(
        {"director", "reviewer", "auditor"} | MANAGER, MANAGER, _piece, _is({"reason": "a name"})
    ),
    "evidence-class": Door(
        NONE, {"director"} | MANAGER, _piece, _is({"classification": "confidential", "reason": "a name"})
    ),
    "evidence-file": _page(READS_RESTRICTED, _piece),
    "review": Door({"reviewer"} | MANAGER, {"reviewer"} | MANAGER, _is(PLAN), _is({"update": ["none"]})),
    "rounds": _page(INSIDE, _is(PLAN)),
    "open-round": Door(MANAGER, MANAGER, _is(PLAN), _is({"key": "r"})),
    "round": Door(INSIDE, MANAGER, _is({**PLAN, "key": "2022-2"}), _is({"do": "close"})),
    "comment": Door(NONE, INSIDE, _is(ONE), _is({"text": "Seen."})),
    "answer-support": Door(
        NONE, REGION, lambda ground: {"pk": ground.support.pk}, _is({"answer": "In March."})
    ),
    "workbooks": Door(PLANNERS, PLANNERS),
    "workbook-file": _page(REGION, _is({**PLAN, "key": "2022-2", "unit": "region"})),
    # What somebody gave back is theirs alone until it is written.
    "workbook": _page({"director"}, lambda ground: {"pk": ground.reading.pk}),
    "agree-workbook": Door(NONE, {"director"}, lambda ground: {"pk": ground.reading.pk}),
    "set-aside": _page(NONE, lambda ground: {"pk": ground.reading.pk}),  # nothing was
    "discard-workbook": Door(NONE, {"director"}, lambda ground: {"pk": ground.reading.pk}),
    "trackers": Door(MANAGER, MANAGER, _is(PLAN)),
    "tracker": Door(MANAGER, MANAGER, lambda ground: {"pk": ground.tracker.pk}),
    "import-tracker": Door(NONE, MANAGER, lambda ground: {"pk": ground.tracker.pk}),
    "discard-tracker": Door(NONE, MANAGER, lambda ground: {"pk": ground.tracker.pk}),
    "units": _page(INSIDE, _is({})),
    "unit": _page(INSIDE, _is({"key": "island"})),
    "people": _page(INSIDE, _is({})),
    "add-person": Door(MANAGER, MANAGER),
    "password": _page(SIGNED_IN, _is({})),
    "person": _page(INSIDE, _person),
    "grant-role": Door(MANAGER, MANAGER, _person),
    "withdraw-role": Door(MANAGER, MANAGER, lambda ground: {**_person(ground), "grant": ground.grant.pk}),
    "first-password": Door(MANAGER, MANAGER, _person),
    "close-account": Door(MANAGER, MANAGER, _person),
    "imports": Door(MANAGER, MANAGER),
    "import-draft": Door(MANAGER, MANAGER, _draft),
    "add-row": Door(MANAGER, MANAGER, lambda ground: {**_draft(ground), "level": "pillar"}),
    "correct-row": Door(MANAGER, MANAGER, lambda ground: {**_draft(ground), "key": "pillar-1"}),
    "import-plan-file": Door(MANAGER, MANAGER, _draft),
    "load-import": Door(NONE, MANAGER, _draft),
    "discard-import": Door(NONE, MANAGER, _draft),
    "import-source": _page(MANAGER, _draft),
}


@pytest.fixture
def ground(scene: Scene) -> Ground:
    cast, plan = scene.cast, planfile.dump(first_edition())
    given = asked_for(owner_unit=cast.island)
    record_guidance(by=None, now=NOW, plan=cast.plan, given=given)
    _start_paper(scene)
    record_lesson(by=cast.focal_point, now=NOW, plan=cast.plan, given=learned())
    return Ground(
        cast,
        ImportDraft.objects.create(
            account=cast.plan_manager,
            file=store_file(b"harbours", now=NOW),
            file_name="harbours.txt",
            read_at=NOW,
            original=plan,
            plan_file=plan,
        ),
        ask_for_change(
            by=None,
            now=NOW,
            deliverable=cast.deliverable("1.1.1"),
            kind="cancellation",
            reason="no oil",
            unit=cast.region,
        ),
        Grant.objects.get(account=cast.focal_point),
        Responsibility.objects.current().get(deliverable=cast.deliverable("1.1.1"), role="accountable"),
        scene.started("1.1.2", "region", cast.director),
        submitted := scene.submitted(
            round=None, support=(SupportSaid("Oil", "region", DAY),), reported_on=date(2022, 11, 30)
        ),
        add_file(
            by=cast.director,
            now=NOW,
            plan=cast.plan,
            unit=cast.region,
            title="Ledger",
            data=b"harbour dues",
            file_name="ledger.txt",
            classification="restricted",
        ),
        start_upload(by=cast.director, now=NOW, file_name="a.txt", size_bytes=9),
        Support.objects.get(update_row=submitted),
        start_reading(
            by=cast.director,
            now=NOW,
            data=workbook_of(by=None, now=NOW, unit=cast.region, round=scene.round, language="en"),
            name="region.xlsx",
        ),
        start_tracker(
            by=cast.plan_manager, now=NOW, plan=cast.plan, data=tracker_of(GUIDE), name="tracker.xlsx"
        ),
        name_deputy(
            by=None,
            now=NOW,
            account=cast.focal_point,
            deputy=None,
            kind="absence",
            starts_on=DAY,
            ends_on=DAY,
        ),
        invite_constituent(
            by=None,
            now=NOW,
            deliverable=cast.deliverable("1.1.1"),
            unit=cast.island,
            group="workers",
            name="Union of Lamp Lighters",
            email="",
            language="en",
            question="What has changed?",
            expires_on=DAY,
        )[1],
        make_feed(by=cast.focal_point, now=NOW)[1],
    )


def _start_paper(scene: Scene) -> None:
    """A paper in which the focal point writes the introduction."""
    paper = started(scene)
    section = paper.sections.select_related("paper__plan").get(key="introduction")
    assign_section(by=None, now=NOW, section=section, writer=scene.cast.focal_point, clearer=None)


def _account(cast: Cast, who: str) -> Account | None:
    if who == "nobody":
        return None
    if who == "translator":
        then = at(2021, 1, 11)
        email = "tran@example.org"
        account = create_account(by=None, now=then, email=email, name="Tran Slate", password=PASSWORD)
        grant_role(by=None, now=then, account=account, role="translator", scope=cast.plan.scope)
        return account
    account = getattr(cast, who.replace(" ", "_"))
    assert isinstance(account, Account)
    return account


def _is_refused(client: Client, method: str, address: str, sent: dict[str, Any]) -> bool:
    """Whether the door stays shut; a page that takes no such method is no open door."""
    response = client.generic(method, address) if method == "GET" else client.post(address, sent)
    assert response.status_code in {200, 302, 403, 404, 405}, (address, response.status_code)
    to_sign_in = response.status_code == 302 and response.headers["Location"].startswith("/sign-in")
    return to_sign_in or response.status_code in {403, 404, 405}


def test_every_address_is_in_the_table() -> None:
    assert {getattr(pattern, "name", "") for pattern in get_resolver().url_patterns} == set(DOORS)


@pytest.mark.parametrize("who", sorted(ALL))
def test_each_reads_what_the_table_says(ground: Ground, as_person: SignedIn, who: str) -> None:
    client = as_person(_account(ground.cast, who))
    opened = {
        name
        for name, door in DOORS.items()
        if not _is_refused(client, "GET", reverse(name, kwargs=door.arguments(ground)), {})
    }
    assert opened == {name for name, door in DOORS.items() if who in door.read}


@pytest.mark.parametrize("who", sorted(ALL - MANAGER))
def test_what_the_table_does_not_let_one_write_leaves_no_trace(
    ground: Ground, as_person: SignedIn, who: str
) -> None:
    client = as_person(_account(ground.cast, who))
    before = AuditEntry.objects.count()
    for name, door in DOORS.items():
        if door.is_written and who not in door.write:
            address = reverse(name, kwargs=door.arguments(ground))
            assert _is_refused(client, "POST", address, door.sent(ground)), name
    assert AuditEntry.objects.count() == before
    assert ImportDraft.objects.get() == ground.draft


@pytest.mark.parametrize("who", sorted(ALL))
def test_each_writes_what_the_table_says(ground: Ground, as_person: SignedIn, who: str) -> None:
    client = as_person(_account(ground.cast, who))
    for name in ("assign", "responsibilities", "add-step", "change-step", "resources", "ask", "answer"):
        door = DOORS[name]
        if who in door.write:
            before = AuditEntry.objects.count()
            response = client.post(reverse(name, kwargs=door.arguments(ground)), door.sent(ground))
            assert response.status_code == 302, name
            assert AuditEntry.objects.count() > before, name


@pytest.mark.parametrize("who", sorted(ALL))
def test_a_plan_that_is_not_public_does_not_exist_for_those_outside(
    ground: Ground, as_person: SignedIn, who: str
) -> None:
    publish_plan(by=None, now=NOW, plan=ground.cast.plan, is_public=False)
    client = as_person(_account(ground.cast, who))
    of_plan = [name for name, door in DOORS.items() if "slug" in door.arguments(ground)]
    for name in of_plan:
        door = DOORS[name]
        refused = _is_refused(client, "GET", reverse(name, kwargs=door.arguments(ground)), {})
        assert refused == (who not in door.read & INSIDE), name
    if who not in INSIDE:
        for page in ("/", "/plans"):
            assert SLUG not in client.get(page).content.decode()


def test_the_draft_of_somebody_else_does_not_exist(ground: Ground, as_person: SignedIn) -> None:
    then = at(2021, 1, 11)
    other = create_account(by=None, now=then, email="olga@example.org", name="Olga Reef", password=PASSWORD)
    grant_role(by=None, now=then, account=other, role="plan_manager")
    client = as_person(other)
    for name, door in DOORS.items():
        if door.arguments is _draft or name in {"add-row", "correct-row"}:
            address = reverse(name, kwargs=door.arguments(ground))
            assert _is_refused(client, "GET", address, {}), name
            assert _is_refused(client, "POST", address, {}), name
    assert ImportDraft.objects.filter(account=ground.cast.plan_manager).count() == 1


def test_a_unit_writes_on_what_it_holds_and_on_nothing_else(ground: Ground, as_person: SignedIn) -> None:
    client = as_person(ground.cast.focal_point)
    for name in ("add-step", "resources", "ask"):
        address = reverse(name, kwargs={**PLAN, "key": "2.1.2"})
        assert client.post(address, DOORS[name].sent(ground)).status_code == 403, name


def test_the_manager_of_one_plan_does_not_keep_all_accounts(ground: Ground, as_person: SignedIn) -> None:
    then = at(2021, 1, 11)
    keeper = create_account(by=None, now=then, email="kit@example.org", name="Kit Moss", password=PASSWORD)
    grant_role(by=None, now=then, account=keeper, role="plan_manager", scope=ground.cast.plan.scope)
    client = as_person(keeper)
    for name in ("first-password", "close-account", "withdraw-role"):
        address = reverse(name, kwargs=DOORS[name].arguments(ground))
        assert client.post(address).status_code == 403, name
    sent = {"role": "plan_manager", "scope": ""}
    assert client.post(reverse("grant-role", args=[keeper.pk]), sent).status_code != 302
    assert not Grant.objects.filter(account=keeper, scope=None).exists()


def test_no_door_opens_to_a_form_of_another_site(ground: Ground) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ground.cast.plan_manager)
    before = AuditEntry.objects.count()
    for name, door in DOORS.items():
        response = client.post(reverse(name, kwargs=door.arguments(ground)), door.sent(ground))
        assert response.status_code in {403, 405}, name
    assert AuditEntry.objects.count() == before
