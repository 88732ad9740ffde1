"""Cutting letters and mails into passages, and passages into tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poa_tracker.text.passages import _MARKER, part_of_heading, passages
from poa_tracker.text.tokens import tokens

ANY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\ud800\x00\r\n\x0b\x0c\x85\u2028\u200b.。!?;；:：,，、 \t\u3000-•1一aA我"),
    ),
    max_size=200,
)
WORDS = st.lists(
    st.sampled_from(
        ["We ", "removed ", "B0A1HPX4RW", ". ", "\n", "\r\n", "1. ", "- ", "Ltd. ", "我们", "。", "；", ":",
         "Root cause",
         "Dear Team,", "Sincerely", "\n\n", "A. ", "113-5520917-0046612", "2026-05-01", "!", "、", "\x0b", " "]
    ),
    max_size=60,
).map("".join)  # fmt: skip


def cut(text: str) -> list[str]:
    return [text[p.start : p.end] for p in passages(text)]


@given(st.one_of(ANY, WORDS))
def test_passages_stand_in_order_and_leave_only_markers_and_white_space_out(text: str) -> None:
    at = 0
    for p in passages(text):
        assert at <= p.start < p.end <= len(text)
        assert not text[p.start].isspace()
        assert not text[p.end - 1].isspace()
        between = text[at : p.start]
        assert not between.strip() or _MARKER.match(text[at : p.end].lstrip())
        at = p.end
    assert not text[at:].strip()


@given(st.one_of(ANY, WORDS))
def test_tokens_stand_in_order_and_hold_every_letter_and_digit(text: str) -> None:
    at = 0
    for t in tokens(text):
        assert at <= t.start < t.end <= len(text)
        assert not any(c.isalnum() for c in text[at : t.start])
        at = t.end
    assert not any(c.isalnum() for c in text[at:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We bought from Acme Wholesale Ltd. In September we stopped.",
         ["We bought from Acme Wholesale Ltd.", "In September we stopped."]),
        ("We met Mr. Smith of No. 7 Ltd. on Monday.", ["We met Mr. Smith of No. 7 Ltd. on Monday."]),
        ("There J. Smith weighed 2.5 kg, see www.a.com. Fine.",
         ["There J. Smith weighed 2.5 kg, see www.a.com.", "Fine."]),
        ("我们已退款。今后每周检查！", ["我们已退款。", "今后每周检查！"]),
        ("They asked “Why?” and left.", ["They asked “Why?” and left."]),
        ("1. One thing.\r\n2. Another thing.", ["One thing.", "Another thing."]),
        ("① 一件事。\x0b② 另一件事。", ["一件事。", "另一件事。"]),
        ("", []),
        (" \r\n\t", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Dear Seller Performance Team,", "greeting"),
        ("Restricted Products Team,", "greeting"),
        ("尊敬的亚马逊卖家绩效团队:", "greeting"),
        ("B. What we have done", "heading"),
        ("Root cause", "heading"),
        ("Why did this happen?", "heading"),
        ("Subject: deactivated account, related account", "heading"),
        ("二、已采取的措施", "heading"),
        ("B0A1HPX4RW, B0A1HPX4RX", "identifiers"),
        ("Orders concerned: 113-5520917-0046612, 113-8810045-7391128.", "identifiers"),
        ("We removed all 146 units of B0A1HPX4RW.", "sentence"),
        ("Thank you for your consideration.", "closing"),
        ("Kind regards,", "closing"),
        ("此致", "closing"),
    ],
)
def test_roles(line: str, role: str) -> None:
    text = line + "\nWe wrote one full sentence here.\n"
    assert passages(text)[0].role == role


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Why did this happen?", "cause"),
        ("What we did", "actions"),
        ("What we will do", "prevention"),
        ("Why this will not happen again in the future", "prevention"),
        ("Corrective actions", "actions"),
        ("问题原因", "cause"),
        ("预防措施", "prevention"),
        ("Relationship", ""),
    ],
)
def test_parts(heading: str, part: str) -> None:
    assert part_of_heading(heading) == part


def test_run_in_headings_are_cut_off() -> None:
    text = "Cause. We bought badly.\nActions: We stopped.\n预防措施:以后检查。"
    assert [(p.role, p.part, text[p.start : p.end]) for p in passages(text)] == [
        ("heading", "cause", "Cause."),
        ("sentence", "cause", "We bought badly."),
        ("heading", "actions", "Actions:"),
        ("sentence", "actions", "We stopped."),
        ("heading", "prevention", "预防措施:"),
        ("sentence", "prevention", "以后检查。"),
    ]


def test_line_ends_of_every_kind_count_once() -> None:
    for end in ("\n", "\r\n", "\r", "\x0b", "\u2028"):
        text = f"We removed it all.{end}We refunded them.{end}{end}We stopped."
        assert [p.paragraph for p in passages(text)] == [0, 0, 1], end


@pytest.mark.parametrize(
    "text",
    ["a" * 1_000_000, "word " * 200_000, "我" * 1_000_000, "a. " * 300_000, "1" * 1_000_000,
     "-" * 1_000_000, "\n" * 1_000_000, "a:" * 500_000, "A. B" * 250_000, "一二三、" * 200_000],
    ids=lambda t: repr(t[:6]),
)  # fmt: skip
@pytest.mark.timeout(10)
def test_a_megabyte_is_cut_without_hanging(text: str) -> None:
    parts = passages(text)
    assert all(p.end - p.start <= 1500 or p.role != "sentence" for p in parts)
