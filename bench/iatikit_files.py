"""What iatikit would fetch from the network, laid out for it from what is here, so that it runs offline.

It reads a folder below the working directory: schemas, code lists, and which field takes which list. It is
installed aside (`make bench`), because it brings a package named like our folder of tests.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from suivi.iati.checks.coded import CodedRow, rows
from suivi.iati.codelists import code_lists
from suivi.iati.schemas import schema_path

PEERS = Path(sys.prefix) / "peers"
CHECK = f"""
import sys
sys.path.insert(0, {str(PEERS)!r})
from iatikit.data.dataset import Dataset
dataset = Dataset(sys.argv[1])
assert dataset.schema is not None
wrong = len(dataset.validate_iati().errors) + len(dataset.validate_codelists().errors)
print(wrong)
"""
_VERSION = "2.03"
_START = "/iati-activities/"


def lay_out(folder: Path) -> None:
    """Write the folder that iatikit looks for below `folder`."""
    standard = folder / "__iatikitcache__" / "standard"
    dotless = _VERSION.replace(".", "")
    shutil.copytree(schema_path("iati-activities").parent, standard / "schemas" / dotless)
    lists, mappings = standard / "codelists", standard / "codelist_mappings" / dotless
    lists.mkdir()
    mappings.mkdir(parents=True)
    known = code_lists()
    _write(lists / "codelists.json", {name: [_VERSION] for name in known})
    for name, one in known.items():
        codes = {code: {"code": code, "name": code, "category": None} for code in one.codes}
        attributes = {"complete": str(int(one.is_complete))}
        _write(lists / f"{name}.json", {"attributes": attributes, "metadata": {"name": name}, "data": codes})
    _write(mappings / "activity-mappings.json", list(_mappings()))


def _mappings() -> Iterator[dict[str, str]]:
    for row in rows():
        if row.path.startswith(_START):
            field = row.attribute if row.attribute == "text()" else f"@{row.attribute}"
            mapping = {"path": f"{row.path}/{field}", "codelist": row.list}
            yield mapping | ({"condition": _condition(row)} if row.vocabulary else {})


def _condition(row: CodedRow) -> str:
    is_default = row.vocabulary == row.default_vocabulary
    return f"@vocabulary = '{row.vocabulary}'" + (" or not(@vocabulary)" if is_default else "")


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data), encoding="utf-8")
