"""Wording that was sent before: found in any disguise, and left alone where it has to recur."""

import pytest
from corpus_figures.reuse import load, measure
from hypothesis import given, settings
from hypothesis import strategies as st

from poa_tracker.review import find_repeats

OLD = """Dear Seller Performance Team,

Root cause
We bought the headphones from three traders on a wholesale website because their price was lower.
We did not ask any of them for proof that the goods came from the brand.

Corrective actions
1. We removed all 146 units of B0A1HPX4RW from FBA and refunded every buyer who complained.
2. Our purchasing manager was given a written warning.

Preventive actions
Every delivery will be inspected by two employees before it enters our warehouse.
We will keep every invoice for three years.

ASINs: B0A1HPX4RW, B0A1HPX4RX, B0A1HPX4RY

Sincerely,
Corbin Ashdale
Ashdale Audio
"""
OLD_ZH = """尊敬的亚马逊卖家绩效团队：

一、根本原因
我们的运营人员在编辑详情页时参考了同行的文案，没有核对实物的容量。保温杯实际容量为480毫升，但页面写成了600毫升。

二、预防措施
新品上架前由质检人员测量容量、重量和尺寸。客服每天整理买家的负面反馈并汇报给主管。

此致
敬礼
澄溪家居
"""
SENTENCE = "Every delivery will be inspected by two employees before it enters our warehouse."


def flagged(draft: str, *rejected: str, known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(r.level, draft[r.start : r.end]) for r in find_repeats(draft, rejected, known=known)]


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        (SENTENCE, "verbatim"),
        (
            "Every shipment will be checked by two employees before it enters our warehouse.",
            "light",
        ),
        (
            "Before it enters our warehouse, every delivery will be inspected by two employees.",
            "reordered",
        ),
        (
            "Two colleagues examine each incoming consignment before it reaches our storage.",
            "heavy",
        ),
        (
            "We never requested evidence from these traders that the merchandise came from the brand.",
            "heavy",
        ),
    ],
)
def test_levels(sentence: str, level: str) -> None:
    draft = f"Dear Team,\n\nThe store is closed on Sundays now. {sentence} A new lamp was bought in May.\n"
    assert flagged(draft, OLD) == [(level, sentence)]


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("新品上架前由质检人员测量容量、重量和尺寸。", "verbatim"),
        ("我们的运营人员编辑详情页的时候参考了同行文案，没有核对实物容量。", "light"),
        ("页面写成了600毫升，但保温杯实际容量为480毫升。", "reordered"),
        ("客服每日把顾客的差评汇总后报给经理。", "heavy"),
        (
            "Before a new product goes online, quality control measures its capacity, weight and size.",
            "heavy",
        ),
    ],
)
def test_levels_in_chinese_and_across_languages(sentence: str, level: str) -> None:
    assert flagged(f"各位好：\n\n{sentence}\n\n本店周日休息。\n", OLD_ZH) == [(level, sentence)]


def test_the_border_is_the_clause() -> None:
    draft = (
        "We removed all 146 units of B0A1HPX4RW from FBA and refunded every buyer who complained, "
        "and on 3 June a licensed recycling firm in Dover melted the plastic shells down."
    )
    ((_, passage),) = flagged(draft, OLD)
    assert passage.rstrip(",") == draft[: draft.index(", and on 3 June")]


def test_the_source_is_named_to_the_character() -> None:
    (repeat,) = find_repeats(SENTENCE, ["Nothing here at all, truly.", OLD])
    assert repeat.index == 1
    assert OLD[repeat.source_start : repeat.source_end] == SENTENCE
    assert repeat.score == 100.0


def test_wording_in_several_texts_is_one_repeat_with_the_others_named() -> None:
    (repeat,) = find_repeats(SENTENCE, [OLD, "Other words stand in this letter.", SENTENCE])
    assert sorted((repeat.index, *repeat.others)) == [0, 2]


ZERO_WIDTH = "\u200b".join
LOOKALIKE = str.maketrans("aeopc", "аеорс")


@pytest.mark.parametrize(
    "disguised",
    [
        ZERO_WIDTH(SENTENCE.split(" ")).replace("\u200b", "\u200b "),
        " ".join(ZERO_WIDTH(w) for w in SENTENCE.split()),
        SENTENCE.translate(LOOKALIKE),
        SENTENCE.upper(),
        SENTENCE.replace(" ", "\u00a0"),
        SENTENCE.replace(" will", ", will").replace(" before", "; before").replace(".", "!!"),
        SENTENCE.replace("delivery", "shipment")
        .replace("inspected", "checked")
        .replace("employees", "workers"),
        "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in SENTENCE),
    ],
    ids=[
        "zero-width ends",
        "zero-width",
        "look-alikes",
        "case",
        "hard spaces",
        "punctuation",
        "synonyms",
        "wide",
    ],
)
def test_disguise_does_not_help(disguised: str) -> None:
    assert len(flagged(disguised, OLD)) == 1


@pytest.mark.parametrize(
    "clean",
    [
        "Dear Seller Performance Team,\n\nThis is new.",
        "Root cause\nThe lamp was too hot.",
        "ASINs: B0A1HPX4RW, B0A1HPX4RX, B0A1HPX4RY",
        "Something new is said here.\n\nSincerely,\nCorbin Ashdale\nAshdale Audio\n",
        "In our last letter we wrote that every delivery will be inspected by two employees. This was wrong.",
        "We withdraw our statement that we removed all 146 units of B0A1HPX4RW from FBA.",
        "We will no longer keep every invoice for three years.",
        "之前我们说运营人员参考了同行的文案，没有核对实物的容量，现更正如下。",
        "上一封信写保温杯实际容量为480毫升，这并不准确。",
        "The printer in bay four prints a green card for each pallet.",
    ],
)
def test_what_has_to_recur_and_what_is_taken_back_is_left_alone(clean: str) -> None:
    assert flagged(clean, OLD, OLD_ZH) == []


def test_quotes_of_amazons_mail_are_left_alone() -> None:
    notice = "Hello, buyers told us that items sold as new arrived with scratches and food residue. Send a plan."
    quote = 'Your notice says: "buyers told us that items sold as new arrived with scratches and food residue."'
    assert flagged(quote, quote, known=(notice,)) == []
    assert flagged(quote, quote) != []


def test_nothing_to_compare() -> None:
    assert find_repeats("", [OLD]) == ()
    assert find_repeats(SENTENCE, []) == ()
    assert find_repeats(SENTENCE, ["", " \n"]) == ()


TEXT = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [*OLD.splitlines(True), *OLD_ZH.splitlines(True), "\u200b", "; ", "\ud800"]
        ),
        max_size=8,
    ).map("".join),
)


@given(TEXT, st.lists(TEXT, max_size=3), TEXT)
@settings(max_examples=200)
def test_spans_lie_in_their_texts_in_order_and_the_answer_is_stable(
    draft: str, old: list[str], known: str
) -> None:
    repeats = find_repeats(draft, old, known=(known,))
    at = 0
    for r in repeats:
        assert at <= r.start < r.end <= len(draft)
        assert 0 <= r.source_start < r.source_end <= len(old[r.index])
        assert 0 < r.score <= 100
        at = r.end
    assert find_repeats(draft, old, known=(known,)) == repeats


@pytest.mark.parametrize(
    ("name", "plagdet", "precision"),
    [("dev-reuse.jsonl", 0.9, 0.93), ("r1-reuse.jsonl", 0.88, 0.93)],
)
def test_figures_on_labelled_chains_do_not_fall(
    name: str, plagdet: float, precision: float
) -> None:
    figures = measure(load(name))["all"]
    assert figures.plagdet >= plagdet
    assert figures.precision >= precision
    for level in ("verbatim", "light", "reordered"):
        assert figures.level(level) >= 0.96
    for kind in ("quote", "greeting", "heading", "identifiers", "sign-off"):
        assert figures.clean(kind) <= 0.05
    assert figures.clean("reversal") <= 0.15
    assert figures.without_reuse == 0


@pytest.mark.parametrize(
    "unit", ["a", "word ", "我", "a. ", "We removed all 146 units from stock. "]
)
@pytest.mark.timeout(30)
def test_a_megabyte_is_checked_without_hanging(unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000]
    find_repeats(text, [OLD])
    find_repeats(OLD, [text])
