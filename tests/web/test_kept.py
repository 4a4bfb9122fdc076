"""Pages that keep what they drew show what they would show without it: after every command, to everybody."""

import random
import time
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from suivi.core.kept import KEPT, Kept
from suivi.monitoring.commands.drafts import save_draft
from suivi.monitoring.commands.evidence import add_link, withdraw_evidence
from suivi.monitoring.commands.sheets import RungGiven, describe_ladder, revise_target, write_sheet
from suivi.monitoring.commands.status import agree_status
from suivi.monitoring.models import Evidence
from suivi.monitoring.queries.states import states_of
from suivi.monitoring.rules.content import EvidenceSaid
from suivi.organisation.commands import rename_unit
from suivi.plan.commands import DecisionGiven, load_plan
from suivi.plan.models import Edition
from suivi.plan.queries import edition_on
from suivi.values.errors import SuiviError
from tests.cast import DAY, NOW, Cast, build_cast, second_edition, words
from tests.every_command import ALL
from tests.every_command.follow_up import COMMANDS as FOLLOW_UP
from tests.every_command.follow_up import ready_scene
from tests.every_command.plan import ready_cast
from tests.monitoring.scene import SAID, Scene
from tests.processes import address_of_database, said_by, start_python
from tests.web.conftest import SignedIn, seen

PLAN = "/plans/harbour-plan"
INSIDE = (
    PLAN,
    f"{PLAN}/pillars/1",
    f"{PLAN}/actions/1.1",
    f"{PLAN}/standing",
    "/units",
    "/units/region?below=1",
)


def _of_manager(scene: Scene) -> dict[str, Any]:
    return {"by": scene.cast.plan_manager, "now": NOW, "deliverable": scene.cast.deliverable("1.1.1")}


def _edition(scene: Scene) -> Edition:
    edition = edition_on(scene.cast.plan, DAY)
    assert edition is not None
    return edition


def _scene_to_change() -> Scene:
    """The scene of the follow-up, and a step that was reached and rests on a piece of evidence."""
    scene = ready_scene()
    by, cast = scene.cast.director, scene.cast
    sheet: dict[str, Any] = {"kind": "ladder", "ladder": "guide", "needs_evidence": True}
    write_sheet(by=None, now=NOW, deliverable=cast.deliverable("1.1.2"), edition=_edition(scene), **sheet)
    shown = add_link(
        by=by, now=NOW, plan=cast.plan, unit=cast.region, title="Shown", url="https://example.org/three"
    )
    scene.approved("1.1.2", round=None, evidence=(EvidenceSaid(str(shown.key), ""),))
    return scene


SHEETS_AND_STATUS: dict[str, Callable[[Scene], object]] = {
    "agree_status": lambda s: agree_status(
        **_of_manager(s), round=s.round, status="off_track", reason="The printer is away."
    ),
    "revise_target": lambda s: revise_target(
        **_of_manager(s), target=Decimal(12), decided_on=DAY, decided_by="Board", reason="More lamps."
    ),
    "write_sheet": lambda s: write_sheet(
        **_of_manager(s), edition=_edition(s), kind="ladder", ladder="guide", needs_evidence=True
    ),
    "describe_ladder": lambda s: describe_ladder(
        by=s.cast.plan_manager, now=NOW, edition=_edition(s), key="guide", name=words("Another guide"),
        rungs=[RungGiven("only", words("Only"), words("The only step"))],
    ),
    "withdraw what a step rests on": lambda s: withdraw_evidence(
        by=s.cast.plan_manager, now=NOW, evidence=Evidence.objects.get(title="Shown"), reason="Asked for."
    ),
}  # fmt: skip
ALL_FOLLOW_UP = FOLLOW_UP | SHEETS_AND_STATUS


def _looks(cast: Cast, as_person: SignedIn) -> list[tuple[Client, str]]:
    """Readers inside and outside with what they may look at."""
    manager = as_person(cast.plan_manager)
    return [*((manager, address) for address in INSIDE), (as_person(None), PLAN)]


def _differing(
    looks: list[tuple[Client, str]], commands: Mapping[str, Callable[[Any], object]], given: Any
) -> tuple[list[str], set[str]]:
    """The commands after which what was kept shows something else, and those that changed a page."""
    wrong, changing = [], set()
    for name, command in commands.items():
        before = [seen(*look) for look in looks]
        with transaction.atomic():
            command(given)
            kept = [seen(*look) for look in looks]
            KEPT.clear()
            if kept != [seen(*look) for look in looks]:
                wrong.append(name)
            if kept != before:
                changing.add(name)
            transaction.set_rollback(True)
        KEPT.clear()  # on SQLite the next command writes a line of the same number
    return wrong, changing


CHANGING = {
    "plan": {"assign_unit", "set_accountable", "rename_unit", "finish_milestone", "load_plan"},
    "papers": set[str](),  # none of the pages that are kept speaks of papers
}


@pytest.mark.django_db
@pytest.mark.parametrize("room", CHANGING)
def test_after_every_command_the_pages_show_what_it_wrote(
    room: str, as_person: SignedIn, settings: Settings, tmp_path: Path
) -> None:
    settings.SUIVI_FILES_DIR = tmp_path
    given = ALL[room].ready()
    cast = ALL[room].cast_of(given)
    cast.plan.is_public = True
    cast.plan.save()
    wrong, changing = _differing(_looks(cast, as_person), ALL[room].by_name, given)
    assert wrong == []
    assert changing >= CHANGING[room]


@pytest.mark.django_db
def test_after_every_command_of_the_follow_up_too(
    as_person: SignedIn, settings: Settings, tmp_path: Path
) -> None:
    settings.SUIVI_FILES_DIR = tmp_path
    scene = _scene_to_change()
    wrong, changing = _differing(_looks(scene.cast, as_person), ALL_FOLLOW_UP, scene)
    assert wrong == []
    assert changing >= {"decide_update", "open_round", "close_round", *SHEETS_AND_STATUS}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [3, 8])
def test_after_any_sequence_of_commands_what_is_kept_is_what_would_be_read_anew(
    as_person: SignedIn,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """Commands in any order, looks at some pages between them: what was kept is mended again and again."""
    settings.SUIVI_FILES_DIR = tmp_path
    chance, scene = random.Random(seed), _scene_to_change()
    looks = _looks(scene.cast, as_person)
    past = as_person(scene.cast.plan_manager)
    looks += [(past, f"{PLAN}/standing?as_of=2023-02-14&up_to=2023-01-31"), (past, PLAN)]
    looks += [(looks[0][0], f"{PLAN}/standing")] * 4  # what is mended most
    commands = [*ALL_FOLLOW_UP.values()]
    chance.shuffle(commands)
    for look in looks:
        seen(*look)
    carried_out = 0
    for command in commands:
        try:
            with transaction.atomic():
                command(scene)
            carried_out += 1
        except (SuiviError, ObjectDoesNotExist, MultipleObjectsReturned):
            continue  # another one had left nothing for it to do
        for look in chance.sample(looks, 3):
            kept = seen(*look)
            with monkeypatch.context() as patch:
                patch.setattr("suivi.web.kept.KEPT", Kept())
                assert seen(*look) == kept, look
    assert carried_out > len(commands) // 2


@pytest.mark.django_db
def test_after_an_update_was_approved_its_deliverable_alone_is_read_again(
    scene: Scene, as_person: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, read = as_person(scene.cast.plan_manager), list[Collection[int] | None]()

    def noted(*asked: Any, **more: Any) -> Any:
        read.append(asked[3])
        return states_of(*asked, **more)

    client.get(f"{PLAN}/standing")
    monkeypatch.setattr("suivi.web.looked_at.states_of", noted)
    approved = scene.approved(round=None)
    client.get(f"{PLAN}/standing")
    assert read
    assert {*map(frozenset, read)} == {frozenset({approved.deliverable_id})}  # type: ignore[arg-type]
    read.clear()
    rename_unit(
        by=None, now=NOW, unit=scene.cast.region, name=words("All seas"), short_name="SEAS", starts_on=DAY
    )
    assert "All seas" in client.get(f"{PLAN}/standing").content.decode()
    assert read == []


@pytest.mark.django_db
def test_who_may_do_more_and_who_reads_another_language_get_their_own(as_person: SignedIn) -> None:
    cast = ready_cast()
    cast.plan.is_public = True
    cast.plan.save()
    readers = [as_person(one) for one in (cast.plan_manager, cast.auditor, cast.stranger, None)]
    french = as_person(cast.focal_point)
    french.post("/language", {"language": "fr", "next": "/"})
    looks = [(reader, f"{PLAN}{view}") for view in ("", "/pillars/1") for reader in (*readers, french)]
    one_after_another = [seen(*look) for look in looks]
    for look, shown in zip(looks, one_after_another, strict=True):
        KEPT.clear()
        assert seen(*look) == shown
    assert len(set(one_after_another)) > 2 * len({"inside", "outside", "in French"})


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "most"), [(PLAN, 6), (f"{PLAN}/standing", 6), ("/units/island", 5)])
def test_what_is_kept_asks_only_who_reads_and_whether_anything_was_written(
    scene: Scene, as_person: SignedIn, address: str, most: int
) -> None:
    client = as_person(scene.cast.plan_manager)
    by = scene.cast.director
    draft = scene.started("1.1.2", "region", by)
    client.get(address)
    save_draft(by=by, now=NOW, update=draft, version=draft.version, content=SAID["1.1.2"])  # leaves no line
    counts = []
    for _turn in range(20):  # a PostgreSQL whose server others use may have writers under way
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert min(counts) <= most


@pytest.mark.django_db
def test_what_is_written_about_another_plan_leaves_the_pages_of_a_plan(
    cast: Cast, as_person: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(cast.plan_manager)
    client.get(PLAN)
    given = DecisionGiven(DAY, "Harbour Assembly")
    load_plan(by=None, now=NOW, slug="another-plan", document=second_edition(), decision=given)
    for most in (7, 6):  # the lines written since are looked at once
        with django_assert_max_num_queries(most):
            client.get(PLAN)


_READS = """
from django.test import Client
from suivi.core.models import Account
client = Client(SERVER_NAME="localhost")
client.force_login(Account.objects.get(email={email!r}))
looks = [client.get("/units").content.decode() for _ in range(3)]
Path({ready!r}).touch()
while not Path({go!r}).exists():
    time.sleep(0.01)
looks.append(client.get("/units").content.decode())
print(["All seas" in look for look in looks])
"""
_RENAMES = """
from suivi.organisation.commands import rename_unit
from suivi.organisation.models import Unit
rename_unit(
    by=None, now=NOW, unit=Unit.objects.get(key="region"), name=words("All seas"), short_name="SEAS",
    starts_on=DAY,
)
"""


@pytest.mark.django_db(transaction=True)
def test_one_process_sees_what_another_one_wrote(tmp_path: Path) -> None:
    cast = build_cast()
    address = address_of_database(tmp_path)
    ready, go = tmp_path / "ready", tmp_path / "go"
    code = _READS.format(email=cast.plan_manager.email, ready=str(ready), go=str(go))
    reader = start_python(code, address)
    while not ready.exists() and reader.poll() is None:
        time.sleep(0.01)
    said_by(start_python(_RENAMES, address))
    go.touch()
    assert said_by(reader) == "[False, False, False, True]"
