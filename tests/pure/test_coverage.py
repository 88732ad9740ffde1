"""The omission check: single cases, laws for any text, and floors of the corpus figures."""

from pathlib import Path

import pytest
from corpus_figures import coverage as figures
from hypothesis import given, settings
from hypothesis import strategies as st

from poa_tracker.amazon import read_notice
from poa_tracker.review.coverage import check_points, omissions
from poa_tracker.review.findings import CheckedPoint, Source

CORPUS = Path(__file__).parent.parent / "corpus"
NOTICE = """Hello,

Why did this happen?
Buyers reported that the glass jars were broken on arrival.
Messages from buyers went unanswered for more than 48 hours.

What do you need from me?
Send a plan of action. In addition, provide:
- Copies of invoices from your supplier issued in the last 365 days
- Photographs of the packaging you use now
"""


def check(draft: str, notice: str = NOTICE) -> dict[str, CheckedPoint]:
    points = [(p, Source("notice", 0, p.start, p.end), notice) for p in read_notice(notice).points]
    return {notice[c.point.start : c.point.end].split()[0]: c for c in check_points(draft, points)}


def test_an_empty_draft_leaves_every_point_open() -> None:
    checked = check("")
    assert len(checked) == 4
    assert not any(c.covered for c in checked.values())
    found = omissions(list(checked.values()))
    assert {f.rule for f in found} == {"omitted-point"}
    assert all(
        f.severity == "warning" and f.start == f.end == 0 and f.point and f.source for f in found
    )


def test_what_is_answered_is_covered_and_what_is_not_is_open() -> None:
    checked = check(
        "The jars broke because they travelled in a single-wall carton without dividers.\n"
        "Attached: invoices 20881 and 21340 of our supplier, May to January."
    )
    assert checked["Buyers"].covered
    assert checked["Copies"].covered
    assert not checked["Photographs"].covered
    assert not checked["Messages"].covered


def test_a_chinese_draft_answers_an_english_notice() -> None:
    checked = check(
        "玻璃罐破损的原因是纸箱太薄,没有缓冲材料。买家消息没有及时回复,因为客服离职。附件为供应商发票。"
    )
    assert checked["Buyers"].covered
    assert checked["Messages"].covered
    assert checked["Copies"].covered


def test_a_verdict_shows_its_place_and_its_reason() -> None:
    draft = "We looked into it.\nThe jars were broken because the carton was too thin."
    one = check(draft)["Buyers"]
    start, end = one.passages[0]
    assert "jars" in draft[start:end]
    assert one.reason.endswith(".")
    assert 0 <= one.confidence <= 1


def test_the_same_words_in_another_mail_are_a_point_of_their_own() -> None:
    points = read_notice(NOTICE).points
    twice = [(p, Source("notice", 0, p.start, p.end), NOTICE) for p in points] + [
        (p, Source("response", 0, p.start, p.end), NOTICE) for p in points
    ]
    assert len(check_points("", twice)) == 2 * len(points)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=400), st.text(st.characters(), max_size=400))
def test_any_text_is_checked_without_error(notice: str, draft: str) -> None:
    points = [(p, Source("notice", 0, p.start, p.end), notice) for p in read_notice(notice).points]
    checked = check_points(draft, points)
    assert len(checked) == len(points)
    for one in checked:
        assert all(0 <= s <= e <= len(draft) for s, e in one.passages)
    for found in omissions(checked):
        assert 0 <= found.start <= found.end <= len(draft)


@pytest.mark.parametrize(
    ("name", "found", "f1"),
    [("dev", 0.95, 0.5), ("r1-en", 0.95, 0.45), ("r3-en", 0.95, 0.4), ("r6-zh", 0.95, 0.4)],
)
def test_the_corpus_figures_hold(name: str, found: float, f1: float) -> None:
    measured = figures.score(figures.load(CORPUS / f"{name}-coverage.jsonl"))
    assert measured.found / measured.raises >= found
    assert measured.f1() >= f1
