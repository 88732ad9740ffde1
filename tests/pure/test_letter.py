"""The letter itself: parts that are absent, blanks, facts of other cases."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poa_tracker.review import review_draft
from poa_tracker.review.findings import Finding
from poa_tracker.review.letter import letter_findings

PLAN = "Why?\nBuyers complained.\n\nPlease send a plan of action."


def findings(
    draft: str,
    *,
    responses: Sequence[str] = (),
    own: Sequence[str] = (),
    foreign: Sequence[str] = (),
    elsewhere: Sequence[str] = (),
) -> tuple[Finding, ...]:
    return letter_findings(
        draft,
        notices=[PLAN],
        responses=responses,
        own=own,
        foreign=foreign,
        elsewhere=elsewhere,
    )


def rules(draft: str, *, responses: Sequence[str] = (), elsewhere: Sequence[str] = ()) -> list[str]:
    return [f.rule for f in findings(draft, responses=responses, elsewhere=elsewhere)]


@pytest.mark.parametrize(
    "blank",
    [
    "[NAME]",
    "[Your Company]",
    "{{ seller }}",
    "<insert date>",
    "TODO",
    "XXX",
    "____",
    "B0XXXXXXXX",
    "lorem ipsum",
    "【请填写公司名称】",
    "[公司名称]",
    "某某公司",
    "(to be completed)"],
)  # fmt: skip
def test_blanks_are_found_at_their_place(blank: str) -> None:
    draft = f"We refund {blank} today."
    found = [f for f in findings(draft) if f.rule == "placeholder-left"]
    assert [draft[f.start : f.end] for f in found] in (
        [blank],
        [blank.removesuffix("公司") + "公司"],
    )


@pytest.mark.parametrize(
"honest", [
"[Case ID: 123]",
"[1]",
"see [annex 2]",
"(attached)",
"sizes XL and XXL",
"【重要】",
"B0C7LKX42M",
"10 < 20 and 30 > 20"])  # fmt: skip
def test_honest_brackets_are_no_blanks(honest: str) -> None:
    assert "placeholder-left" not in rules(f"We refund {honest} today.")


def test_parts_are_known_by_what_they_say() -> None:
    whole = (
        "The seals were open because returns went back to stock. We removed 212 units and "
        "refunded nine buyers. "
        "From now on returns never go back on the shelf."
    )
    assert "missing-section" not in rules(whole)
    assert "missing-section" not in rules(
        "封口破损是因为退货重新入库。我们已移除全部库存并退款。今后退货不再入库,每批抽检。请恢复我们的商品信息,谢谢你们的帮助和理解,期待回复,此致敬礼。"
    )
    short = [
        f.message
        for f in findings(
            "The seals were open because returns went back to stock, which nobody noticed."
        )
    ]
    assert any("prevention" in m for m in short)


def test_no_part_is_missing_where_only_documents_are_wanted() -> None:
    answer = (
        "We do not have enough information. Please send the following:\n"
        "- A utility bill of the last 90 days\n- Your business licence"
    )
    assert "missing-section" not in rules(
        "Please find the electricity bill and the licence attached to this mail, both in colour.",
        responses=[answer],
    )


def test_facts_of_another_case() -> None:
    draft = "We removed B0CNR4P6LJ and B0C7LKX42M for Halden Graphics."
    found = [
        f
        for f in findings(
            draft,
            own=["B0C7LKX42M"],
            elsewhere=["ASIN B0CNR4P6LJ, B0C7LKX42M"],
            foreign=["Halden Graphics"],
        )
        if f.rule == "foreign-fact"
    ]
    assert [draft[f.start : f.end] for f in found] == ["B0CNR4P6LJ", "Halden Graphics"]
    assert all(f.severity == "error" and f.message.endswith(".") for f in found)


def test_a_fact_that_nobody_knows_is_no_finding() -> None:
    assert "foreign-fact" not in rules("We removed B0CNR4P6LJ.", elsewhere=["B0C7LKX42M"])


def test_each_absent_part_is_dismissed_by_itself() -> None:
    draft = "Hello team. Please reinstate us soon. We sell garden tools to our neighbours."
    absent = [f for f in findings(draft) if f.rule == "missing-section"]
    assert len(absent) == 3
    assert len({f.fingerprint(draft) for f in absent}) == 3


def test_blanks_without_words_are_dismissed_one_by_one() -> None:
    draft = "We paid ____ euro to (................)."
    blanks = [f for f in findings(draft) if f.rule == "placeholder-left"]
    assert len({f.fingerprint(draft) for f in blanks}) == len(blanks) == 2


@pytest.mark.parametrize("name", ["Halden Graphics", "Groß und Söhne", "İzmir Tekstil", "澜岸科技"])
def test_a_letter_that_grows_when_folded_hides_no_foreign_name(name: str) -> None:
    draft = f"We moved to Hauptstraße in İstanbul. Our supplier is {name.upper()[:1]}{name[1:]}, ẞ."
    found = [f for f in findings(draft, foreign=[name]) if f.rule == "foreign-fact"]
    assert [draft[f.start : f.end] for f in found] == [name]


def test_a_foreign_name_counts_only_by_itself() -> None:
    draft = "Haldens, xHalden and Halden2 are no names, HALDEN is, and so is (halden)."
    found = [f for f in findings(draft, foreign=["Halden"]) if f.rule == "foreign-fact"]
    assert [draft[f.start : f.end] for f in found] == ["HALDEN", "halden"]
    own = findings(draft, foreign=["Halden"], own=["Halden GmbH"])
    assert not [f for f in own if f.rule == "foreign-fact"]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=400), st.text(st.characters(), max_size=80))
def test_any_text_is_checked_without_error(draft: str, other: str) -> None:
    for found in findings(
        draft, responses=[other], own=[other], foreign=[other], elsewhere=[other, draft]
    ):
        assert 0 <= found.start <= found.end <= len(draft)


def test_a_fact_of_another_case_says_where_it_stands() -> None:
    other = "Dear team, B0OTHER123 was removed in March."
    draft = "Dear team,\n\nWe removed B0OTHER123 from sale and refunded the three buyers at once."
    (found,) = [
        f for f in review_draft(draft, elsewhere=[other]).findings if f.rule == "foreign-fact"
    ]
    assert found.source is not None
    assert found.source.document == "elsewhere"
    assert other[found.source.start : found.source.end] == "B0OTHER123"
