"""IATI files as tables and back: `suivi iati flatten` against a bare reading and flatten-tool; `build`.

python -m bench.iati_tables: prints the results as JSON. The files are those of the reference folder
(SUIVI_REFERENCE_DIR); without it there are no results, and a line on stderr says why.
"""

import gzip
import shutil
import sys
import tempfile
from pathlib import Path

from bench.processes import Run, median_of, run_on_one_core
from bench.reference import reference_folder
from bench.tables import Result, as_json

ROUNDS = 3
TIMES_BARE = 8  # flatten to Parquet may take this often as long as a bare reading
TIMES_FASTER = 4  # than flatten-tool, at least
LIMIT_MEGABYTES = 200
LARGE_BYTES = 250_000_000
BARE = """
import sys
from lxml import etree
for _, one in etree.iterparse(sys.argv[1], events=("end",), tag="iati-activity"):
    one.clear()
    while one.getprevious() is not None:
        del one.getparent()[0]
"""
_END = b"</iati-activities>"


def measure(reference: Path, folder: Path) -> list[Result]:
    """Seconds of one core for whole processes (their start included), medians of three; and memory."""
    file = folder / "real.xml"
    file.write_bytes(gzip.decompress((reference / "iati" / "bench" / "real-48mb.xml.gz").read_bytes()))
    large = folder / "large.xml"
    repeat(file, large)
    bare = [sys.executable, "-c", BARE, str(file)]
    peer = [str(Path(sys.executable).with_name("flatten-tool")), "flatten", str(file), "--xml"]
    peer += ["--id-name", "iati-identifier", "--root-list-path", "iati-activity", "-f", "csv"]
    runs: dict[str, list[Run]] = {}
    for _ in range(ROUNDS):  # one after the other, so that a busy minute meets all
        runs.setdefault("bare", []).append(run_on_one_core(bare))
        runs.setdefault("csv", []).append(_flatten(file, folder / "tables", "csv"))
        runs.setdefault("parquet", []).append(_flatten(file, folder / "tables", "parquet"))
        runs.setdefault("build", []).append(_build(folder / "tables", folder / "built.xml"))
        runs.setdefault("peer", []).append(run_on_one_core([*peer, "-o", str(folder / "peer")]))
    medians = {name: median_of(one) for name, one in runs.items()}
    seconds = {name: one.seconds for name, one in medians.items()}
    largest = _flatten(large, folder / "tables", "parquet").megabytes
    largest_back = _build(folder / "tables", folder / "built.xml").megabytes
    limit, quarter = TIMES_BARE * seconds["bare"], seconds["peer"] / TIMES_FASTER
    return [
        Result("flatten 48 MB to Parquet", seconds["parquet"], "s", limit, f"{TIMES_BARE} bare readings:"),
        Result("the same", seconds["parquet"], "s", quarter, f"flatten-tool / {TIMES_FASTER}:"),
        Result("flatten 48 MB to CSV", seconds["csv"], "s", seconds["peer"], "flatten-tool"),
        Result("memory, 48 MB", medians["parquet"].megabytes, "MB", LIMIT_MEGABYTES, "limit"),
        Result("memory, 250 MB", largest, "MB", LIMIT_MEGABYTES, "limit"),
        Result(
            "build 48 MB of XML from Parquet",
            seconds["build"],
            "s",
            seconds["peer"],
            "flatten-tool's way there",
        ),
        Result("memory, 48 MB of XML", medians["build"].megabytes, "MB", LIMIT_MEGABYTES, "limit"),
        Result("memory, 250 MB of XML", largest_back, "MB", LIMIT_MEGABYTES, "limit"),
    ]


def _flatten(file: Path, to: Path, chosen: str) -> Run:
    suivi = str(Path(sys.executable).with_name("suivi"))
    command = [suivi, "iati", "flatten", str(file), "-o", str(to), "--format", chosen]
    return run_on_one_core(command, lambda: shutil.rmtree(to, ignore_errors=True))


def _build(tables: Path, to: Path) -> Run:
    suivi = str(Path(sys.executable).with_name("suivi"))
    return run_on_one_core([suivi, "iati", "build", str(tables), "-o", str(to)])


def repeat(file: Path, to: Path) -> None:
    """The same activities again and again, up to 250 MB."""
    data = file.read_bytes()
    start, end = data.index(b"<iati-activity "), data.rindex(_END)
    with to.open("wb") as stream:
        stream.write(data[:start])
        while stream.tell() + end - start < LARGE_BYTES:
            stream.write(data[start:end])
        rest = LARGE_BYTES - stream.tell()
        stream.write(
            data[start : data.rindex(b"</iati-activity>", start, start + rest)] + b"</iati-activity>\n"
        )
        stream.write(_END)


def main() -> None:
    """Print the results as JSON."""
    reference = reference_folder("bench.iati_tables")
    results: list[Result] = []
    if reference:
        with tempfile.TemporaryDirectory(prefix="suivi-bench-") as folder:
            results = measure(reference, Path(folder))
    sys.stdout.write(as_json(results))


if __name__ == "__main__":
    main()
