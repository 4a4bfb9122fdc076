"""Checks of IATI files given on the page: a folder for each, kept for a day, seen by whoever gave the file.

Nothing of it goes into the record. A child process makes the check (`suivi.iati.checks.child`).
"""

import json
import re
import secrets
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from suivi.core.models import Account
from suivi.environment.folders import CODE_LISTS, KNOWN_LISTS, make_folder
from suivi.iati.checks import child
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop

KEPT = timedelta(days=1)
PATIENCE = timedelta(minutes=15)  # after that, a check that says nothing more is taken for dead
MOST_PREVIOUS = 50 * 2**20  # bytes of an earlier report: it is read as a whole
_ABOUT = "about.json"
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
_WINDOW = 2**20


@dataclass(frozen=True)
class CheckState:
    """How far a check is: one of `report`, `refused` and `progress` is filled; none where it has died."""

    key: str
    name: str
    report: dict[str, Any] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    progress: dict[str, Any] = field(default_factory=dict)
    findings: tuple[str, ...] = ()  # the kinds of files that they can be had as

    @property
    def is_going_on(self) -> bool:
        return bool(self.progress)


def start_check(
    *, by: Account, now: datetime, file: BinaryIO, name: str, language: str, previous: BinaryIO | None = None
) -> str:
    """Keep a file and start its check. Gives the key of the check.

    It is compared with `previous`, the report of an earlier check as JSON; without one, with the last check
    of a file of that name that is kept.
    """
    checks = _checks()
    _forget_old(checks, now)
    key = secrets.token_urlsafe(16)
    folder = checks / key
    make_folder(folder)
    _keep(file, folder / child.INPUT)
    if previous is not None:
        _keep(previous, folder / child.PREVIOUS)
    elif (last := _last_report(checks, by, name)) is not None:
        shutil.copyfile(last, folder / child.PREVIOUS)
    about = {"account": by.pk, "name": name, "started_at": now.isoformat()}
    (folder / _ABOUT).write_text(json.dumps(about), encoding="utf-8")
    data = Path(settings.SUIVI_DATA_DIR)
    lists, known = data / CODE_LISTS, data / KNOWN_LISTS
    child.start(folder, name=name, language=language, now=now, lists=lists, known=known)
    return key


def state_of_check(*, by: Account, now: datetime, key: str) -> CheckState:
    """How far a check of one's own is. Raises NotFound for those of others."""
    folder, about = _own(by, key)
    name = str(about["name"])
    is_late = now - datetime.fromisoformat(about["started_at"]) > PATIENCE
    has_ended = is_late or _has_gone(folder)  # before looking what it has written
    if report := _read(folder / child.REPORT):
        kinds = tuple(kind for kind, file in child.FINDINGS.items() if (folder / file).is_file())
        return CheckState(key, name, report=report, findings=kinds)
    if refused := _read(folder / child.REFUSED):
        return CheckState(key, name, refused=refused["sentences"])
    if has_ended:
        return CheckState(key, name)
    return CheckState(key, name, progress=_read(folder / child.PROGRESS) or {"records": 0, "percent": 0})


def findings_of_check(*, by: Account, key: str, kind: str) -> Path:
    """The findings of a check of one's own as a file. Raises NotFound where there is none."""
    path = _own(by, key)[0] / child.FINDINGS.get(kind, child.FINDINGS["csv"])
    if kind not in child.FINDINGS or not path.is_file():
        raise _not_found()
    return path


def _keep(file: BinaryIO, path: Path) -> None:
    with path.open("wb") as kept:
        shutil.copyfileobj(file, kept, _WINDOW)


def _last_report(checks: Path, by: Account, name: str) -> Path | None:
    """The findings of the last check that somebody made of a file of this name."""
    found: list[tuple[str, Path]] = []
    for folder in checks.glob("*/"):
        about, report = _read(folder / _ABOUT), folder / child.FINDINGS["json"]
        if (about.get("account"), about.get("name")) == (by.pk, name) and _is_comparable(report):
            found.append((about["started_at"], report))
    return max(found)[1] if found else None


def _is_comparable(report: Path) -> bool:
    return report.is_file() and report.stat().st_size <= MOST_PREVIOUS


def _checks() -> Path:
    return Path(settings.SUIVI_DATA_DIR) / "iati-checks"


def _own(by: Account, key: str) -> tuple[Path, dict[str, Any]]:
    folder = _checks() / key
    about = _read(folder / _ABOUT) if _KEY.fullmatch(key) else {}
    if about.get("account") != by.pk:
        raise _not_found()
    return folder, about


def _not_found() -> NotFound:
    return NotFound(
        gettext_noop("There is no such check, or it is not yours."),
        hint=gettext_noop("Checks are kept for a day. Give the file again."),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return data


def _has_gone(folder: Path) -> bool:
    """The process of the check is no more. Where that cannot be seen, it is taken to be there."""
    process = _read(folder / child.PROCESS).get("process")
    return process is not None and Path("/proc/self").exists() and not Path(f"/proc/{process}").exists()


def _forget_old(checks: Path, now: datetime) -> None:
    for folder in checks.glob("*/"):
        about = _read(folder / _ABOUT)
        if not about or now - datetime.fromisoformat(about["started_at"]) > KEPT:
            shutil.rmtree(folder, ignore_errors=True)
