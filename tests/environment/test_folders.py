import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from suivi.environment.folders import folders, kept_secret_key, make_folder
from suivi.values.errors import InputRefused


def test_the_data_folder_of_a_source_checkout_stands_in_it() -> None:
    assert folders({}).data == Path(__file__).resolve().parents[2] / "var"


def test_files_and_database_stand_in_the_data_folder(tmp_path: Path) -> None:
    found = folders({"SUIVI_DATA_DIR": str(tmp_path)})
    assert (found.database, found.files) == (tmp_path / "suivi.sqlite3", tmp_path / "files")


def test_the_demonstration_has_its_own_files_and_database(tmp_path: Path) -> None:
    found = folders({"SUIVI_DATA_DIR": str(tmp_path), "SUIVI_DEMONSTRATION": "1"})
    assert (found.database, found.files) == (tmp_path / "demo.sqlite3", tmp_path / "demo-files")


def test_where_only_the_demonstration_was_made_commands_speak_of_it(tmp_path: Path) -> None:
    (tmp_path / "demo.sqlite3").touch()
    assert folders({"SUIVI_DATA_DIR": str(tmp_path)}).is_demonstration


def test_a_database_of_our_own_takes_precedence_over_the_demonstration(tmp_path: Path) -> None:
    (tmp_path / "demo.sqlite3").touch()
    (tmp_path / "suivi.sqlite3").touch()
    assert not folders({"SUIVI_DATA_DIR": str(tmp_path)}).is_demonstration


def test_a_named_database_is_no_demonstration_by_itself(tmp_path: Path) -> None:
    (tmp_path / "demo.sqlite3").touch()
    environment = {"SUIVI_DATA_DIR": str(tmp_path), "SUIVI_DATABASE_URL": "postgresql://localhost/suivi"}
    assert not folders(environment).is_demonstration


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret-key"
    key = kept_secret_key(path)
    assert kept_secret_key(path) == key
    assert len(key) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: kept_secret_key(tmp_path / "secret-key"), range(8)))
    assert len(keys) == 1


def test_a_folder_that_cannot_be_made_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputRefused) as refusal:
        make_folder(tmp_path / "file" / "folder")
    assert "SUIVI_DATA_DIR" in str(refusal.value)
