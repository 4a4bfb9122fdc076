"""`suivi iati check` against validation with the XML schema alone (xmllint), and against peers.

python -m bench.iati_check: prints the results as JSON. The files are those of the reference folder
(SUIVI_REFERENCE_DIR); without it, or without xmllint (Debian: libxml2-utils), there are no results, and a
line on stderr says why.
"""

import gzip
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import iatikit_files
from bench.iati_tables import repeat
from bench.processes import Run, environment, median_of, run_on_one_core
from bench.reference import reference_folder
from bench.tables import Result, as_json
from suivi.iati.schemas import schema_path

ROUNDS = 5
TIMES_SCHEMA = 5  # on one core, the full check may take this often as long as the schema alone
TIMES_SCHEMA_TWO = 3.5  # on two
TIMES_OFFICIAL = 108  # the official validator took so often as long as xmllint, on another machine
LIMIT_MEGABYTES = 150
PEER = """
import sys
from okfn_iati.iati_schema_validator import IatiValidator
IatiValidator().validate_xml(open(sys.argv[1], encoding="utf-8").read())
"""
_ANYHOW = ["sh", "-c", '"$@"; true', "sh"]  # findings give an exit code


def measure(reference: Path, folder: Path) -> list[Result]:
    """Seconds of one core for whole processes, medians; for two processes the time on the clock; memory."""
    file, large = folder / "real.xml", folder / "large.xml"
    with gzip.open(reference / "iati" / "bench" / "real-48mb.xml.gz") as packed, file.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    repeat(file, large)
    schema = ["xmllint", "--stream", "--noout", "--schema", str(schema_path("iati-activities")), str(file)]
    runs: dict[str, list[Run]] = {}
    clock: dict[str, list[float]] = {}
    for _ in range(ROUNDS):  # one after the other, so that a busy minute meets all
        runs.setdefault("schema", []).append(run_on_one_core(schema))
        for name in ("text", "official"):
            runs.setdefault(name, []).append(run_on_one_core(_check(file, reference, "--format", name)))
        clock.setdefault("schema", []).append(_seconds(schema))
        clock.setdefault("two", []).append(_seconds(_check(file, reference, "--jobs", "2")))
    runs["okfn"] = [run_on_one_core([sys.executable, "-c", PEER, str(file)])]
    if iatikit_files.PEERS.is_dir():
        iatikit_files.lay_out(folder)
        runs["iatikit"] = [
            run_on_one_core([sys.executable, "-c", iatikit_files.CHECK, str(file)], folder=folder)
        ]
    medians = {name: median_of(one) for name, one in runs.items()}
    seconds = {name: one.seconds for name, one in medians.items()}
    on_clock = {name: statistics.median(one) for name, one in clock.items()}
    largest = run_on_one_core(_check(large, reference)).megabytes
    alone, two = TIMES_SCHEMA * seconds["schema"], TIMES_SCHEMA_TWO * on_clock["schema"]
    return [
        Result("full check of 48 MB, as text", seconds["text"], "s", alone, f"{TIMES_SCHEMA} times xmllint:"),
        Result("as the official report", seconds["official"], "s", alone, f"{TIMES_SCHEMA} times xmllint:"),
        Result("by two processes, on the clock", on_clock["two"], "s", two, f"{TIMES_SCHEMA_TWO} xmllint:"),
        Result("against schema and a few rules", seconds["text"], "s", seconds["okfn"], "okfn-iati"),
        *(
            Result("against schema and code lists", seconds["text"], "s", seconds[name], name)
            for name in ("iatikit",)
            if name in seconds
        ),
        Result(
            "against all checks, official validator",
            seconds["text"],
            "s",
            TIMES_OFFICIAL * seconds["schema"],
            f"estimated as {TIMES_OFFICIAL} times xmllint:",
        ),
        Result("memory, 48 MB", medians["text"].megabytes, "MB", LIMIT_MEGABYTES, "limit"),
        Result("memory, 250 MB", largest, "MB", LIMIT_MEGABYTES, "limit"),
    ]


def _check(file: Path, reference: Path, *options: str) -> list[str]:
    lists = reference / "iati" / "reference"
    outside = ["--publishers", str(lists / "publishers.csv")]
    outside += ["--agencies", str(lists / "registration-agencies.csv")]
    suivi = str(Path(sys.executable).with_name("suivi"))
    return [*_ANYHOW, suivi, "iati", "check", str(file), "--today", "2026-11-23", *outside, *options]


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=environment()
    )
    return time.perf_counter() - start


def main() -> None:
    """Print the results as JSON."""
    reference = reference_folder("bench.iati_check", "xmllint")
    results: list[Result] = []
    if reference:
        with tempfile.TemporaryDirectory(prefix="suivi-bench-") as folder:
            results = measure(reference, Path(folder))
    sys.stdout.write(as_json(results))


if __name__ == "__main__":
    main()
