"""Documents in the manner of those that people paste, invented for the tests."""

WEEK = """\
# Sketching in a week

A page a day is enough.

## Day 1: lines
- [ ] Fill a page with straight lines
- [ ] Fill a page with circles

## Day 2: boxes
- [x] Draw twenty boxes

## Day 3-4: light
- [ ] Shade what you have drawn
"""

STARTED = f"---\nroadmap: {{start: 2026-03-02}}\n---\n{WEEK}"
"""The same week with a start."""

TALKED = f"""\
Perfect. Here is your plan, let's make it happen.

---

{WEEK}
---

Say: "start" and I will walk you through day 1.
"""

DATED = """\
# Orchard 2026

Start: 2 March 2026

## Key dates
- 20 March 2026: grafting course
- Deadline: 30 March 2026 - order the trees

## Week 1 (2 Mar - 8 Mar)
- [ ] Measure the plot
- [ ] Test the soil

## Week 2 (9 Mar - 15 Mar)
- [ ] Dig the holes
"""

EVENINGS = """\
# Evenings 2026

**Start:** 2 March 2026
**End:** 27 March 2026

- Monday to Friday, 18:00-20:00: practice the cello
- Saturday, 10:00-12:00: orchestra
"""

LANGUAGE = """\
# Portuguese in March

**Start:** 2 March 2026
**End:** 27 March 2026

- Monday to Friday, 19:00-20:00: vocabulary
- Wednesday 19:30-21:00: conversation group
"""

COUNTDOWN = """\
# Moving house

## 4 weeks before the move
- [ ] Give notice

## 1 week before the move
- [ ] Pack the books
"""

BROKEN = """\
# Choir 2026

- [ ] 30 February 2026: auditions
- [ ] 3 March 2026: first rehearsal
- [ ] 10 March 2026: second rehearsal
"""

UNTITLED = """\
- [ ] 3 March 2026: call the plumber
- [ ] 5 March 2026: paint the door
"""

PHASED = """\
# Allotment 2026

## Phase 1: clearing (2 March 2026 - 15 March 2026)
- [ ] 3 March 2026: cut the brambles
- [ ] 10 March 2026: burn the cuttings

## Phase 2: planting (16 March 2026 - 29 March 2026)
- [ ] 17 March 2026: sow the beans
"""

TEN = "# Ten 2026\n\n" + "".join(f"- [ ] {day} March 2026: step {day}\n" for day in range(3, 13))
"""Ten items, enough for a share of them to be at stake."""

DOCUMENTS = {
    "week": WEEK, "talked": TALKED, "dated": DATED, "evenings": EVENINGS, "language": LANGUAGE,
    "countdown": COUNTDOWN, "broken": BROKEN, "untitled": UNTITLED, "phased": PHASED,
}  # fmt: skip


def damaged(text: str) -> bytes:
    """The text as it comes out of an editor that took UTF-8 for Mac Roman."""
    return text.encode().decode("mac_roman").encode()
