"""Commands and the server in processes of their own, as people run them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.orphans import stopped_with_parent

_SUIVI = (sys.executable, "-c", "import sys; from suivi.cli.main import main; sys.exit(main())")
SECONDS_TO_START = 60


def run_suivi(
    environment: Mapping[str, str], *words: str, stdin: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run `suivi WORDS`, and give what came of it."""
    return subprocess.run(
        [*_SUIVI, *words], input=stdin, env=environment, capture_output=True, text=True, check=False
    )


def load_demonstration(folder: Path) -> None:
    """Fill a data folder with the demonstration, and keep what was said as `said.txt`."""
    (folder / "said.txt").write_text(_done(_of_demonstration(folder), "demo", "--no-serve"), encoding="utf-8")


def make_installation(folder: Path) -> None:
    """Fill a data folder with the tables of an installation that holds nothing."""
    _done(environment_of(folder), "init")


def environment_of(folder: Path) -> dict[str, str]:
    """The environment of an installation in this data folder, on SQLite, whatever the shell says."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUIVI_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "SUIVI_DATA_DIR": str(folder)}


def _of_demonstration(folder: Path) -> dict[str, str]:
    return {**environment_of(folder), "SUIVI_DEMONSTRATION": "1"}


def _done(environment: Mapping[str, str], *words: str) -> str:
    done = run_suivi(environment, *words)
    if done.returncode:
        raise RuntimeError(f"suivi {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextmanager
def served_copy(loaded: Path, folder: Path) -> Iterator[str]:
    """Serve a copy of a loaded data folder for the length of the block; gives the address without a slash."""
    shutil.copytree(loaded, folder)
    with served(_of_demonstration(folder), folder / "server.log") as address:
        yield address


@contextmanager
def served(environment: Mapping[str, str], log_file: Path) -> Iterator[str]:
    """Run `suivi serve` for the length of the block; gives the address without a slash at its end."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with (
        log_file.open("wb") as log,
        subprocess.Popen(
            [*_SUIVI, "serve", "--port", str(port), "--workers", "1"],
            env=environment,
            stdout=log,
            stderr=log,
            preexec_fn=stopped_with_parent(signal.SIGTERM),  # noqa: PLW1509  the tests have one thread
        ) as server,
    ):
        try:
            _wait_until_it_answers(server, address, log_file)
            yield address
        finally:
            server.terminate()


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", address: str, log_file: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            urllib.request.urlopen(f"{address}/sign-in", timeout=10).close()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"The sign-in page fails:\n{log_file.read_text()}") from error
        except OSError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The server did not start:\n{log_file.read_text()}") from error
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
