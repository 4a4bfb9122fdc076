from pathlib import Path

import pytest

from suivi.environment.typography import typography_forms
from suivi.values.errors import InputRefused


def test_without_the_variable_there_are_no_forms() -> None:
    assert typography_forms({}) == {}


def test_the_file_gives_the_forms_of_each_language(tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    file.write_text('fr:\n  before_colon: "\\u00a0"\nes: {biennium_digits: 2}\n', encoding="utf-8")
    assert typography_forms({"SUIVI_TYPOGRAPHY": str(file)}) == {
        "fr": {"before_colon": "\u00a0"},
        "es": {"biennium_digits": 2},
    }


@pytest.mark.parametrize("said", [b"fr: [", b"- fr", b"fr: no table", b"\xff"])
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, said: bytes) -> None:
    file = tmp_path / "house.yaml"
    file.write_bytes(said)
    with pytest.raises(InputRefused, match="SUIVI_TYPOGRAPHY"):
        typography_forms({"SUIVI_TYPOGRAPHY": str(file)})


def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        typography_forms({"SUIVI_TYPOGRAPHY": str(tmp_path / "none.yaml")})
