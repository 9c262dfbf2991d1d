"""A progress list that repeats a plan, however long the plan is."""

from sync.model import Role
from sync.reading.reader import read

NUMBERS = range(1, 401)
"""More titles than those in which a word still tells one from another."""


def document(*boxes: str) -> str:
    plan = "".join(f"- [ ] Paint canvas {number} n{number:04}\n" for number in NUMBERS)
    listed = "".join(f"- [x] {box}\n" for box in boxes)
    return f"# Canvases\n\n## Week 1\n{plan}\n## Progress tracker\n{listed}"


def done(text: str) -> tuple[int, list[str]]:
    """How many tasks there are, and which of them are done."""
    roadmap = read(text.encode(), "canvases").roadmap
    week = next(entry for entry in roadmap.entries if entry.children)
    tasks = [*week.children, *(entry for entry in roadmap.entries if entry is not week)]
    assert all(line.role is not Role.UNKNOWN for line in roadmap.lines)
    return len(tasks), [task.title for task in tasks if task.done]


def test_a_box_in_other_words_is_found_by_a_rare_word_among_many_titles():
    assert done(document("Canvas n0007, painted")) == (400, ["Paint canvas 7 n0007"])


def test_a_box_in_the_same_words_is_found_among_many_titles():
    assert done(document("paint canvas 9 n0009")) == (400, ["Paint canvas 9 n0009"])


def test_a_box_that_shares_only_words_of_every_title_is_work_of_its_own():
    assert done(document("Paint another canvas")) == (401, ["Paint another canvas"])


def test_a_week_of_no_month_is_that_of_the_one_month_and_of_none_where_there_are_several():
    may, june = "# May 2026\n## Week 3\n- [ ] Paint\n", "# June 2026\n## Week 3\n- [ ] Sketch\n"
    told = "# Notes\n## Week 3\n- [ ] Frame\n"
    texts = may + told, told + may, may + june, may + june + told
    roadmaps = [read(text.encode(), "canvases").roadmap for text in texts]
    assert [len(_weeks(each.entries)) for each in roadmaps] == [1, 1, 2, 3]


def _weeks(entries):
    return [each for entry in entries for each in (entry, *_weeks(entry.children)) if "Week" in each.title]
