"""The interpretation: what a reader of a format took off, lines and tables, becomes a plan.

It knows no format. Three steps, each in modules of its own:

1. The survey looks at the whole document first (`layout`): which rows are headings
   (`columns`), which tables stand on their side (`cards`), which labels stand in front of numbers, and which
   levels are pillars, actions and deliverables (`levels`; `prose` where there are no tables).
2. The walk (`reading`) goes through lines and tables in their order and puts what they say into an outline
   (`outline`). Lines outside tables are read by `lines` and `head`, rows by `tables`: those across a table by
   `across`, ordinary ones by `entries` and `fields`, cells with several entries by `items`. What is carried
   from block to block is one object (`state`).
3. The assembly (`assembly`) makes the plan: numbers (`numbers_given`), time frames (`windows`),
   targets, strands, links, each with its source and how sure it is.

The ledger (`ledger`) accounts for every line: what it went into, or why it was left out. What is doubtful is
a finding; nothing is refused here.
"""
