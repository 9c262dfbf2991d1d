"""The outline: blocks with their source lines, nested the way people mean them."""

import pytest
from hypothesis import given

from sync.reading.decoding import split_lines
from sync.reading.document import outline
from sync.reading.nodes import Node, Shape
from tests.reading.fragments import texts


def places(text: str) -> bool:
    return text.casefold().startswith(("week", "day", "4 may"))


def root_of(text: str, first: int = 0) -> Node:
    return outline(split_lines(text), first, places)


def sketch(node: Node) -> list[object]:
    """Name and text of each child, with the sketches of what stands below."""
    made: list[object] = []
    for child in node.children:
        made.append(f"{child.shape.name.lower()} {child.text}".strip())
        if child.children:
            made.append(sketch(child))
    return made


def test_headings_hold_what_stands_below_them():
    assert sketch(root_of("# A\n\ntext\n\n## B\n\n- one\n\n# C\n")) == [
        "heading A",
        ["paragraph text", "heading B", ["item one"]],
        "heading C",
    ]


def test_a_lower_heading_above_a_higher_one_holds_nothing_of_it():
    assert sketch(root_of("### deep\n# top\n")) == ["heading deep", "heading top"]


def test_underlined_headings_are_headings():
    assert sketch(root_of("Title\n=====\n\nSub\n---\n\ntext\n")) == [
        "heading Title",
        ["heading Sub", ["paragraph text"]],
    ]


def test_a_bold_line_acts_as_a_heading_below_real_ones():
    assert sketch(root_of("## B\n\n**Week 1: start**\n\n- one\n\n**Week 2**\n\n- two\n")) == [
        "heading B",
        ["strong Week 1: start", ["item one"], "strong Week 2", ["item two"]],
    ]


def test_an_italic_line_acts_as_a_heading():
    assert sketch(root_of("*Week 1*\n\n- one\n")) == ["strong Week 1", ["item one"]]


def test_a_very_long_bold_line_is_a_sentence():
    assert root_of(f"**{'word ' * 30}end**\n").children[0].shape is Shape.PARAGRAPH


def test_a_plain_line_with_a_place_before_a_list_acts_as_a_heading():
    assert sketch(root_of("Week 3: Bird\n\n- wings\n")) == ["strong Week 3: Bird", ["item wings"]]


def test_a_line_that_ends_in_a_colon_introduces_its_list_and_no_more():
    assert sketch(root_of("You need:\n\n- glue\n\nAnd so on.\n")) == [
        "label You need:",
        ["item glue"],
        "paragraph And so on.",
    ]


def test_a_colon_without_a_list_is_just_a_line():
    assert sketch(root_of("You need:\n\nglue\n")) == ["paragraph You need:", "paragraph glue"]


def test_nested_lists_keep_their_parents():
    assert sketch(root_of("- a\n  - b\n    1. c\n- d\n")) == ["item a", ["item b", ["item c"]], "item d"]


def test_boxes_are_taken_from_items_and_from_plain_lines():
    found = [(node.text, node.box) for node in root_of("- [ ] a\n- [x] b\n- c\n\n☐ d\n").walk() if node.text]
    assert found == [("a", False), ("b", True), ("c", None), ("d", False)]


def test_an_empty_item_still_counts():
    root = root_of("- [ ]\n-\n- x\n")
    assert [(node.text, node.line) for node in root.children] == [("", 1), ("", 2), ("x", 3)]


def test_wrapped_lines_belong_together_and_own_lines_stay_apart():
    text = "one sentence that\nruns on\nWeek 2 is its own\n**Bold:** too\n🎯 and this\n"
    assert [(node.text, node.line, node.end) for node in root_of(text).children] == [
        ("one sentence that runs on", 1, 2),
        ("Week 2 is its own", 3, 3),
        ("Bold: too", 4, 4),
        ("and this", 5, 5),
    ]


@pytest.mark.parametrize("end", ["  ", "\\", "<br>", "<br/>"])
def test_a_hard_break_ends_a_line(end: str):
    assert len(root_of(f"one{end}\ntwo\n").children) == 2


def test_the_lines_of_an_item_are_its_own_and_then_its_paragraphs():
    root = root_of("- [ ] a task\n  that wraps\n\n  A note of its own.\n")
    task = root.children[0]
    assert (task.text, task.box, task.line, task.end) == ("a task that wraps", False, 1, 4)
    assert sketch(task) == ["paragraph A note of its own."]


def test_quotes_are_known_and_their_bold_lines_are_no_headings():
    root = root_of("> **bold**\n>\n> - item\n\nafter\n")
    assert [(node.shape, node.quoted) for node in root.children] == [
        (Shape.PARAGRAPH, True),
        (Shape.ITEM, True),
        (Shape.PARAGRAPH, False),
    ]


def test_a_table_has_a_header_rows_and_cells():
    table = root_of("| Day | Task |\n|---|---|\n| 1 | **Run** |\n| 2 |\n").children[0]
    assert table.shape is Shape.TABLE
    assert [(row.shape, row.line, row.cells) for row in table.children] == [
        (Shape.HEADER, 1, ("Day", "Task")),
        (Shape.ROW, 3, ("1", "**Run**")),
        (Shape.ROW, 4, ("2", "")),
    ]


def test_a_fence_keeps_its_text_and_its_word():
    fence = root_of("```json\n{}\n```\n").children[0]
    assert (fence.shape, fence.info, fence.markup, fence.line, fence.end) == (
        Shape.FENCE,
        "json",
        "{}\n",
        1,
        3,
    )


def test_html_is_kept_as_it_stands():
    assert root_of("<div>\nx\n</div>\n").children[0].shape is Shape.HTML


@pytest.mark.parametrize("declared", ["<!DOCTYPE html>", "<div>\n<![endif]-->", "<div>\n<![](x)>"])
def test_a_declaration_of_html_hides_nothing_below_it(declared: str):
    shapes = [child.shape for child in root_of(f"{declared}\n\n<h2>Week 1</h2>\n").children]
    assert shapes == [Shape.HTML, Shape.HEADING]


def test_a_rule_closes_bold_headings_but_not_real_ones():
    assert sketch(root_of("## B\n\n**Week 1**\n\ntext\n\n---\n\nafter\n")) == [
        "heading B",
        ["strong Week 1", ["paragraph text"], "rule", "paragraph after"],
    ]


def test_deep_indentation_is_no_code():
    assert sketch(root_of("text\n\n      - [ ] far in\n")) == ["paragraph text", "item far in"]


def test_link_definitions_do_not_vanish():
    assert sketch(root_of("[ref]: http://example.org\n")) == ["paragraph [ref]: http://example.org"]


def test_lines_are_counted_from_the_top_of_the_file():
    root = root_of("---\nroadmap: {}\n---\n# A\n\n- b\n", first=3)
    assert [(node.line, node.end) for node in root.walk()][1:] == [(4, 4), (6, 6)]


def test_an_empty_document_has_an_empty_outline():
    assert root_of("").children == []


@given(texts)
def test_every_node_lies_in_the_text_and_inside_its_parent(text: str):
    lines = split_lines(text.replace("\x00", ""))
    for node in outline(lines, 0, places).walk():
        assert 1 <= node.line <= max(1, len(lines))
        assert node.line <= node.end
        for child in node.children:
            assert child.line >= node.line


def test_a_sentence_that_ends_with_its_date_goes_on_in_the_next_line():
    assert [node.text for node in root_of("We met on\nWeek 1.\nIt went well.").children] == [
        "We met on", "Week 1. It went well.",
    ]  # fmt: skip
