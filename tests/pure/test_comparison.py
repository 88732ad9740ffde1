"""Versions side by side: laws that hold for any text, and what a reader expects."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poa_tracker import compare
from poa_tracker.comparison import Comparison, RowKind, lineage

# The kind that a row has when old and new are swapped; the others keep theirs.
MIRROR: dict[RowKind, RowKind] = {
    "added": "removed", "removed": "added", "split": "merged", "merged": "split",
}  # fmt: skip
ANY = st.text(st.one_of(st.characters(), st.sampled_from("\ud800\x00\r\n.。; ,a我1")), max_size=120)
SENTENCES = (
    "We removed all 146 units from stock.",
    "The supplier was chosen by price on 2026-05-01.",
    "The supplier was chosen by its price alone on 2026-05-12.",
    "Every delivery is inspected by two employees before it enters our warehouse.",
    "Before it enters our warehouse every delivery is inspected by two trained employees.",
    "We refunded every buyer who complained. ",
    "我们已经停用该软件,删除了全部自动邮件。",
    "我们已停用该软件,并删除了所有自动邮件。",
    "Root cause\n",
    "1. ",
    "\n\n",
    "We bought it from three traders, and nobody asked for invoices.",
    "We bought it from three traders. Nobody asked for invoices.",
)
LETTER = st.lists(st.sampled_from(SENTENCES), max_size=12).map(" ".join)
TEXT = st.one_of(ANY, LETTER)


def kinds(comparison: Comparison) -> list[str]:
    return [r.kind for r in comparison.rows]


@given(TEXT)
def test_a_text_equals_itself(text: str) -> None:
    comparison = compare(text, text)
    assert set(kinds(comparison)) <= {"same"}
    assert comparison.stats.identical
    assert comparison.stats.similarity == 100.0
    assert comparison.stats.changes == 0


@given(TEXT, TEXT)
@settings(max_examples=300)
def test_rows_tile_both_sides_and_changes_lie_inside(old: str, new: str) -> None:
    comparison = compare(old, new)
    for text, spans in (
        (old, [r.old for r in comparison.rows if r.old]),
        (new, [r.new for r in comparison.rows if r.new]),
    ):
        assert "".join(text[a:b] for a, b in spans) == text
        assert all(b == c for (_, b), (c, _) in pairwise(spans))
    for row in comparison.rows:
        for span, changes in ((row.old, row.old_changes), (row.new, row.new_changes)):
            at = span[0] if span else 0
            for change in changes:
                assert span is not None
                assert at <= change.start < change.end <= span[1]
                at = change.end
    json.dumps(comparison.to_dict())


@given(TEXT, TEXT)
@settings(max_examples=300)
def test_swapping_mirrors(old: str, new: str) -> None:
    def rows(c: Comparison, *, swap: bool) -> list[tuple[object, ...]]:
        out = []
        for r in c.rows:
            sides = ((r.old, r.old_changes), (r.new, r.new_changes))
            kind = MIRROR.get(r.kind, r.kind) if swap else r.kind
            out.append((kind, *(reversed(sides) if swap else sides), r.similarity))
        return sorted(out, key=repr)

    ahead, back = compare(old, new), compare(new, old)
    assert rows(ahead, swap=False) == rows(back, swap=True)
    assert ahead.stats.similarity == back.stats.similarity
    assert ahead.stats.words_added == back.stats.words_removed


@given(TEXT, TEXT)
def test_partners_point_at_each_other(old: str, new: str) -> None:
    rows = compare(old, new).rows
    for index, row in enumerate(rows):
        if row.kind in ("moved", "moved_edited"):
            assert row.partner is not None
            assert rows[row.partner].partner == index
            assert (row.old is None) != (row.new is None)
        else:
            assert row.partner is None
    assert compare(old, new).rows == rows


OLD = (
    "Dear Team,\n\nRoot cause\nWe bought the goods from three traders on 2026-05-01. "
    "Nobody asked them for proof of origin, and the boxes went to the warehouse unopened.\n\n"
    "Actions\nWe removed all 146 units from stock. We refunded every buyer who complained within a day. "
    "Our purchasing manager was given a written warning.\n\nSincerely,\nAnn"
)


def test_an_edited_sentence_shows_the_words_and_facts_that_changed() -> None:
    new = OLD.replace("We bought", "We purchased").replace("2026-05-01", "2026-05-12")
    comparison = compare(OLD, new)
    (row,) = [r for r in comparison.rows if r.changed]
    assert row.kind == "edited"
    assert [(OLD[c.start : c.end], c.fact) for c in row.old_changes] == [
        ("bought", False),
        ("2026-05-01", True),
    ]
    assert [(new[c.start : c.end], c.fact) for c in row.new_changes] == [
        ("purchased", False),
        ("2026-05-12", True),
    ]


def test_a_moved_and_edited_sentence_is_known_at_both_places() -> None:
    sentence = "Our purchasing manager was given a written warning."
    new = OLD.replace(" " + sentence, "").replace(
        "Root cause\n", "Root cause\nOur purchasing manager was given a second written warning. "
    )
    comparison = compare(OLD, new)
    assert [r.kind for r in comparison.rows if r.changed] == ["moved_edited", "moved_edited"]
    assert comparison.stats.counts["moved_edited"] == 1
    assert comparison.stats.changes == 1


def test_split_and_merged_sentences() -> None:
    new = OLD.replace("proof of origin, and the boxes", "proof of origin. The boxes")
    assert "split" in kinds(compare(OLD, new))
    assert "merged" in kinds(compare(new, OLD))
    assert not {"added", "removed"} & set(kinds(compare(OLD, new)))


def test_case_punctuation_and_numbering_are_cosmetic() -> None:
    new = OLD.replace("We removed all", "1. we removed ALL")
    assert [r.kind for r in compare(OLD, new).rows if r.kind != "same"] == ["cosmetic"]


def test_repeated_boilerplate_never_moves() -> None:
    old = (
        "We are very sorry for this and apologise to every single buyer.\n" * 2
        + "One thing stands here."
    )
    new = (
        "One thing stands here.\n"
        + "We are very sorry for this and apologise to every single buyer.\n" * 2
    )
    assert "moved" not in kinds(compare(old, new)) or compare(old, new).stats.counts["moved"] == 1


def test_stats_count_words() -> None:
    stats = compare("We removed it all.", "We removed it. New words here stand alone.").stats
    assert stats.words_old == 4
    assert stats.words_new == 8
    assert stats.words_added >= 4


def test_lineage_over_four_versions() -> None:
    one, two = (
        "We removed all 146 units from stock.",
        "The supplier was chosen by price alone in May.",
    )
    edited = "The supplier was chosen by its low price alone in May."
    chains = lineage([f"{one} {two}", f"{one} {edited}", edited, f"{edited} {one}"])
    assert [[t.state for t in line] for line in chains] == [
        ["born", "born"],
        ["same", "edited"],
        ["same"],
        ["same", "back"],
    ]
    back = chains[3][1]
    assert back.came_from == (1, 0)
    assert back.born_in == 0
    assert chains[1][0].gone_in == 2


@pytest.mark.parametrize("unit", ["a", "word ", "我", "a. ", "Ab1. \n", "\n", "x y z. "])
@pytest.mark.timeout(60)
def test_a_megabyte_of_anything_is_compared_without_hanging(unit: str) -> None:
    old = (unit * 1_000_000)[:1_000_000]
    compare(old, old[:500_000] + "Something else. " + old[500_000:])
