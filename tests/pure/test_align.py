"""The aligner: which sentences belong together and which words changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_tracker.text.align import align, changed_words
from poa_tracker.text.similarity import read_sentence, similarity
from poa_tracker.text.times import times
from poa_tracker.text.words import english_concept, han_concept, han_number, stem

WORD = st.sampled_from(
    [
        "we",
        "removed",
        "all",
        "units",
        "stock",
        "B0A1HPX4RW",
        "146",
        "我们",
        "召回",
        "supplier",
        "price",
    ]
)
SENTENCE = st.lists(WORD, max_size=7).map(" ".join)


@given(st.lists(SENTENCE, max_size=8), st.lists(SENTENCE, max_size=8))
def test_every_sentence_is_in_exactly_one_bead(old: list[str], new: list[str]) -> None:
    beads = align([read_sentence(s) for s in old], [read_sentence(s) for s in new])
    assert sorted(i for b in beads for i in range(b.old_start, b.old_end)) == list(range(len(old)))
    assert sorted(j for b in beads for j in range(b.new_start, b.new_end)) == list(range(len(new)))
    order = sorted(
        (b.old_start, b.new_start)
        for b in beads
        if not b.moved and b.old_end > b.old_start and b.new_end > b.new_start
    )
    assert order == sorted(order, key=lambda pair: pair[1])


@given(st.lists(WORD, max_size=30), st.lists(WORD, max_size=30))
def test_what_did_not_change_is_equal(old: list[str], new: list[str]) -> None:
    i = j = 0
    for a, b, c, d in [*changed_words(old, new), (len(old), len(old), len(new), len(new))]:
        assert old[i:a] == new[j:c]
        assert (a, c) >= (i, j)
        i, j = b, d


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    a, b = read_sentence(one), read_sentence(other)
    assert similarity(a, b) == similarity(b, a)
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, a) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "We bought it from a wholesaler.",
            "We bought it from a wholesaler in May because it was cheap.",
        ),
        ("Two persons check each box.", "Each box is checked by two persons."),
        ("我们已经停用该软件。", "我们已停用该软件，并删除了邮件。"),
    ],
)
def test_related_sentences_pair_and_unrelated_do_not(old: str, new: str) -> None:
    other = "The lamp in the second hall is green and 数字 are painted on it."
    beads = align(
        [read_sentence(old), read_sentence(other)],
        [read_sentence("Nothing of the kind."), read_sentence(new)],
    )
    assert (0, 1) in [(b.old_start, b.new_start) for b in beads if b.old_end and b.new_end]


def test_anchors_win_over_similar_neighbours() -> None:
    same = read_sentence("We inspect every box with a scanner on arrival.")
    near = read_sentence("We inspect every crate with a scanner on arrival.")
    beads = align([near, same], [same])
    assert [(b.old_start, b.new_start) for b in beads if b.new_end and b.old_end] == [(1, 0)]


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("remove removes removed removing", {"remov"}),
        ("stop stopped stopping", {"stop"}),
        ("policy policies", {"policy"}),
        ("buy bought", {"buy"}),
        ("ship shipped shipping ships", {"ship"}),
    ],
)
def test_stems(forms: str, expected: set[str]) -> None:
    assert {stem(w) for w in forms.split()} == expected


def test_concepts_join_words_of_both_languages() -> None:
    assert english_concept((stem("customers"),)) == "buyer"
    assert han_concept("顾客投诉", 0) == ("buyer", 2)
    assert english_concept((stem("unheard"),)) is None


@pytest.mark.parametrize(
    ("numeral", "digits"), [("二十四", "24"), ("十", "10"), ("两", "2"), ("三百", "300")]
)
def test_chinese_numerals(numeral: str, digits: str) -> None:
    assert han_number(numeral) == digits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("within 48 hours", "in two days"),
        ("for 12 months", "for a year"),
        ("每年一次，保存365天", "keep it for one year"),
        ("kept 60 days", "kept two months"),
        ("before 6 pm", "no later than 18:00"),
        ("七天内", "one week"),
    ],
)
def test_lengths_of_time_have_one_form(one: str, other: str) -> None:
    assert set(times(one)) & set(times(other))


@pytest.mark.timeout(10)
def test_long_word_lists_are_compared_without_hanging() -> None:
    old = [str(n % 97) for n in range(100_000)]
    runs = changed_words(old, [*old[:50_000], "x", *old[50_000:]])
    assert runs == [(50_000, 50_000, 50_000, 50_001)]
