"""The reference folder that the IATI files to measure with come from."""

import os
import shutil
import sys
from pathlib import Path

_FILE = Path("iati") / "bench" / "real-48mb.xml.gz"


def reference_folder(module: str, *programs: str) -> Path | None:
    """The folder of SUIVI_REFERENCE_DIR; None where nothing can be measured, and a line on stderr says why.

    `programs` are the peers that have to be installed.
    """
    given = os.environ.get("SUIVI_REFERENCE_DIR")
    missing = [name for name in programs if shutil.which(name) is None]
    if not given:
        reason = "SUIVI_REFERENCE_DIR is not set; it names the folder of reference files"
    elif not (Path(given) / _FILE).is_file():
        reason = f"{Path(given) / _FILE} is not there"
    elif missing:
        reason = f"not installed: {', '.join(missing)}"
    else:
        return Path(given)
    print(f"{module}: skipped, nothing was measured: {reason}.", file=sys.stderr)
    return None
