"""Reading of notices and responses: single cases, laws for any text, floors of the figures."""

from datetime import date
from pathlib import Path

import pytest
from corpus_figures import responses as figures
from hypothesis import given, settings
from hypothesis import strategies as st

from poa_tracker.amazon import (
    Deadline,
    due_on,
    identifiers,
    label,
    read_deadline,
    read_notice,
    read_response,
    violations,
)
from poa_tracker.errors import NotFoundError

CORPUS = Path(__file__).parent.parent / "corpus"


def raised(text: str, kind: str) -> list[str]:
    """What a notice raises; where the last full stop belongs does not matter."""
    return [text[p.start : p.end].rstrip(".。") for p in read_notice(text).points if p.kind == kind]


def test_causes_and_demands_of_a_usual_notice() -> None:
    text = (
        "Hello,\n\nYour account has been deactivated. Please ship any open orders.\n\nWhy did "
        "this happen?\n"
        "We received complaints about the authenticity of your items. The sale of counterfeit "
        "products is strictly prohibited.\n\n"
        "How do I reactivate my account?\nPlease send:\n-- Invoices from your supplier.\n-- A "
        "plan of action that explains the root cause.\n\n"
        "What happens if I do not send this information?\nYour account will remain deactivated.\n"
    )
    reading = read_notice(text)
    assert reading.violation == "inauthentic"
    assert "We received complaints about the authenticity of your items" in raised(text, "cause")
    assert raised(text, "demand") == ["Invoices from your supplier"]


def test_a_chinese_notice_in_traditional_characters() -> None:
    text = (
        "您好:\n\n原因\n買家投訴收到的商品已經超過保質期。\n\n"
        "您需要做什麼\n請提供:\n• 最近180天內的進貨發票\n• 行動計劃\n"
    )
    assert raised(text, "cause") == ["買家投訴收到的商品已經超過保質期"]
    assert raised(text, "demand") == ["最近180天內的進貨發票"]


def test_quoted_complaints_and_tables_are_causes() -> None:
    quotes = (
        'What buyers said:\n"There were coffee grounds in the filter."\n"The valve was missing. No '
    )
    'manual."\n\nSend us invoices.'
    assert len(raised(quotes, "cause")) == 2
    table = (
        "We removed the listings because of complaints.\n\n"
        "ASIN | Item | Reason\nB0CX4T8R2P | Serum | smell unlike the original\n"
    )
    assert "smell unlike the original" in raised(table, "cause")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Please reply within 14 days.", 14),
        ("If no slot is booked within 72 hours, your appeal will be closed.", 3),
        ("You have seventeen (17) days to appeal.", 17),
        ("请在7天内提交行动计划。", 7),
        ("请您在三个工作日内回复。", 3),
        ("We will get back to you within 2 business days.", None),
        ("Send invoices issued in the last 365 days.", None),
        ("我们会在两个工作日内审核。", None),
        ("Funds will be held for 90 days.", None),
    ],
)
def test_deadlines_are_the_sellers_own(text: str, days: int | None) -> None:
    found = read_deadline(text)
    assert (found.days if found else None) == days


def test_calendar_deadlines_and_the_day_they_end() -> None:
    found = read_deadline(
        "Please reply by Friday, 21 June 2024. Otherwise we will close this review."
    )
    assert found is not None
    assert found.date == date(2024, 6, 21)
    assert due_on(found, date(2024, 6, 1)) == date(2024, 6, 21)
    assert due_on(Deadline(3, None, 0, 1), date(2024, 2, 27)) == date(2024, 3, 1)
    chinese = read_deadline("请于2024年8月9日之前完成。")
    assert chinese is not None
    assert chinese.date == date(2024, 8, 9)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Your account has been reactivated.", "reinstated"),
        ("We received your appeal and are reviewing it.", "acknowledgement"),
        ("We cannot accept your appeal. You may submit a new appeal.", "rejected"),
        ("This is our final decision. You may no longer sell on Amazon.", "final_denial"),
        (
            "We do not have enough information. Please send the invoices of your supplier.",
            "more_info",
        ),
        ("我们已恢复您的销售权限。", "reinstated"),
        ("此决定为最终决定,我们不会再回复相关邮件。", "final_denial"),
        ("您的文件已经上传成功,我们正在审核。", "acknowledgement"),
    ],
)
def test_outcomes(text: str, outcome: str) -> None:
    assert read_response(text).outcome == outcome


def test_identifiers_with_their_places() -> None:
    text = (
        "ASIN B0C7LKX42M, order 204-3381907-5520412, Complaint ID: 10493772051, "
        "案例编号 8841027753, A1B2C3D4E5F6G7"
    )
    found = identifiers(text)
    assert [(i.kind, i.value) for i in found] == [
        ("asin", "B0C7LKX42M"),
        ("order_id", "204-3381907-5520412"),
        ("complaint_id", "10493772051"),
        ("case_id", "8841027753"),
        ("seller_id", "A1B2C3D4E5F6G7"),
    ]
    assert all(text[i.start : i.end] == i.value for i in found)


def test_names_in_both_languages() -> None:
    assert label("late-shipment") == "Late shipment"
    assert label("late-shipment", "zh") == "延迟发货"
    assert violations()[-1].slug == "other"
    with pytest.raises(NotFoundError):
        label("no-such-thing")


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(), max_size=600))
def test_any_text_is_read_with_offsets_in_order(text: str) -> None:
    for points in (read_notice(text).points, read_response(text).points, identifiers(text)):
        end = 0
        for one in points:
            assert end <= one.start < one.end <= len(text)
            end = one.end
    found = read_deadline(text)
    assert found is None or 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["a", "because you send us ", "请提供发票,", '"', "1 ", "B0", "within "]
)
@pytest.mark.timeout(6)
def test_a_megabyte_in_one_line_is_read_without_hanging(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    read_notice(text)
    read_response(text)


@pytest.mark.parametrize("name", ["dev", "r1-en", "r1-zh", "r2", "r3"])
def test_the_corpus_figures_hold(name: str) -> None:
    measured = figures.score(figures.load(CORPUS / f"{name}-responses.jsonl"))
    assert measured.accuracy >= 0.9
    assert measured.deadline_accuracy >= 0.9
    assert measured.ask_precision >= 0.7
    assert measured.ask_recall >= 0.7


@pytest.mark.parametrize(
    "text",
    [
        "After reviewing your account, we have decided to reinstate your selling privileges.",
        (
            "We have decided to reinstate your account. If we receive further complaints, we may not be "
            "able to reinstate it again."
        ),
        "We have reviewed your plan and reinstated your listing.",
    ],
)
def test_a_decision_to_reinstate_is_read_whatever_surrounds_it(text: str) -> None:
    assert read_response(text).outcome == "reinstated"


def test_papers_beside_the_plan_are_asked_for() -> None:
    text = (
        "How do I reactivate my listing?\nPlease provide invoices from your supplier for the last "
        "365 days, a letter from the brand, and a plan of action."
    )
    points = read_notice(text).points
    assert [text[p.start : p.end] for p in points] == [
        "invoices from your supplier for the last 365 days",
        "a letter from the brand",
    ]


def test_a_metric_with_its_target_is_named_by_the_metric() -> None:
    text = "Why is this happening?\nYour Order Defect Rate is 2.4%, which exceeds our 1% target."
    (point,) = read_notice(text).points
    assert point.code == "order-defect-rate"


def test_what_need_not_be_sent_is_no_demand() -> None:
    text = "如何恢复?\n请提供营业执照。您无需提供水电费账单。"
    assert not any("水电费" in one for one in raised(text, "demand"))
    assert any("营业执照" in one for one in raised(text, "demand"))


def test_the_age_of_a_paper_hides_no_time_limit() -> None:
    text = "Please send invoices from the last 180 days within 7 days."
    deadline = read_response(text).deadline
    assert deadline is not None
    assert (deadline.days, text[deadline.start : deadline.end]) == (7, "within 7 days")


@pytest.mark.parametrize(
    ("clause", "label"),
    [
        (
            "Names of the two drivers who left the parcels",
            "Names of the two drivers who left the parcels",
        ),
        ("Invoices from your supplier of the last 365 days", "supplier invoices"),
        ("all reviews that were posted in return for a product", None),
    ],
)
def test_a_point_has_a_catalogue_name_only_where_its_words_bear_it_out(
    clause: str, label: str | None
) -> None:
    text = f"How do I reactivate my account?\nPlease send us:\n- {clause}\n"
    (point,) = read_notice(text).points
    assert point.label == (label or clause)
