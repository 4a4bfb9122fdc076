"""Two people at once on the same paper: one wins, the other is told, and nothing is made twice."""

from datetime import date
from pathlib import Path

import pytest

from suivi.reporting.commands import freeze_paper
from tests.cast import NOW
from tests.processes import address_of_database, at_once, said_by, start_python
from tests.reporting.paper_scene import PaperScene, build_paper

_PREAMBLE = """
import json
from suivi.core.models import Account
from suivi.reporting.commands import *
from suivi.reporting.models import *
from suivi.values.errors import RuleBroken
person = lambda name: Account.objects.get(name=name)
def attempt(work):
    try:
        return work()
    except RuleBroken as error:
        return type(error).__name__
from django.conf import settings
"""
_COUNT = "from suivi.reporting.models import *\nprint(IssuedFile.objects.count())"


@pytest.fixture
def scene(transactional_db: None) -> PaperScene:
    return build_paper()


def test_of_two_who_issue_at_once_one_does(scene: PaperScene, tmp_path: Path) -> None:
    scene.all_written()
    day = date(2023, 2, 14)
    freeze_paper(by=None, now=NOW, paper=scene.paper, up_to=day, as_of=day)
    work = f"""
settings.SUIVI_FILES_DIR = {str(tmp_path / "files")!r}
paper = Paper.objects.get(pk={scene.paper.pk})
given = {{{{"paper": paper, "symbol": {{symbol!r}}, "dated_on": DAY, "release_at": NOW}}}}
print(json.dumps(attempt(lambda: issue_paper(by=person({{who!r}}), now=NOW, **given).symbol)))
"""
    people = (("Selma Vane", "HB/1"), ("Mara Plane", "HB/2"))
    works = [work.format(who=who, symbol=symbol) for who, symbol in people]
    address = address_of_database(tmp_path)
    said = at_once(address, tmp_path, _PREAMBLE, works)
    assert sorted(one == "RuleBroken" for one in said) == [False, True], said
    assert said_by(start_python(_COUNT, address)) == "9"


def test_of_two_who_write_at_once_one_is_told(scene: PaperScene, tmp_path: Path) -> None:
    first = scene.written()
    work = f"""
section = PaperSection.objects.select_related("paper__plan").get(pk={first.section_id})
given = {{{{"section": section, "language": "en", "text": {{who!r}}, "over": {first.pk}}}}}
print(json.dumps(attempt(lambda: write_section(by=person({{who!r}}), now=NOW, **given).text)))
"""
    people = ("Finn Oduya", "Mara Plane")
    works = [work.format(who=who) for who in people]
    said = at_once(address_of_database(tmp_path), tmp_path, _PREAMBLE, works)
    assert sorted(one == "ChangedMeanwhile" for one in said) == [False, True], said
    assert set(said) - {"ChangedMeanwhile"} <= set(people)
