"""Schedule, remote and memory to a plan; pure, and knowing no target by name.

Read in this order: `witnesses` (what the roadmap wants, what we last wrote), `decisions` (the table:
one item, three witnesses, one step), `scopes` (what a push is about), `plans` (steps, counts, digest),
`comparing` (all items of one push) and `safety` (what a plan must not do without being asked). Beside
these stand `days` (when an item is over), `withdrawing` (the plan that takes everything off) and
`telling` (a plan as plain data).
"""
