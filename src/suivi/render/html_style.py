"""The style sheet inside an HTML document: calm paper, dark ink, one accent; dark by the reader's setting."""

from suivi.render.document import Document
from suivi.render.marks import MARKS
from suivi.render.runs import flat
from suivi.render.wording import Wording

# Inks and grounds of status in the dark, at least 7 to 1.
_DARK_STATUS = {
    "achieved": ("#a5cff7", "#12304d"),
    "on-track": ("#8adbb5", "#0d382a"),
    "in-progress": ("#bfc8f5", "#262d50"),
    "at-risk": ("#f3d07d", "#3f3008"),
    "off-track": ("#f8b398", "#4a1e0d"),
    "not-started": ("#c9d0d9", "#2b323b"),
    "no-recent-update": ("#c9d0d9", "#2b323b"),
    "decided-otherwise": ("#c9d0d9", "#2b323b"),
}
_LIGHT = {
    "ink": "#1c2430",
    "paper": "#fbfaf7",
    "muted": "#55606e",
    "accent": "#1d4e89",
    "line": "#c9cdd3",
    "faint": "#eceef0",
    "today": "#a3123a",
}
_DARK = {
    "ink": "#e8e6e1",
    "paper": "#14181e",
    "muted": "#a9b3bf",
    "accent": "#9cc4f0",
    "line": "#424b57",
    "faint": "#1d232b",
    "today": "#ff9db4",
}

_SHEET = """
*{box-sizing:border-box}
html{font:100%/1.55 "Noto Serif",Georgia,"Times New Roman",serif;color:var(--ink);background:var(--paper);
-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:0 1.25rem 4rem;max-width:72rem;overflow-wrap:break-word}
h1,h2,h3,h4,table,figcaption,.notice,.cover,nav,.small,summary,.box-title,caption{
font-family:"Noto Sans","Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
h1,h2,h3,h4{line-height:1.25;text-wrap:balance;break-after:avoid}
h1{font-size:1.75rem;margin:.5rem 0 1rem}
h2{font-size:1.375rem;margin:2.5rem 0 .75rem}
h3{font-size:1.125rem;margin:2rem 0 .5rem}
h4{font-size:1rem;margin:1.5rem 0 .5rem}
main p,main ul,main ol,.purpose,.box,.notes li,nav{max-width:68ch}
p{margin:.75rem 0}
p.lead{font-size:1.125rem}
p.small,.source{font-size:.875rem;color:var(--muted)}
p.numbered{padding-left:3rem}
p.numbered>.number{float:left;margin-left:-3rem;min-width:2.25rem}
li{margin:.25rem 0}
ol.lettered{list-style:lower-alpha}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{
outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;padding:.5rem 1rem;background:var(--paper)}
.notice{margin:0 -1.25rem;padding:.5rem 1.25rem;font-size:.875rem;background:var(--status-at-risk-ground);
color:var(--status-at-risk);border-bottom:1px solid}
.cover{border-bottom:2px solid var(--ink);padding:1.5rem 0 1rem;margin-bottom:1.5rem}
.organisation,.symbol{margin:0;color:var(--muted)}
.symbol{font-weight:700;color:var(--ink)}
.subtitle{font-size:1.125rem;margin-top:-.5rem;color:var(--muted)}
.purpose,.box{border:1px solid var(--ink);border-radius:4px;padding:.75rem 1rem;margin:1rem 0;
break-inside:avoid}
.purpose p{margin:.25rem 0 0}
.box{background:var(--faint);border-color:var(--line)}
.box-title{font-weight:700;margin:0 0 .5rem}
.box>:last-child{margin-bottom:0}
dl{margin:1rem 0 0;font-size:.9375rem}
dl div{display:grid;grid-template-columns:minmax(10rem,16rem) 1fr;gap:0 1rem;padding:.25rem 0}
dt{font-weight:700}dd{margin:0}
nav.contents ul{list-style:none;padding:0}
nav.contents .level-2{padding-left:1.25rem}
nav.contents .level-3{padding-left:2.5rem}
caption>span{display:inline-block;position:sticky;left:0;max-width:calc(100vw - 2.5rem)}
details caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.scroll{overflow-x:auto;margin:1.5rem 0 .5rem}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4;font-variant-numeric:tabular-nums}
caption,figcaption{text-align:left;font-weight:700;font-size:1rem;padding:0 0 .5rem}
th,td{padding:.375rem .5rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{border-top:2px solid var(--ink);border-bottom:2px solid var(--ink);vertical-align:bottom;
background:var(--paper)}
tr.group>*{background:var(--faint);font-weight:700;border-top:1px solid var(--ink)}
tr.subgroup>*{font-weight:700}
tr.total>*{font-weight:700;border-top:2px solid var(--ink)}
tbody th{font-weight:400}
tr.group>th,tr.subgroup>th,tr.total>th{font-weight:700}
.short{white-space:nowrap}
.center{text-align:center}.end{text-align:right}
figure{margin:2rem 0}
.drawing svg{max-width:100%;height:auto;display:block}
.drawing{overflow-x:auto}
summary{cursor:pointer;font-size:.875rem;color:var(--accent)}
.status{white-space:nowrap}
.status-mark{width:1em;height:1em;margin-right:.3em;vertical-align:-.12em}
.notes{border-top:1px solid var(--line);margin-top:3rem;font-size:.875rem}
sup{line-height:0}
@media (max-width:40rem){
dl div{grid-template-columns:1fr}
p.numbered{padding-left:2.25rem}p.numbered>.number{margin-left:-2.25rem;min-width:1.75rem}
table.many{min-width:40rem}table.dense{min-width:60rem}
.drawing svg{max-width:none}
.notice{position:static}
}
@media print{
:root{--paper:#fff}
html{font-size:10pt;background:none}
body{max-width:none;padding:0}
.skip,nav.contents,.notes [role=doc-backlink]{display:none}
main p,main ul,main ol,.purpose,.box,.notes li{max-width:none}
thead{display:table-header-group}
tr,li,.drawing,.whole{break-inside:avoid}
caption,thead,figcaption,.drawing,summary,tr.group{break-after:avoid}
caption>span{max-width:none}
summary{list-style:none;color:inherit;font-weight:700}
.wide{page:wide}
.scroll,.drawing{overflow:visible}
.page-break{break-before:page}
details::details-content{content-visibility:visible;height:auto}
p{orphans:2;widows:2}
a{color:inherit}
}
"""


def style_sheet(document: Document) -> str:
    """The whole sheet; notice and page number stand in the margin of each printed page."""
    wording = Wording.of(document.metadata.language)
    before, _, rest = wording.page_of.partition("%(page)s")
    between, _, after = rest.partition("%(pages)s")
    page = f"{_text(before)} counter(page) {_text(between)} counter(pages) {_text(after)}"
    first = ""
    boxes = f"@bottom-right{{content:{page};font:8pt sans-serif}}"
    if document.cover and document.cover.symbol:
        boxes += f"@bottom-left{{content:{_text(flat(document.cover.symbol))};font:8pt sans-serif}}"
    if document.notice:
        first = "@page:first{@top-center{content:none}}"  # the band is there already
        boxes += f"@top-center{{content:{_text(flat(document.notice))};font:8pt sans-serif;width:100%}}"
    return (
        f":root{{color-scheme:light dark;{_variables(_LIGHT, dark=False)}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(_DARK, dark=True)}}}}}"
        f"{_SHEET}@page{{size:A4;margin:20mm 16mm;{boxes}}}@page wide{{size:A4 landscape}}{first}"
    )


def _variables(colours: dict[str, str], *, dark: bool) -> str:
    """The custom properties of a reading: the colours of the page, then ink and ground of each status."""
    pairs = dict(colours)
    for mark in MARKS.values():
        ink, ground = _DARK_STATUS[mark.status] if dark else (mark.ink, mark.ground)
        pairs |= {f"status-{mark.status}": ink, f"status-{mark.status}-ground": ground}
    return ";".join(f"--{name}:{value}" for name, value in pairs.items())


def _text(words: str) -> str:
    """A CSS string; what is no plain letter or digit is written by its code, so that nothing can end it."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in words) + '"'
