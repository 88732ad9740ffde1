"""Starting points for drafts: every template renders for every case, and only asks."""

import re

import jinja2
import pytest
from samples import HOSTILE

from poa_tracker.amazon import violations
from poa_tracker.errors import NotFoundError, PoaError
from poa_tracker.exchange.templates import environment, render, render_start, start_templates
from poa_tracker.review import review_draft
from poa_tracker.workflow import Desk, list_cases, log_notice, open_case, show_case

NAMES = [template.name for template in start_templates()]


def test_every_template_names_known_violations_in_both_languages() -> None:
    known = {violation.slug for violation in violations()}
    for template in start_templates():
        assert set(template.violations) <= known, template.name
    stems = [
        {t.name[:-3] for t in start_templates() if t.language == lang} for lang in ("en", "zh")
    ]
    assert stems[0] == stems[1]
    covered = {slug for template in start_templates() for slug in template.violations}
    assert known - covered == {"other"}


@pytest.mark.parametrize("violation", [v.slug for v in violations()])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_template_fits(violation: str, language: str) -> None:
    first = start_templates(violation, language)[0]
    assert first.language == language
    assert violation in first.violations or first.name == f"general.{language}"


@pytest.mark.parametrize("name", NAMES)
def test_a_start_asks_and_says_nothing_ready_made(caseload: Desk, name: str) -> None:
    for row in list_cases(caseload):
        file = show_case(caseload, row.reference)
        text = render_start(name, file)
        assert file.account.name in text
        items = [line for line in text.splitlines() if line.startswith("- ")]
        assert len(items) >= 4
        for item in items:
            assert re.fullmatch(r"- \[[^\[\]]+\]", item), item
        for part in ("Root cause", "Actions taken", "Steps to prevent this"):
            assert part in text or name.endswith(".zh")
        assert "\n\n\n" not in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("reference", ["CO-2024-01", "BF-2025-02", "MB-2024-02"])
def test_a_start_claims_no_point_and_warns_of_every_question(
    caseload: Desk, reference: str, language: str
) -> None:
    file = show_case(caseload, reference)
    name = start_templates(file.case.violation, language)[0].name
    text = render_start(name, file)
    review = review_draft(text, notices=[notice.body for notice in file.notices])
    assert [p.point.label for p in review.points if p.covered] == []
    rules = [finding.rule for finding in review.findings]
    assert rules.count("placeholder-left") == text.count("[")


def test_hostile_words_stay_words(desk: Desk) -> None:
    for number, words in enumerate(HOSTILE):
        reference = f"H-{number}"
        open_case(desk, seller=f"S {words}", reference=reference, marketplace=words)
        log_notice(desk, reference, f"Why did this happen?\nOrders were late ] [x {words}.\n")
        for name in ("general.en", "late-shipment.zh"):
            text = render_start(name, show_case(desk, reference))
            assert "49" not in text
            for line in text.splitlines():
                if line.startswith("- "):
                    assert re.fullmatch(r"- \[[^\[\]]+\]", line)


def test_templates_are_confined() -> None:
    with pytest.raises(PoaError):
        render("../pyproject.toml", {})
    with pytest.raises(PoaError):
        render("letter.md.j2", {})
    with pytest.raises(jinja2.exceptions.SecurityError):
        environment().from_string("{{ ''.__class__.__mro__ }}").render()


def test_an_unknown_template_is_named(caseload: Desk) -> None:
    with pytest.raises(NotFoundError, match="no template"):
        render_start("../letter", show_case(caseload, "PB-2024-01"))
