"""A real PostgreSQL for one command: `python -m tests.postgres -- COMMAND`.

Starts a server of Debian's package as an unprivileged user, on a free port of the loopback, in a temporary
folder, sets SUIVI_DATABASE_URL for the command, and stops the server whatever happens: at the end, on a
signal, and through the kernel when this process is killed.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.orphans import stopped_with_parent

USERS = ("postgres", "nobody")  # whoever of these exists runs the server where we are root
SECONDS_TO_START = 60
# Nothing of it outlives the suite, so nothing waits for the disk.
SWITCHES = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")


class PostgresMissingError(Exception):
    """No PostgreSQL server is installed here."""


def find_programs() -> Path:
    """The folder with `initdb` and `postgres`: Debian's newest first, then what PATH offers."""
    candidates = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major_version, reverse=True)]
    on_path = shutil.which("postgres")
    if on_path:
        candidates.append(Path(on_path).resolve().parent)
    for folder in candidates:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    raise PostgresMissingError("no PostgreSQL server is installed (Debian: apt-get install postgresql)")


@contextmanager
def running_postgres() -> Iterator[str]:
    """Run a server for the length of the block; gives the address of an empty database on it."""
    programs = find_programs()
    identity = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="suivi-postgres-"))
    try:
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        password = _make_cluster(programs, folder, identity)
        port = _free_port()
        server = _start(programs, folder, port, identity)
        try:
            address = f"postgresql://suivi:{password}@127.0.0.1:{port}/postgres"
            _wait_until_it_answers(server, address, folder)
            yield address
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_cluster(programs: Path, folder: Path, identity: dict[str, Any]) -> str:
    password = secrets.token_hex(16)
    note = folder / "password"
    note.touch(mode=0o600)
    note.write_text(password)
    if identity:
        os.chown(note, identity["user"], identity["group"])
    subprocess.run(
        [
            programs / "initdb",
            *("-D", folder / "data", "--username=suivi", f"--pwfile={note}", "--auth=scram-sha-256"),
            *("--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **identity,
    )
    return password


def _start(programs: Path, folder: Path, port: int, identity: dict[str, Any]) -> "subprocess.Popen[bytes]":
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
    command += ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
    for switch in SWITCHES:
        command += ["-c", switch]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,  # Ctrl+C is ours to handle
            preexec_fn=stopped_with_parent(signal.SIGINT),  # noqa: PLW1509  this process has one thread
            **identity,
        )


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", address: str, folder: Path) -> None:
    import psycopg

    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                log = (folder / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from error
            time.sleep(0.1)
        else:
            return


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _unprivileged() -> dict[str, Any]:
    """How subprocess becomes somebody else: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError(f"none of the users {', '.join(USERS)} exists to run PostgreSQL")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _major_version(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdecimal() else 0


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with running_postgres() as address:
            return subprocess.run(
                command, env={**os.environ, "SUIVI_DATABASE_URL": address}, check=False
            ).returncode
    except PostgresMissingError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
