"""What is remembered between runs, in SQLite; no other stage contains SQL.

Each file holds one thing: `store` the connection and its transactions, `migrations` the tables,
`doors` the translation of SQLite's failures, `lock` the one-run-at-a-time lock, `cache` what may be lost.
On the connection stand `progress` (ticks and check-ins), `schedules` (what status reads), `keys`
(identity of items), `facts` (counts for status) and `export`; for pushing `bindings` (what was last
written), `outbox` (what is being written) and `sights` (what was last seen).
"""
