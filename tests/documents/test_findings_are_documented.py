"""Every code that a reading or a plan file can give stands in the reference."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = re.compile(
    r'"((?:row|column|columns|action|pillar|number|target|table|language|level|no|deliverables|timeframes?)-[a-z-]+'
    r'|plan-file-[a-z-]+|encoding)"[,:]'
)


def test_each_code_is_documented() -> None:
    documented = (ROOT / "docs" / "reference" / "reading-findings.md").read_text(encoding="utf-8")
    sources = (ROOT / "src" / "suivi" / "documents").rglob("*.py")
    codes = {code for path in sources for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert len(codes) > 20
    assert sorted(code for code in codes if f"`{code}`" not in documented) == []
