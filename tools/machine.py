"""What the suite wants from the machine beside Python: looks, installs Debian's packages, or says how.

`python -m tools.machine` installs what is missing where it may. What stays missing is named, with the way to
get it; under CI=true that is a failure.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def has_postgresql() -> bool:
    """Whether a server's programs are installed, in Debian's place or in PATH."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or bool(shutil.which("initdb"))


def has_chromium() -> bool:
    return bool(chromium())


def has_gettext() -> bool:
    return bool(shutil.which("xgettext"))


def has_writer() -> bool:
    """Whether LibreOffice is installed with its word processor."""
    found = shutil.which("soffice")
    return bool(found) and (Path(found).resolve().parent / "libswlo.so").exists()


def chromium() -> str | None:
    """The browser that the browser suite drives."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass(frozen=True)
class Need:
    """One part of the machine: Debian's package, what it serves, and whether it is there."""

    package: str
    serves: str
    is_there: Callable[[], bool]


NEEDS = (
    Need("postgresql", "the suite on PostgreSQL", has_postgresql),
    Need("chromium", "the browser suite", has_chromium),
    Need("libreoffice-writer-nogui", "the tests that open our documents in LibreOffice", has_writer),
    Need("gettext", "the test that finds sentences without a translation", has_gettext),
)


def missing() -> list[Need]:
    return [need for need in NEEDS if not need.is_there()]


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def install(packages: list[str]) -> bool:
    """Install packages of Debian where that is allowed without asking; gives whether it was tried."""
    prefix = _right_to_install()
    if prefix is None:
        return False
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        print("+", *prefix, "apt-get", *words, flush=True)
        done = subprocess.run(
            [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *words], check=False
        )
        if done.returncode:
            print(f"apt-get {words[0]} failed.", file=sys.stderr)
    return True


def _right_to_install() -> list[str] | None:
    """What to write before apt-get, None where we may not install."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    may = sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    return [sudo, "-n"] if sudo and may else None


def main() -> int:
    wanted = missing()
    if wanted and not install([need.package for need in wanted]):
        print("Packages are missing and cannot be installed from here (no apt-get, or no right to use it).")
    left = missing()
    for need in left:
        print(f"Missing: {need.package}, for {need.serves}. Get it: apt-get install {need.package}")
    return int(bool(left) and is_ci())


if __name__ == "__main__":
    sys.exit(main())
