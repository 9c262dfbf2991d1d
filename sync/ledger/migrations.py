"""The tables, version by version; a ledger of any older version is brought up to the newest on opening.

`VERSIONS[n]` leads from `user_version` n to n + 1. An entry is never edited once released: a change
is a new entry.
"""

IDENTITY_AND_PROGRESS = (
    """CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE keys (
        key TEXT PRIMARY KEY,
        slug TEXT NOT NULL,
        place TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,   -- as first seen; the key's name was made from it
        latest TEXT NOT NULL,  -- as last seen
        gone INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID""",
    """CREATE INDEX keys_of_roadmap ON keys (slug)""",
    """CREATE TABLE renames (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE progress (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('done', 'undone', 'checkin')),
        at TEXT NOT NULL,      -- UTC, always with microseconds, so that text order is time order
        source TEXT NOT NULL,  -- where it was seen: text, cli, or the name of a target
        hours REAL,
        energy INTEGER CHECK (energy BETWEEN 1 AND 10),
        note TEXT NOT NULL DEFAULT ''
    )""",
    """CREATE INDEX progress_of_item ON progress (key, at)""",
    # The same tick reported twice by the same place is one tick.
    """CREATE UNIQUE INDEX one_tick ON progress (key, kind, at, source) WHERE kind <> 'checkin'""",
    """CREATE TRIGGER progress_is_never_changed BEFORE UPDATE ON progress
        BEGIN SELECT RAISE(ABORT, 'progress is append-only'); END""",
    """CREATE TRIGGER progress_is_never_deleted BEFORE DELETE ON progress
        BEGIN SELECT RAISE(ABORT, 'progress is append-only'); END""",
    """CREATE TABLE standing (
        key TEXT PRIMARY KEY,
        done INTEGER NOT NULL,
        since TEXT NOT NULL    -- the first entry of the last unbroken run of ticks (or unticks)
    ) WITHOUT ROWID""",
    # The standing is derived from the log at every entry, so entries may arrive in any order.
    """CREATE TRIGGER standing_follows_progress AFTER INSERT ON progress WHEN NEW.kind <> 'checkin'
        BEGIN
            DELETE FROM standing WHERE key = NEW.key;
            INSERT INTO standing (key, done, since)
            SELECT last.key, last.kind = 'done', (
                SELECT min(run.at) FROM progress AS run
                WHERE run.key = last.key AND run.kind = last.kind AND NOT EXISTS (
                    SELECT 1 FROM progress AS turn
                    WHERE turn.key = run.key AND turn.kind NOT IN (run.kind, 'checkin')
                    AND (turn.at, turn.id) > (run.at, run.id)
                )
            )
            FROM progress AS last WHERE last.key = NEW.key AND last.kind <> 'checkin'
            ORDER BY last.at DESC, last.id DESC LIMIT 1;
        END""",
    """CREATE TABLE marks (key TEXT PRIMARY KEY, done INTEGER NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE roadmaps (
        slug TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        file TEXT NOT NULL,
        timezone TEXT NOT NULL,
        start TEXT,
        last TEXT,
        stamp TEXT NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE items (
        slug TEXT NOT NULL,
        position INTEGER NOT NULL,  -- the order of the text
        key TEXT NOT NULL,
        phase TEXT,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        start TEXT,                 -- a date, or a date-time with offset
        until TEXT,                 -- the first day after the item
        tick INTEGER NOT NULL,
        minutes INTEGER,
        parent TEXT,
        PRIMARY KEY (slug, position)
    ) WITHOUT ROWID""",
    """CREATE INDEX items_by_key ON items (key)""",
    """CREATE INDEX items_to_tick ON items (slug, until) WHERE tick""",
)

PUSHING = (
    """CREATE TABLE bindings (
        target TEXT NOT NULL,
        key TEXT NOT NULL,
        roadmap TEXT NOT NULL,
        phase TEXT,
        title TEXT NOT NULL,
        remote_id TEXT NOT NULL,
        revision INTEGER NOT NULL, -- of the write that is remembered
        imprint TEXT NOT NULL,     -- fingerprints of the fields after that write
        live INTEGER NOT NULL,     -- 0 once forgotten
        issued INTEGER NOT NULL,   -- the highest revision ever given out; outlives all else
        PRIMARY KEY (target, key)
    ) WITHOUT ROWID""",
    """CREATE TABLE outbox (
        target TEXT NOT NULL,
        key TEXT NOT NULL,
        position INTEGER NOT NULL,
        intent TEXT NOT NULL,      -- the whole intent as JSON
        payload BLOB,              -- the bytes that were sent; NULL as long as nothing was
        PRIMARY KEY (target, key)
    ) WITHOUT ROWID""",
    """CREATE TABLE pushes (
        target TEXT NOT NULL,
        roadmap TEXT NOT NULL,
        phase TEXT NOT NULL,
        text TEXT NOT NULL,        -- content hash of the document
        reader TEXT NOT NULL,      -- version of the reader
        PRIMARY KEY (target, roadmap, phase)
    ) WITHOUT ROWID""",
    """CREATE TABLE sights (
        target TEXT NOT NULL,
        key TEXT NOT NULL,
        present INTEGER NOT NULL,
        done TEXT NOT NULL,        -- '' while open, else when it was ticked, or 'yes'
        imprint TEXT NOT NULL,     -- of the fields as they were when last looked at
        PRIMARY KEY (target, key)
    ) WITHOUT ROWID""",
    """CREATE TABLE mirrors (target TEXT PRIMARY KEY, memory BLOB NOT NULL) WITHOUT ROWID""",
)

STATUS = (
    # A streak is looked up day by day, from the last one back.
    """CREATE INDEX progress_by_time ON progress (at)""",
    """CREATE INDEX sights_removed ON sights (key) WHERE NOT present""",
)

VERSIONS: tuple[tuple[str, ...], ...] = (IDENTITY_AND_PROGRESS, PUSHING, STATUS)
