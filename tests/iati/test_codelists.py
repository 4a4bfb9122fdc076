import shutil
from pathlib import Path

import pytest

from suivi.cli.main import main
from suivi.iati.codelists import code_lists
from suivi.iati.codelists.updating import update
from suivi.values.errors import InputRefused

XML = """<codelist name="FlowType" xml:lang="en" complete="1">
<codelist-items>
<codelist-item status="active"><code>10</code><name><narrative>ODA</narrative>
<narrative xml:lang="fr">APD</narrative></name><category>x</category></codelist-item>
<codelist-item status="withdrawn"><code>40</code><name><narrative>Non flow</narrative></name></codelist-item>
</codelist-items></codelist>"""


def test_the_lists_of_the_package_know_names_and_status() -> None:
    lists = code_lists()
    assert lists["Sector"].codes["11110"].name("fr").startswith("Politique de l")
    assert lists["Sector"].codes["11110"].name("de") == lists["Sector"].codes["11110"].name("en")
    assert any(code.is_withdrawn for code in lists["Sector"].codes.values())
    assert not lists["Country"].is_complete
    assert lists["ActivityDateType"].is_embedded


def test_newer_lists_are_read_from_the_xml_of_the_standard(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "FlowType.xml").write_text(XML)
    assert update(tmp_path / "in", tmp_path / "out") == (1, 2)
    lists = code_lists(tmp_path / "out")
    assert {code: one.is_withdrawn for code, one in lists["FlowType"].codes.items()} == {
        "10": False,
        "40": True,
    }
    assert lists["FlowType"].codes["10"].names == ("ODA", "APD", "")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xml", "<codelist"), ("a.xml", "<html/>"), ("a.txt", ""), ("INDEX.csv", "x\n1\n")],
)
def test_what_is_no_list_is_refused_and_changes_nothing(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_text(content)
    with pytest.raises(InputRefused):
        update(tmp_path / "in", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.reference
def test_the_lists_of_the_package_are_those_of_the_reference(reference_dir: Path, tmp_path: Path) -> None:
    update(reference_dir / "iati" / "codelists", tmp_path)
    assert code_lists(tmp_path) == code_lists()


def test_an_update_is_used_from_then_on(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("SUIVI_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "FlowType.xml").write_text(XML)
    assert main(["iati", "codelists", "update", "--from", str(tmp_path / "in")]) == 0
    assert main(["iati", "codelists", "list"]) == 0
    assert "FlowType\t2\t-" in capsys.readouterr().out
    assert main(["iati", "codelists", "update"]) == 2
    assert "--from" in capsys.readouterr().err
    shutil.rmtree(tmp_path / "data")
    assert main(["iati", "codelists", "list"]) == 0
    assert "Sector\t" in capsys.readouterr().out
