"""`suivi plan read` of a made-up plan with 2,000 deliverables in each format, whole processes measured."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.plans import FORMATS
from bench.tables import Result

DELIVERABLES = 2_000
LIMIT_SECONDS = {"plan.pdf": 15.0}
LIMIT_OTHERS_SECONDS = 5.0
PEER = (
    "import sys, pdfplumber\nwith pdfplumber.open(sys.argv[1]) as f:\n [p.extract_tables() for p in f.pages]"
)


def measure() -> list[Result]:
    """Seconds of the whole command, its start included; the PDF also against pdfplumber's tables."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name, write in FORMATS.items():
            path = Path(folder) / name
            path.write_bytes(write(DELIVERABLES))
            limit = LIMIT_SECONDS.get(name, LIMIT_OTHERS_SECONDS)
            seconds = _seconds(
                [
                    str(Path(sys.executable).with_name("suivi")),
                    "plan",
                    "read",
                    str(path),
                    "-o",
                    f"{folder}/out.yaml",
                ]
            )
            results.append(
                Result(f"read {DELIVERABLES:,} deliverables, {path.suffix[1:]}", seconds, "s", limit, "limit")
            )
            if name == "plan.pdf":
                peer = _seconds([sys.executable, "-c", PEER, str(path)])
                results.append(
                    Result("the same PDF, against pdfplumber's tables", seconds, "s", peer, "pdfplumber")
                )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    results.append(
        Result("memory of the largest of these processes, the peer included", peak, "MB", 1024, "limit")
    )
    return results


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start
