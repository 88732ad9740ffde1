"""The whole review of a draft through the public function."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poa_tracker import review_draft
from poa_tracker.review import Finding, Review

OLD = (
    "Root cause\nWe bought the headphones from three traders on a wholesale website because their price was lower.\n\n"
    "Preventive actions\nEvery delivery will be inspected by two employees before it enters our warehouse.\n"
)
DRAFT = (
    "Dear Team,\n\nRoot cause\nNobody compared the delivery notes with the invoices.\n\n"
    "Actions\nWe stopped the sale on May 2.\n\n"
    "Prevention\nEvery delivery will be inspected by two employees before it enters our warehouse.\n"
)
SENTENCE = "Every delivery will be inspected by two employees before it enters our warehouse."


def of(review: Review, rule: str) -> list[Finding]:
    return [f for f in review.findings if f.rule == rule]


def test_refused_wording_is_a_warning_with_its_source() -> None:
    (finding,) = of(review_draft(DRAFT, rejected=["Other words.", OLD]), "repeated-wording")
    assert finding.severity == "warning"
    assert finding.level == "verbatim"
    assert (
        finding.message == "Amazon has refused this wording before (version text 2, word for word)."
    )
    assert DRAFT[finding.start : finding.end] == SENTENCE
    assert finding.source is not None
    assert (finding.source.document, finding.source.index) == ("rejected", 1)
    assert OLD[finding.source.start : finding.source.end] == SENTENCE


def test_a_reworded_statement_is_a_hint() -> None:
    draft = "Prevention\nTwo colleagues examine each incoming consignment before it reaches our storage.\n"
    (finding,) = of(review_draft(draft, rejected=[OLD]), "repeated-wording")
    assert (finding.severity, finding.level) == ("hint", "heavy")


@pytest.mark.parametrize(
    ("elsewhere", "same", "words"),
    [
        ([OLD], frozenset(), "a letter of another case ("),
        ([OLD], frozenset({0}), "another case of this account"),
        ([OLD, "x", OLD], frozenset({0}), "2 letters of other cases"),
    ],
)
def test_wording_of_other_cases(elsewhere: list[str], same: frozenset[int], words: str) -> None:
    (finding,) = of(review_draft(DRAFT, elsewhere=elsewhere, same_account=same), "copied-wording")
    assert finding.severity == "warning"
    assert words in finding.message
    assert finding.source is not None
    assert finding.source.document == "elsewhere"


def test_wording_refused_here_is_not_told_again_as_copied() -> None:
    review = review_draft(DRAFT, rejected=[OLD], elsewhere=[OLD])
    assert len(of(review, "repeated-wording")) == 1
    assert of(review, "copied-wording") == []


def test_points_of_notices_and_responses_are_checked() -> None:
    notice = "Please provide invoices from the last 365 days."
    response = "We could not verify the information. Please explain how you store returned units."
    review = review_draft(DRAFT, notices=[notice], responses=[response])
    assert {p.source.document for p in review.points} <= {"notice", "response"}
    for checked in review.points:
        text = notice if checked.source.document == "notice" else response
        assert text[checked.source.start : checked.source.end]
    given_points = [(p.point, p.source) for p in review.points[:1]]
    again = review_draft(DRAFT, notices=[notice], responses=[response], points=given_points)
    assert [p.point for p in again.points] == [p for p, _ in given_points]


def test_an_empty_draft_repeats_nothing() -> None:
    review = review_draft("", rejected=[OLD], elsewhere=[OLD])
    assert of(review, "repeated-wording") == []
    assert of(review, "copied-wording") == []


TEXT = st.one_of(st.text(max_size=60), st.sampled_from([DRAFT, OLD, "\ud800\x00\u200b" + OLD]))


@given(TEXT, TEXT, TEXT, TEXT)
@settings(max_examples=60, deadline=None)
def test_any_text_gives_findings_in_order_inside_the_draft(
    draft: str, notice: str, old: str, other: str
) -> None:
    review = review_draft(
        draft, notices=[notice], responses=[other], rejected=[old], elsewhere=[other]
    )
    assert [f.start for f in review.findings] == sorted(f.start for f in review.findings)
    for finding in review.findings:
        assert 0 <= finding.start <= finding.end <= len(draft)
        finding.fingerprint(draft)
    json.dumps(review.to_dict())


def test_a_request_that_comes_again_is_a_new_finding() -> None:
    """What was dismissed for one mail counts again when another asks for it, even word for word."""
    demand = "Please send us invoices from your supplier."
    notice = f"Your listing was removed because of inauthentic complaints. {demand}"
    draft = "We fixed the listing and we are sorry for the trouble."

    def asked(*responses: str) -> dict[str, str]:
        found = review_draft(draft, notices=[notice], responses=responses).findings
        return {
            f"{f.source.document}{f.source.index}": f.fingerprint(draft)
            for f in found
            if f.rule == "omitted-point" and f.source and f.point and f.point.kind == "demand"
        }

    once = asked()
    refused = asked(f"We cannot reinstate you. {demand}")
    twice = asked(f"We cannot reinstate you. {demand}", f"Hello again.\n\n{demand}")
    assert set(twice) == {"notice0", "response0", "response1"}
    assert len(set(twice.values())) == 3
    assert refused.items() <= twice.items()
    assert once.items() <= refused.items()


def test_one_text_in_place_of_a_sequence_is_refused() -> None:
    with pytest.raises(TypeError, match="notices"):
        review_draft("x", notices="one text")


def test_lists_and_tuples_of_texts_are_the_same() -> None:
    notice = "Why did this happen?\nYour late shipment rate is 9.4%."
    assert review_draft("x", notices=(notice,)) == review_draft("x", notices=[notice])
