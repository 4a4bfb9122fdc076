"""Builds the code lists that come with the package: `python -m tools.iati_codelists FOLDER`.

FOLDER holds one table for each list and INDEX.csv. Source of the facts: IATI Standard, CC BY 4.0.
"""

import sys
from pathlib import Path

import suivi.iati.codelists
from suivi.iati.codelists.updating import update

if __name__ == "__main__":
    lists, codes = update(Path(sys.argv[1]), Path(suivi.iati.codelists.__file__).parent)
    print(f"{lists} lists, {codes} codes")
