"""All benchmarks, one table after the other: `make bench`."""

from benchmarks import app, google, ics, planning, pushes, reading, repair, status

TABLES = {
    "Text repair": repair.main,
    "Reading": reading.main,
    "Feeds": ics.main,
    "Planning and ledger": planning.main,
    "Whole commands": app.main,
    "Google Calendar": google.main,
    "Whole pushes": pushes.main,
    "Everyday commands": status.main,
}

for title, main in TABLES.items():
    print(f"\n{title}\n{'-' * len(title)}", flush=True)
    main()
