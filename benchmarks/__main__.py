"""All benchmarks, one table after the other: `make bench`."""

from benchmarks import app, ics, planning, reading, repair

TABLES = {
    "Text repair": repair.main,
    "Reading": reading.main,
    "Feeds": ics.main,
    "Planning and ledger": planning.main,
    "Whole commands": app.main,
}

for title, main in TABLES.items():
    print(f"\n{title}\n{'-' * len(title)}", flush=True)
    main()
