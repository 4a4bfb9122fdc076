"""Several processes at once on the same updates: one wins, the others are told, and the chain has no gap."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from suivi.core.commands import path_of
from suivi.monitoring.commands.drafts import start_update
from suivi.monitoring.commands.evidence import add_file
from suivi.monitoring.commands.workflow import send_update
from suivi.monitoring.models import ProgressUpdate
from tests.cast import NOW
from tests.monitoring.scene import SAID, Scene, build_scene
from tests.processes import address_of_database, at_once, said_by, start_python

_PREAMBLE = """
import json
from suivi.core.models import Account
from suivi.monitoring.models import *
from suivi.monitoring.commands.drafts import *
from suivi.monitoring.commands.evidence import *
from suivi.monitoring.commands.workflow import *
from suivi.values.errors import RuleBroken
from dataclasses import replace
person = lambda name: Account.objects.get(name=name)
def attempt(work):
    try:
        return work()
    except RuleBroken as error:
        return type(error).__name__
"""
_VERIFY = """
import json
from suivi.monitoring.models import ChainLink
from suivi.monitoring.queries.chain import verify
from suivi.plan.models import Plan
plan = Plan.objects.get()
print(json.dumps([[one.code for one in verify(plan)], list(plan.chain.values_list("number", flat=True))]))
"""


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return build_scene()


def _at_once(address: str, folder: Path, works: Sequence[str]) -> list[Any]:
    return at_once(address, folder, _PREAMBLE, works)


def _history(scene: Scene, count: int) -> list[ProgressUpdate]:
    made = []
    for number in range(count):
        update = start_update(
            by=None,
            now=NOW,
            deliverable=scene.cast.deliverable("1.1.2"),
            unit=scene.cast.region,
            content=SAID["1.1.2"],
            source="tracker",
            source_row=str(number),
        )
        made.append(send_update(by=None, now=NOW, update=update, version=update.version))
    return made


def test_approvals_at_once_make_one_chain(scene: Scene, tmp_path: Path) -> None:
    updates = _history(scene, 12)
    works = [
        f"""
for pk in {[one.pk for one in updates[part::3]]}:
    approve_update(by=person("Remi Sallow"), now=NOW, update=ProgressUpdate.objects.get(pk=pk))
print(json.dumps("done"))
"""
        for part in range(3)
    ]
    address = address_of_database(tmp_path)
    assert _at_once(address, tmp_path, works) == ["done"] * 3
    assert json.loads(said_by(start_python(_VERIFY, address))) == [[], list(range(1, 13))]


def test_of_those_who_act_on_one_update_at_once_one_wins(scene: Scene, tmp_path: Path) -> None:
    update = scene.submitted()
    find = f"update = ProgressUpdate.objects.get(pk={update.pk})\n"
    works = [
        find + f"print(json.dumps(attempt(lambda: {work}.state)))"
        for work in (
            'approve_update(by=person("Remi Sallow"), now=NOW, update=update)',
            'approve_update(by=person("Rolf Ebb"), now=NOW, update=update)',
            'return_update(by=person("Mara Plane"), now=NOW, update=update, reason="Why?")',
        )
    ]
    address = address_of_database(tmp_path)
    said = _at_once(address, tmp_path, works)
    assert sorted(one == "RuleBroken" for one in said) == [False, True, True], said
    (state,) = {one for one in said if one != "RuleBroken"}
    codes, links = json.loads(said_by(start_python(_VERIFY, address)))
    assert (codes, len(links)) == ([], 1 if state == "approved" else 0)


def test_of_two_who_save_at_once_the_second_gets_both_contents(scene: Scene, tmp_path: Path) -> None:
    update = scene.started("1.1.2", "region", scene.cast.director)
    work = f"""
update = ProgressUpdate.objects.get(pk={update.pk})
content = replace(UpdateContent.from_json(update.draft), narrative={{words!r}})
try:
    save_draft(by=person("Dora Kest"), now=NOW, update=update, content=content, version={update.version})
    print(json.dumps(["saved", content.narrative]))
except ChangedSince as error:
    print(json.dumps(["told", error.given.narrative, error.stored.narrative]))
"""
    works = [work.format(words=words) for words in ("One.", "Two.")]
    said = sorted(_at_once(address_of_database(tmp_path), tmp_path, works))
    (_saved, kept), (_told, given, stored) = said
    assert (stored, {given, kept}) == (kept, {"One.", "Two."})


def test_bytes_that_are_withdrawn_and_added_at_once_are_gone_in_the_end(scene: Scene, tmp_path: Path) -> None:
    data = b"\x89PNG\r\n\x1a\n at once"
    given: dict[str, Any] = {"now": NOW, "plan": scene.cast.plan, "data": data, "file_name": "quay.png"}
    piece = add_file(by=scene.cast.director, unit=scene.cast.region, title="One", **given)
    folder = path_of(piece.sha256).parent.parent
    settle = f"from django.conf import settings\nsettings.SUIVI_FILES_DIR = {str(folder)!r}\n"
    works = [
        settle
        + f"piece = Evidence.objects.get(pk={piece.pk})\n"
        + 'withdraw_evidence(by=person("Mara Plane"), now=NOW, evidence=piece, reason="Asked for.")\n'
        + 'print(json.dumps("withdrawn"))',
        settle
        + "from suivi.organisation.models import Unit\nfrom suivi.plan.models import Plan\n"
        + "unit = Unit.objects.get(key='headquarters')\n"
        + 'given = {"by": person("Hedda Quay"), "now": NOW, "plan": Plan.objects.get(), "unit": unit}\n'
        + f"add = lambda: add_file(title='Two', data={data!r}, file_name='quay.png', **given)\n"
        + "print(json.dumps(attempt(lambda: str(add().title))))",
    ]
    address = address_of_database(tmp_path)
    withdrawn, added = _at_once(address, tmp_path, works)
    assert withdrawn == "withdrawn"
    assert added in {"Two", "RuleBroken"}
    assert not path_of(piece.sha256).exists()
    left = "print(Evidence.objects.filter(withdrawn_at=None).count())"
    assert said_by(start_python(f"from suivi.monitoring.models import Evidence\n{left}", address)) == "0"
