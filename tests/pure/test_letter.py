"""The letter itself: its parts, tone, length and path; blanks, facts of other cases."""

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest
from corpus_figures import letters as figures
from hypothesis import given, settings
from hypothesis import strategies as st

from poa_tracker.review import LetterChecks, review_draft
from poa_tracker.review.findings import Finding, Rule
from poa_tracker.review.letter import letter_findings
from poa_tracker.review.phrases import chinese_phrase, english_phrase, heard
from poa_tracker.tui.wording import RULE_WORDS

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


# ------------------------------------------------------------------ the rules on what letters say

CORPUS = Path(__file__).parent.parent / "corpus"
HEAD = "Root cause\nOur clerk put nine returns back on the shelf without opening them.\n\n"
TAIL = "\n\nPrevention\nEvery return is scrapped, and the owner counts the bin each Friday."


def of(rule: str, draft: str, *, responses: Sequence[str] = ()) -> list[tuple[str, str]]:
    found = findings(draft, responses=responses)
    return [(f.severity, draft[f.start : f.end]) for f in found if f.rule == rule]


def test_every_rule_has_words_for_the_screens() -> None:
    assert set(RULE_WORDS) == set(get_args(Rule))


def test_pleading_is_a_warning_and_praise_a_hint_at_their_words() -> None:
    assert of("emotional-tone", "Please have mercy on us, thank you.") == [
        ("warning", "have mercy")
    ]
    assert of("emotional-tone", "We love Amazon.") == [("hint", "We love Amazon")]
    assert of("emotional-tone", "懇請高抬貴手。") == [("warning", "高抬貴手")]


def test_one_finding_a_passage() -> None:
    assert len(of("emotional-tone", "Have mercy, this is ridiculous, we are desperate!!")) == 1


@pytest.mark.parametrize("quotes", ['"{}"', "“{}”", "「{}」"])
def test_words_of_others_in_quotation_marks_do_not_count(quotes: str) -> None:
    said = quotes.format("have mercy, it is the seller's fault")
    assert not of("emotional-tone", f"The buyer wrote {said} on May 3.")


def test_steps_against_others_are_no_threat() -> None:
    assert of("emotional-tone", "We will take legal action if you do not answer.")
    assert not of("emotional-tone", "We take legal action against the factory.")


def test_blame_stands_only_without_the_sellers_own_part() -> None:
    blame = "It is entirely the buyer's fault."
    assert of("blame", blame)[0][0] == "warning"
    assert not of("blame", f"{blame} We did not check the seal either.")
    assert not of("blame", f"Photos of the seal are attached. {blame}")
    assert of("blame", f"{blame} She lies. They all lie. We did not check the seal either.")


def test_a_stock_phrase_with_substance_is_none() -> None:
    assert of("empty-phrase", "We will be more careful in the future.")
    assert not of("empty-phrase", "We will be more careful: Ida weighs each box at bench 4.")
    assert of("empty-phrase", "我们会加强管理,提高认识。")
    assert not of("empty-phrase", "加强管理:退货区由仓库主管陈立一人持钥匙。")


def test_a_cause_that_is_only_named_may_be_told_beside() -> None:
    named = "The root cause was human error."
    assert of("empty-phrase", named)
    told = f"{named} The night shift swapped two rolls of labels because both were white."
    assert not of("empty-phrase", told)


def test_a_part_of_promises_is_one_warning_and_a_single_promise_a_hint() -> None:
    only = f"{HEAD}Actions\nWe will remove the stock. We will refund the buyers.{TAIL}"
    assert [severity for severity, _ in of("promise-only", only)] == ["warning"]
    assert "missing-section" not in rules(only)
    mixed = f"{HEAD}Actions\nAll stock was removed on May 3. We will refund the buyers.{TAIL}"
    assert of("promise-only", mixed) == [("hint", "We will refund the buyers.")]
    done = f"{HEAD}Actions\nAll stock was removed on May 3. The buyers were refunded.{TAIL}"
    assert not of("promise-only", done)


def test_a_letter_in_plain_speech_gets_a_hint_where_it_is_not_clear() -> None:
    draft = (
        "The seals were cut since returns went back to the shelf and nobody looked. "
        "We removed 212 units. It stays that way now."
    )
    (found,) = [f for f in findings(draft) if f.rule == "missing-section"]
    assert (found.about, found.severity) == ("prevention", "hint")


def test_a_letter_on_the_wrong_path_quotes_the_mail() -> None:
    answer = (
        "We do not have enough information. Please send the following:\n"
        "- A utility bill of the last 90 days\n- Your business licence"
    )
    draft = HEAD + "Actions\nWe admit the mistake and removed the stock on May 3." + TAIL
    (found,) = [f for f in findings(draft, responses=[answer]) if f.rule == "wrong-path"]
    assert found.source is not None
    assert found.source.document == "response"
    assert "utility bill" in answer[found.source.start : found.source.end]
    assert not [f for f in findings(draft) if f.rule == "wrong-path"]


def test_a_later_mail_that_leaves_a_choice_is_no_wrong_path() -> None:
    documents = "Please send the following:\n- A utility bill of the last 90 days"
    choice = "Please explain how the address was changed, or send us your business licence."
    draft = HEAD + "Actions\nWe admit the mistake and removed the stock on May 3." + TAIL
    assert "wrong-path" in rules(draft, responses=[documents])
    assert "wrong-path" not in rules(draft, responses=[documents, choice])


def test_nothing_is_unrelated_until_the_points_are_known() -> None:
    draft = HEAD + "Prevention\nEach new title is searched in the trademark register."
    notice = "Why?\nBuyers received used items.\n\nPlease send a plan of action."

    def unrelated(*, known: bool) -> list[str]:
        found = letter_findings(
            draft, notices=[notice], responses=[], own=[], foreign=[], elsewhere=[],
            points_known=known,
        )  # fmt: skip
        return [f.severity for f in found if f.rule == "unrelated-action"]

    assert unrelated(known=True) == ["hint"]
    assert unrelated(known=False) == []


def test_what_advisers_disagree_about_is_off_until_asked_for() -> None:
    draft = "We are very sorry. We admit that it was our mistake. 我们深表歉意,承认错误。"
    taste = {"apology", "admission"}
    assert not taste & {f.rule for f in review_draft(draft).findings}
    wanted = review_draft(draft, letter=LetterChecks(apology=True, admission=True)).findings
    assert sum(f.rule == "apology" for f in wanted) == 2
    assert sum(f.rule == "admission" for f in wanted) == 2
    only = review_draft(draft, letter=LetterChecks(apology=True)).findings
    assert taste & {f.rule for f in only} == {"apology"}


@pytest.mark.parametrize(
    ("phrase", "text", "stands"),
    [
        ("{take|took} {full|} responsib*", "We take responsibility.", "take responsibility"),
        ("{take|took} {full|} responsib*", "we partook full responsibility", None),
        ("never .. again", "never will this happen again", "never will this happen again"),
        ("never .. again", "never. Not again", None),
        ("order #", "order 12,5 x", "order 12,5"),
        ("licen{c|s}e", "a license", "license"),
        ("no *", "no service", "no service"),
    ],
)
def test_the_notation_of_english_phrases(phrase: str, text: str, stands: str | None) -> None:
    found = [text[a:b] for a, b in english_phrase(phrase).within(text)]
    assert found == ([] if stands is None else [stands])


def test_the_notation_of_chinese_phrases() -> None:
    text = "我们没有及时核对。供应商没错"
    (span,) = chinese_phrase("{我们|仓库}..{没有|没}..核对").within(text)
    assert text[slice(*span)] == "我们没有及时核对"
    assert not list(chinese_phrase("核对..没错").within(text))


@pytest.mark.parametrize("wrong", ["{a|b", "a}", "{a|}", "..", "{a|{b|c}"])
def test_a_phrase_that_cannot_be_read_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="brace"):
        english_phrase(wrong)


def test_offsets_hold_where_letters_change_length() -> None:
    draft = "İİİ ẞ please have mercy on us"
    ((start, end),) = heard(draft, "tone-strong")[:1]
    assert draft[start:end].startswith("have mercy")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_corpus_figures_hold(lang: str) -> None:
    measured = figures.score(figures.load(CORPUS / "letters.jsonl"))
    assert measured.precision(lang=lang) >= 0.95
    assert measured.recall(lang=lang) >= 0.92
    for rule in ("missing-section", "emotional-tone", "blame", "empty-phrase", "wrong-path"):
        assert measured.precision(rule, lang) >= 0.85
        assert measured.recall(rule, lang) >= 0.8


def test_good_letters_are_left_alone() -> None:
    letters = [
        item for name, some in figures.others().items() if "complete" in name for item in some
    ]
    found = [f for item in letters for f in figures.fired(item)]
    assert len(letters) >= 60
    assert sum(f.severity != "hint" for f in found) <= len(letters) * 0.03
    assert len(found) <= len(letters) * 0.1
