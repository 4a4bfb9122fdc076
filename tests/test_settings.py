import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Read = Callable[..., dict[str, Any]]

_PRINT = """
import json
from suivi import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""


@pytest.fixture
def settings_with(tmp_path: Path) -> Read:
    """The settings as another process finds them with these variables."""

    def read(**variables: str) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-c", _PRINT],
            env={"SUIVI_DATA_DIR": str(tmp_path), **variables},
            capture_output=True,
            text=True,
            check=True,
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return read


def test_nothing_needs_to_be_set(settings_with: Read, tmp_path: Path) -> None:
    found = settings_with()
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "suivi.sqlite3")
    assert found["DEBUG"] is False
    assert found["SUIVI_NOW"] is None
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["TIME_ZONE"] == "UTC"


def test_the_demonstration_opens_on_its_day_unless_told_otherwise(settings_with: Read) -> None:
    assert settings_with(SUIVI_DEMONSTRATION="1")["SUIVI_NOW"].startswith("2023-02-15")
    told = settings_with(SUIVI_DEMONSTRATION="1", SUIVI_NOW="2024-01-31")
    assert told["SUIVI_NOW"].startswith("2024-01-31")


def test_every_language_is_named_in_itself(settings_with: Read) -> None:
    assert settings_with()["LANGUAGES"] == [["en", "English"], ["fr", "Français"], ["es", "Español"]]


def test_the_first_language_is_the_one_to_fall_back_to(settings_with: Read) -> None:
    assert settings_with(SUIVI_LANGUAGES="es,en")["LANGUAGE_CODE"] == "es"


def test_cookies_stay_out_of_reach_of_scripts_and_other_sites(settings_with: Read) -> None:
    found = settings_with()
    assert found["SESSION_COOKIE_HTTPONLY"] is True
    assert found["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert found["X_FRAME_OPTIONS"] == "DENY"


def test_behind_https_everything_travels_by_https(settings_with: Read) -> None:
    found = settings_with(SUIVI_SECURE="1")
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["CSRF_COOKIE_SECURE"] is True
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000


def test_a_key_that_is_given_is_not_written_down(settings_with: Read, tmp_path: Path) -> None:
    assert settings_with(SUIVI_SECRET_KEY="given")["SECRET_KEY"] == "given"
    assert not (tmp_path / "secret-key").exists()
