"""The catalogue, what was learned from it, and that both fit each other."""

import json
from pathlib import Path

import pytest
from learning.catalogue import compiled

from poa_tracker.amazon import read_notice
from poa_tracker.amazon.catalogue import document_kind, nearest
from poa_tracker.amazon.meaning import meaning, nearness, normalised, wanted_meaning

AMAZON = Path(__file__).parent.parent.parent / "poa_tracker" / "amazon"


def test_the_program_reads_the_catalogue_as_it_stands_in_the_tables() -> None:
    """When this fails: ``make catalogue``."""
    made = json.loads((AMAZON / "catalogue.json").read_text(encoding="utf-8"))
    fresh = compiled()
    for kind in ("violations", "cause", "demand"):
        assert list(made[kind]) == list(fresh[kind])
        for slug, entry in fresh[kind].items():
            known = {name: value for name, value in made[kind][slug].items() if name != "centre"}
            assert known == {n: v for n, v in entry.items() if n != "centre"}, slug


def test_the_catalogue_is_broad_and_bilingual() -> None:
    book = compiled()
    assert len(book["cause"]) >= 70
    assert len(book["demand"]) >= 50
    for kind in ("cause", "demand"):
        for entry in book[kind].values():
            assert entry["en"].isascii() or "’" in entry["en"]
            assert any("\u4e00" <= c <= "\u9fff" for c in entry["zh"])


@pytest.mark.parametrize(
    ("kind", "clause", "slug"),
    [
        ("cause", "9.8% of your orders were shipped after the expected ship date", "late-shipment"),
        ("demand", "Invoices from your supplier issued in the last 365 days", "supplier-invoices"),
        ("demand", "最近90天内的水电费账单", "utility-bill"),
        (
            "cause",
            "the invoice shows three pieces and ten are required",
            "approval-quantity-too-small",
        ),
    ],
)
def test_a_clause_is_known_by_its_entry(kind: str, clause: str, slug: str) -> None:
    entry = nearest("cause" if kind == "cause" else "demand", clause)
    assert entry is not None
    assert entry.slug == slug
    assert entry.zh


def test_papers_that_are_asked_for_have_a_kind_of_attachment() -> None:
    assert document_kind("supplier-invoices") == "invoice"
    assert document_kind("no-such-entry") == ""


def _near(point: str, sentence: str) -> float:
    return nearness(wanted_meaning(point, "cause"), normalised(meaning(sentence)))


def test_an_answer_lies_nearer_than_the_same_words_about_something_else() -> None:
    point = "Your late shipment rate was 11.6 %"
    answer = "Parcels left two days after the promised date because our packer was ill."
    assert _near(point, answer) > _near(point, "Our designers track their goals every month.")
    assert _near(point, "包裹比承诺的日期晚了两天才寄出。") > _near(point, "我们公司成立于2012年。")


def test_a_violation_that_a_mail_names_is_told() -> None:
    notice = (
        "Hello,\n\nYour application to sell in Dietary Supplements was declined.\n\n"
        "Why did this happen?\nThe invoice shows a purchase of 4 units, and at least 10 are required."
    )
    assert read_notice(notice).violation == "category-approval"
