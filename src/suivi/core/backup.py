"""A backup in one archive, the same for both databases, and its way back into an empty place.

The archive holds `tables/APP.MODEL.jsonl` (one row a line, columns as the manifest names them),
`files/SHA256` and `manifest.json`: the version, the migrations, and the digest of every member. The
database is read in one snapshot while people go on working; the files come afterwards, since they are
written before the rows that name them. Tables are read back into the shape they were saved from and
migrated from there, so that an older backup fits a newer program, and one from SQLite goes into PostgreSQL.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.apps import apps as installed
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

import suivi
from suivi.core.commands import keep_bytes, path_of
from suivi.core.models import StoredFile
from suivi.values.errors import InputRefused, RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text

FORMAT = 1
MANIFEST = "manifest.json"
# What Django makes again by itself, and who is signed in at the moment.
LEFT_OUT = {"auth", "contenttypes", "sessions"}
_ROWS_AT_ONCE = 500
_PIECE = 1 << 20

# Called with what is being done and how far it is, in rows or files.
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Table:
    """A table of the archive: its columns in the order of its rows."""

    columns: list[str]
    rows: int


@dataclass(frozen=True)
class Manifest:
    """What an archive holds. `digests` is member to SHA-256; `migrations` app to the names applied."""

    format: int
    version: str
    made_at: str
    migrations: dict[str, list[str]]
    tables: dict[str, Table]
    digests: dict[str, str]
    withdrawn: list[str]  # files whose content was withdrawn while the backup ran

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        data = json.loads(text)
        tables = {name: Table(**table) for name, table in data.pop("tables").items()}
        return cls(tables=tables, **data)


def back_up(path: Path, *, now: datetime, progress: Progress = lambda _what, _done: None) -> Manifest:
    """Write the whole installation to an archive, which stands at `path` only when it is complete.

    Raises RuleBroken where the bytes of a file are missing though nobody withdrew them.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as handle:
            with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest = _write(archive, now, progress)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write(archive: zipfile.ZipFile, now: datetime, progress: Progress) -> Manifest:
    digests: dict[str, str] = {}
    tables: dict[str, Table] = {}
    with _snapshot():
        migrations = _applied_migrations()
        for model in saved_models(installed):
            name = f"tables/{model._meta.label_lower}.jsonl"
            columns = [field.attname for field in model._meta.concrete_fields]
            with archive.open(name, "w", force_zip64=True) as member:
                rows, digests[name] = _write_rows(model, columns, member)
            tables[model._meta.label_lower] = Table(columns, rows)
            progress(model._meta.label_lower, rows)
        wanted = list(StoredFile.objects.filter(withdrawn_at=None).values_list("sha256", flat=True))
    withdrawn = []
    for done, sha256 in enumerate(wanted, 1):
        if _write_file(archive, sha256):
            digests[f"files/{sha256}"] = sha256
        else:
            withdrawn.append(sha256)
        progress("files", done)
    manifest = Manifest(FORMAT, suivi.__version__, now.isoformat(), migrations, tables, digests, withdrawn)
    archive.writestr(MANIFEST, manifest.to_json())
    return manifest


@contextmanager
def _snapshot() -> Iterator[None]:
    """One state of the whole database, which keeps nobody from writing."""
    if connection.vendor == "sqlite":
        # A transaction of ours would begin IMMEDIATE and hold the writer's place.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _applied_migrations() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        names.setdefault(app, []).append(name)
    return names


def saved_models(apps: Apps) -> list[type[models.Model]]:
    """Every table of ours, those between two models included, by name."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in LEFT_OUT and model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def _write_rows(model: type[models.Model], columns: list[str], member: IO[bytes]) -> tuple[int, str]:
    digest = hashlib.sha256()
    count = 0
    rows = model._base_manager.order_by("pk").values_list(*columns)
    for row in rows.iterator(chunk_size=_ROWS_AT_ONCE):
        line = json.dumps(row, default=_plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        digest.update(line)
        member.write(line)
        count += 1
    return count, digest.hexdigest()


def _plain(value: object) -> Any:
    """What JSON has no word for; `to_python` of the field reads each back."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, Text):
        return value.to_json()
    raise TypeError(f"no plain form for {type(value).__name__}")


def _write_file(archive: zipfile.ZipFile, sha256: str) -> bool:
    """Add the bytes of a stored file; False where they were withdrawn after the snapshot."""
    source = path_of(sha256)
    if not source.exists():
        if StoredFile.objects.filter(sha256=sha256, withdrawn_at__isnull=False).exists():
            return False
        raise RuleBroken(
            gettext_noop("The file %(sha256)s is missing from the folder of files."),
            {"sha256": sha256},
            gettext_noop("Bring it back from an earlier backup, or withdraw its content with a reason."),
        )
    archive.write(source, f"files/{sha256}", compress_type=zipfile.ZIP_STORED)
    return True


def restore(path: Path, *, now: datetime, progress: Progress = lambda _what, _done: None) -> Manifest:
    """Bring an archive back into an empty database and its folder of files: all of it or nothing.

    Raises InputRefused for an archive that is damaged or newer than this program, RuleBroken where the
    database holds something already.
    """
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise _refused(path) from error
    with archive:
        manifest = _manifest(archive, path)
        _check_digests(archive, manifest, path)
        state = _migrate_to_the_shape_of(manifest)
        with transaction.atomic():
            for model in saved_models(state):
                table = manifest.tables.get(model._meta.label_lower)
                if table is not None:
                    _read_rows(archive, model, table)
                    progress(model._meta.label_lower, table.rows)
            _restart_sequences(saved_models(state))
            _restore_files(archive, manifest, progress)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    # Their bytes went while the backup ran: what is restored says so too.
    StoredFile.objects.filter(sha256__in=manifest.withdrawn).update(withdrawn_at=now)
    return manifest


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        manifest = Manifest.from_json(archive.read(MANIFEST).decode())
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise _refused(path) from error
    if manifest.format > FORMAT:
        raise _newer(manifest)
    return manifest


def _refused(path: Path) -> InputRefused:
    return InputRefused(
        gettext_noop("%(path)s is no backup of suivi, or it is damaged."),
        {"path": path},
        gettext_noop("Try an earlier backup. Nothing was changed."),
    )


def _newer(manifest: Manifest) -> InputRefused:
    return InputRefused(
        gettext_noop("The backup was made by a newer version (%(version)s)."),
        {"version": manifest.version},
        gettext_noop("Install that version, then restore. Nothing was changed."),
    )


def _check_digests(archive: zipfile.ZipFile, manifest: Manifest, path: Path) -> None:
    """Read everything once before anything is written."""
    members = set(archive.namelist()) - {MANIFEST}
    if members != set(manifest.digests):
        raise _refused(path)
    for name, expected in manifest.digests.items():
        digest = hashlib.sha256()
        try:
            with archive.open(name) as member:
                while piece := member.read(_PIECE):
                    digest.update(piece)
        except (zipfile.BadZipFile, OSError) as error:
            raise _refused(path) from error
        if digest.hexdigest() != expected:
            raise _refused(path)


def _migrate_to_the_shape_of(manifest: Manifest) -> Apps:
    """Make the tables as they were when the backup was made; gives the models of that time."""
    executor = MigrationExecutor(connection)
    known = executor.loader.disk_migrations
    names = [(app, name) for app, applied in manifest.migrations.items() for name in applied]
    if any(node not in known for node in names):
        raise _newer(manifest)
    _refuse_full_database(executor)
    graph = executor.loader.graph
    newest = [
        node for node in names if not {child.key for child in graph.node_map[node].children} & set(names)
    ]
    executor.migrate(newest)
    apps: Apps = MigrationExecutor(connection).loader.project_state(newest).apps
    return apps


def _refuse_full_database(executor: MigrationExecutor) -> None:
    if not executor.loader.applied_migrations:
        return
    tables = set(connection.introspection.table_names())
    full = [
        model._meta.label_lower
        for model in saved_models(installed)
        if model._meta.db_table in tables and model._base_manager.values("pk").first()
    ]
    if full:
        raise RuleBroken(
            gettext_noop("The database is not empty (%(table)s), so nothing was restored."),
            {"table": full[0]},
            gettext_noop("Name an empty one in SUIVI_DATABASE_URL, and an empty SUIVI_FILES_DIR."),
        )


def _read_rows(archive: zipfile.ZipFile, model: type[models.Model], table: Table) -> None:
    by_column = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_column[column] for column in table.columns]
    waiting: list[models.Model] = []
    with archive.open(f"tables/{model._meta.label_lower}.jsonl") as member:
        for line in member:
            values = zip(fields, json.loads(line), strict=True)
            waiting.append(model(**{field.attname: field.to_python(value) for field, value in values}))
            if len(waiting) == _ROWS_AT_ONCE:
                model._base_manager.bulk_create(waiting)
                waiting.clear()
    model._base_manager.bulk_create(waiting)


def _restore_files(archive: zipfile.ZipFile, manifest: Manifest, progress: Progress) -> None:
    files = [name.removeprefix("files/") for name in manifest.digests if name.startswith("files/")]
    for done, sha256 in enumerate(files, 1):
        keep_bytes(archive.read(f"files/{sha256}"))
        progress("files", done)


def _restart_sequences(found: Iterable[type[models.Model]]) -> None:
    """Let the next rows go on after the highest number; SQLite does so by itself."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(found))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def rows_of(apps: Apps = installed) -> Mapping[str, list[str]]:
    """Every saved row in plain form by table, to compare two databases record by record."""
    return {
        model._meta.label_lower: [
            json.dumps(row, default=_plain, ensure_ascii=False, sort_keys=True)
            for row in model._base_manager.order_by("pk").values_list(
                *[field.attname for field in model._meta.concrete_fields]
            )
        ]
        for model in saved_models(apps)
    }
