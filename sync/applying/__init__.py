"""Plan to outcome, through the port; and what the other side has to tell, into the ledger.

In the order of a push: `looking` (one reading, and what the ledger knows), `settling` (what an
interrupted run left open), `absorbing` (ticks and edits made there), planning, then `numbering`
(steps to intents), `journal` (what is put down when) and `sending` (groups, answers, patience).
`pushing` and `pulling` put these together; `rehearsing` does it for a plan that is only shown,
`rebuilding` from an empty ledger. `routines` brings along what belongs to no phase, `counting` counts
requests, and `abreast` lets each target wait for its own service.
"""
