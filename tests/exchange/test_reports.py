"""Dossiers, letters, tables and comparisons hold their shape whatever the texts say."""

import csv
import io
from html.parser import HTMLParser
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import HOSTILE, NOW

from poa_tracker import compare
from poa_tracker.exchange import markdown
from poa_tracker.exchange.comparisons import Pair, comparison_html, comparison_text
from poa_tracker.exchange.reports import caseload_report, dossier, letter, segments
from poa_tracker.text.clean import visible
from poa_tracker.workflow import (
    Desk,
    list_cases,
    log_notice,
    log_response,
    open_case,
    show_case,
    start_draft,
    submit_version,
)

VOID = {"meta", "br", "link"}


class Shape(HTMLParser):
    """The tags of a page, checked to be closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not [name for name, _ in attrs if name.startswith("on") or name == "src"]
        self.seen.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def shape(page: str) -> Shape:
    parser = Shape()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    assert "script" not in parser.seen
    return parser


@pytest.fixture
def hostile(desk: Desk) -> Desk:
    """A desk with one case whose every text is hostile."""
    words = "\n".join(HOSTILE)
    open_case(desk, seller=words, title=words, reference="H-1", marketplace=words, scope=words)
    log_notice(desk, "H-1", f"Why did this happen?\nOrders were late {words}.", subject=words)
    start_draft(desk, "H-1", body=words)
    submit_version(desk, "H-1", 1, note=words, channel=words)
    log_response(desk, "H-1", f"Your plan is not complete. {words}", source=words)
    return desk


@pytest.mark.parametrize("kind", ["md", "html"])
def test_dossier_has_every_text_of_every_case(caseload: Desk, kind: Literal["md", "html"]) -> None:
    for row in list_cases(caseload):
        file = show_case(caseload, row.reference)
        text = dossier(file, format=kind, now=NOW)
        if kind == "html":
            text = "".join(shape(text).text)
        bodies = [n.body for n in file.notices] + [v.body for v in file.versions]
        for body in bodies + [r.body for r in file.responses]:
            assert body.strip() in text
        assert "undefined" not in text.lower()


def test_hostile_texts_stay_inside_their_place(hostile: Desk) -> None:
    file = show_case(hostile, "H-1")
    page = dossier(file, format="html", now=NOW)
    shape(page)
    for code in ("\x1b", "\u202e", "\x00", "\ud800", "<script"):
        assert code not in page
    text = dossier(file, format="md", now=NOW)
    outside = _outside_fences(text)
    headings = [line for line in outside if line.startswith("#")]
    assert "# heading" not in headings
    assert [h for h in headings if h.startswith("## ")] == [
        "## Timeline",
        "## Notices",
        "## Plans of action and Amazon's answers",
        "## History",
    ]
    assert not [line for line in outside if "<script" in line.replace("\\<", "")]
    rows = [line for line in outside if line.startswith("| ")]
    assert {line.replace("\\|", "").count("|") for line in rows} <= {4, 6}


def _outside_fences(text: str) -> list[str]:
    out, fence = [], ""
    for line in text.split("\n"):
        if fence:
            fence = "" if line == fence else fence
        elif line.startswith("```"):
            fence = line.removesuffix("text")
        else:
            out.append(line)
    assert fence == ""
    return out


def test_letter_carries_its_body_to_the_last_character(hostile: Desk, caseload: Desk) -> None:
    for reference in ("H-1", "LA-2024-01"):
        file = show_case(caseload, reference)
        for version in file.versions:
            assert version.body in letter(file, version.number)
    assert hostile is caseload


def test_caseload_in_three_forms(hostile: Desk) -> None:
    rows = list_cases(hostile)
    table = list(csv.reader(io.StringIO(caseload_report(rows, format="csv", now=NOW))))
    assert [len(row) for row in table] == [11, 11]
    shape(caseload_report(rows, format="html", now=NOW))
    lines = caseload_report(rows, format="md", now=NOW).splitlines()
    assert lines[-1].replace("\\|", "").count("|") == 12


@given(st.text(max_size=60))
def test_segments_are_the_text(text: str) -> None:
    marks = [(0, len(text) // 2, "cause"), (len(text) // 3, len(text), "demand"), (5, 3, "cause")]
    assert "".join(piece.text for piece in segments(text, marks)) == visible(text)


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=60))
def test_fences_hold(text: str) -> None:
    lines = markdown.fenced(text).split("\n")
    fence = lines[0].removesuffix("text")
    assert lines[-1] == fence
    assert fence not in lines[1:-1]
    assert "\n" not in markdown.inline(text)


def test_comparison_as_text_and_page(caseload: Desk) -> None:
    file = show_case(caseload, "BF-2024-01")
    pair = Pair(compare(file.version(1).body, file.version(2).body), "version 1", "version 2")
    page = shape(comparison_html([pair]))
    told = "".join(page.text)
    for row in pair.comparison.rows:
        for text, span in ((pair.comparison.old, row.old), (pair.comparison.new, row.new)):
            if span:
                assert text[span[0] : span[1]].rstrip() in told
    assert comparison_text(pair).startswith("version 1 → version 2: ")
    same = Pair(compare("We ship on time.", "We ship on time."), "a", "b")
    assert "same to the last character" in comparison_text(same)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_can_be_shown(old: str, new: str) -> None:
    pair = Pair(compare(old, new), "a", "b")
    shape(comparison_html([pair]))
    assert "\x1b" not in comparison_text(pair)
