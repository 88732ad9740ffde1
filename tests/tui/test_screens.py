"""What a user does on the screens, and what they see of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from samples import HOSTILE, NOW
from textual import events
from textual.widgets import Input

from poa_tracker.tui.widgets.case_list import CaseList
from poa_tracker.tui.widgets.checklist import Checklist
from poa_tracker.tui.widgets.compare_view import CompareView
from poa_tracker.tui.widgets.mail_box import MarkedText
from poa_tracker.workflow import (
    Desk,
    add_note,
    change_case,
    list_cases,
    log_notice,
    log_response,
    open_case,
    save_draft,
    show_case,
    start_draft,
    submit_version,
)
from tui.terminal import Terminal, terminal

NOTICE = """Hello Fern Lane Shop,

Your Amazon seller account has been deactivated.

Why did this happen?
Your late shipment rate for the 30 days to 1 April is 9.4%. Our target is under 4%.

How do I reactivate my account?
Please submit a plan of action. Please also send us invoices from your supplier.

If we do not receive this within 14 days, your account will remain deactivated.

Seller Performance Team
"""
LETTER = """Dear Seller Performance team,

Root cause
Our only picker was ill from 12 to 26 March and nobody took over the packing table.

Actions taken
We hired a second picker on 2 April and shipped all open orders by 4 April.

Prevention
Two people are trained for every shift and the list of open orders is read at ten o'clock.
"""
REFUSAL = "Hello,\n\nWe reviewed your plan and cannot accept it.\n\nSeller Performance Team\n"


def shown(user: Terminal) -> list[str]:
    return [row.reference for row in user.app.screen.query_one(CaseList).rows]


async def test_filter_narrows_the_list_while_typing(caseload: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        assert len(shown(user)) == 12
        await user.press("slash")
        await user.type("castellan")
        assert set(shown(user)) == {"CO-2024-01", "CO-2024-02", "CO-2025-01"}
        await user.type(" denied")
        assert shown(user) == ["CO-2024-02"]
        await user.press("escape")
        assert len(shown(user)) == 12


async def test_filter_forgives_a_typo_and_reads_chinese(caseload: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("slash")
        line = user.app.screen.query_one("#filter", Input)
        line.value = "trademrak"
        await user.settle()
        assert shown(user) == ["CO-2025-01"]
        line.value = "真实性"
        await user.settle()
        assert shown(user) == ["LA-2024-01"]


async def test_tabs_count_and_select(caseload: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        assert "All 12   To do 1   Waiting 3   Won 5   Closed 3" in user.screen()
        await user.press("tab", "tab")
        assert set(shown(user)) == {"CO-2025-01", "LA-2025-02", "BF-2025-01"}


async def test_sorting_by_a_clicked_heading(caseload: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW, size=(140, 30)) as user:
        await user.pilot.click(CaseList, offset=(2, 0))
        await user.settle()
        assert shown(user) == sorted(shown(user))
        await user.pilot.click(CaseList, offset=(2, 0))
        await user.settle()
        assert shown(user) == sorted(shown(user), reverse=True)


async def test_mouse_opens_a_case(caseload: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await user.pilot.click(CaseList, offset=(3, 3), times=2)
        await user.settle()
        assert "LA-2025-02" in user.screen().splitlines()[0]


async def test_empty_database_takes_the_demo(database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("i")
        assert len(shown(user)) == 12


async def open_with_notice(user: Terminal) -> None:
    await user.press("n")
    await user.type("Fern Lane Shop")
    await user.press("ctrl+s")
    await user.paste(NOTICE)


async def test_new_case_notice_is_read_before_it_is_kept(desk: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await open_with_notice(user)
        screen = user.screen()
        assert "late shipment" in screen
        assert "invoices" in screen
        assert "2025-05-04" in screen
        await user.press("ctrl+s")
    file = show_case(desk, "FLS-2025-01")
    assert file.notices[0].body == NOTICE
    assert file.case.violation == "late-shipment"
    assert file.case.deadline == (NOW + timedelta(days=14)).date()
    assert all(NOTICE[p.start : p.end].strip() for p in file.points)


async def test_points_are_corrected_before_they_are_kept(desk: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await open_with_notice(user)
        await user.press("f2", "space", "down", "enter")
        line = user.app.screen.query_one("PointsEditor Input", Input)
        line.value = "three newest invoices"
        await user.press("enter", "ctrl+s")
    points = show_case(desk, "FLS-2025-01").points
    assert [bool(p.set_aside) for p in points] == [True, False]
    assert points[1].label == "three newest invoices"
    assert points[1].origin == "hand"


async def test_an_error_keeps_the_dialog_and_its_text(desk: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await open_with_notice(user)
        user.app.screen.query_one("#day", Input).value = "yesterday"
        await user.press("ctrl+s")
        assert "is no date" in user.screen()
        assert user.app.screen.query_one("#mail", MarkedText).text == NOTICE


async def test_an_empty_seller_is_asked_for(desk: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("n", "ctrl+s")
        assert "Name the seller" in user.screen()
        assert list_cases(desk) == []


@pytest.fixture
def refused(desk: Desk) -> str:
    """A case whose first version was refused."""
    reference = open_case(desk, seller="Fern Lane Shop", title="Late").reference
    log_notice(desk, reference, NOTICE)
    number = start_draft(desk, reference, body=LETTER).number
    submit_version(desk, reference, number)
    log_response(desk, reference, REFUSAL, outcome="rejected")
    return reference


async def test_second_version_shows_what_it_repeats(
    refused: str, desk: Desk, database_url: str
) -> None:
    async with terminal(database_url, lambda: NOW, size=(140, 40)) as user:
        await user.press("d", "enter")
        screen = user.screen()
        assert "version 2" in screen
        assert "repeats" in screen
        await user.press("f3")
        screen = user.screen()
        assert "Said before, word for word (version 1, refused" in screen
        assert "Version 1 said" in screen
        editor = user.app.screen.query_one("#editor", MarkedText)
        assert editor.selected_text.startswith("Our only picker was ill")


async def test_warnings_follow_the_typing(refused: str, desk: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW, size=(140, 40)) as user:
        await user.press("d", "enter")
        assert "repeats" in user.screen()
        editor = user.app.screen.query_one("#editor", MarkedText)
        editor.load_text("")
        await user.paste("Dear team,\n\nThe machine that prints labels broke on 3 March.\n")
        screen = user.screen()
        assert "! repeats" not in screen
        assert "✗" in screen


async def test_a_dismissed_warning_stays_dismissed(
    refused: str, desk: Desk, database_url: str
) -> None:
    async with terminal(database_url, lambda: NOW, size=(140, 40)) as user:
        await user.press("d", "enter", "f3")
        before = user.screen().count("! repeats")
        await user.press("f9")
        await user.type("asked again by Amazon")
        await user.press("ctrl+s")
        assert user.screen().count("! repeats") == before - 1
        assert "Set aside  1" in user.screen()
        await user.press("escape", "d")
        assert "Set aside  1" in user.screen()
        listing = user.app.screen.query_one(Checklist)
        listing.focus()
        listing.highlighted = len(listing.options) - 1
        await user.press("b")
        assert "Set aside  1" not in user.screen()
    assert [e.text for e in show_case(desk, refused).events if e.kind == "dismissal"] == [
        "asked again by Amazon",
        "brought back",
    ]


async def test_typing_is_saved_without_being_asked(
    refused: str, desk: Desk, database_url: str
) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("d", "enter")
        await user.paste("A new first line. ")
        await user.pilot.pause(1.3)
        await user.settle()
        assert show_case(desk, refused).version(2).body.startswith("A new first line. ")


async def test_submitting_shows_open_warnings_and_freezes(
    refused: str, desk: Desk, database_url: str
) -> None:
    async with terminal(database_url, lambda: NOW, size=(100, 40)) as user:
        await user.press("d", "enter", "f8")
        screen = user.screen()
        assert "open," in screen
        assert "Submit all the same" in screen
        await user.press("ctrl+s")
        assert "submitted" in user.screen().splitlines()[0]
    file = show_case(desk, refused)
    assert file.case.status == "submitted"
    assert file.version(2).sha256
    assert [e.data.get("open_warnings") for e in file.events if e.kind == "submission"][-1]


async def test_a_version_submitted_by_mistake_is_taken_back(
    refused: str, desk: Desk, database_url: str
) -> None:
    number = start_draft(desk, refused, parent=1).number
    submit_version(desk, refused, number)
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter", "u")
        await user.type("wrong file")
        await user.press("ctrl+s")
        assert "1 version sent" in user.screen()
    assert show_case(desk, refused).version(2).not_sent_reason == "wrong file"


async def test_response_dialog_proposes_and_keeps(
    refused: str, desk: Desk, database_url: str
) -> None:
    number = start_draft(desk, refused, body=LETTER).number
    submit_version(desk, refused, number)
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter", "r")
        await user.paste(
            "Hello,\n\nWe have reinstated your selling account.\n\nSeller Performance\n"
        )
        assert "reinstated" in user.screen()
        await user.press("ctrl+s")
    file = show_case(desk, refused)
    assert file.case.status == "reinstated"
    assert file.responses[-1].version_id == file.version(2).id


async def test_compare_walks_the_changes_and_folds(caseload: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW, size=(140, 40)) as user:
        await user.press("down", "down", "down", "c")
        view = user.app.screen.query_one(CompareView)
        assert "change 1 of" in user.screen()
        first = view.cursor_row
        await user.press("n")
        assert view.cursor_row > first
        await user.press("N")
        assert view.cursor_row == first
        assert "Version 1 (refused)" in user.screen().splitlines()[0]
        await user.press("x")
        assert user.screen().splitlines()[0].startswith(" Version 2")
        await user.press("a")
        assert "Amazon has not answered" in user.screen()


async def test_export_writes_the_dossier(
    refused: str, desk: Desk, database_url: str, tmp_path: Path
) -> None:
    target = tmp_path / "dossier.html"
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter", "x")
        user.app.screen.query_one("#path", Input).value = str(target)
        await user.press("ctrl+s")
    assert "Our only picker was ill" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_passes_through_every_screen(
    text: str, desk: Desk, database_url: str
) -> None:
    reference = open_case(desk, seller=f"Seller {text}", title=text).reference
    log_notice(desk, reference, f"{NOTICE}\n{text}\n")
    add_note(desk, reference, f"note {text}")
    start_draft(desk, reference, body=f"{LETTER}\n{text}\n")
    submit_version(desk, reference, 1, note=text)
    log_response(desk, reference, f"{REFUSAL}{text}", outcome="rejected")
    draft = start_draft(desk, reference, parent=1)
    save_draft(desk, reference, draft.number, f"{text}\n{LETTER}")
    async with terminal(database_url, lambda: NOW, size=(120, 40)) as user:
        screens = [user.screen()]
        await user.press("enter")
        for _ in range(len(show_case(desk, reference).events)):
            await user.press("k")
            screens.append(user.screen())
        for keys in (("x",), ("t",), ("p",), ("r",), ("n",), ("o",)):
            await user.press(*keys)
            screens.append(user.screen())
            await user.press("escape")
        await user.press("d")
        await user.paste(text)
        screens.append(user.screen())
        await user.press("f3", "f2", "f8")
        screens.append(user.screen())
        await user.press("escape", "f5")
        screens.append(user.screen())
        assert "\x1b" not in "".join(screens)
        assert "\x00" not in "".join(screens)
        assert "\u202e" not in "".join(screens)


async def test_a_megabyte_in_one_line_is_shown_and_kept(desk: Desk, database_url: str) -> None:
    body = "x" * 1_000_000
    reference = open_case(desk, seller="Long").reference
    log_notice(desk, reference, body)
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter")
        assert "more characters" not in user.screen()
        assert "xxx" in user.screen()
    assert show_case(desk, reference).notices[0].body == body


async def test_the_palette_names_what_the_screen_can_do(caseload: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW, size=(100, 40)) as user:
        await user.press("enter", "ctrl+p")
        await user.type("compare")
        assert "Compare two versions side by side" in user.screen()


async def test_times_are_shown_in_the_users_zone(desk: Desk, database_url: str) -> None:
    reference = open_case(desk, seller="Zone").reference
    log_notice(desk, reference, NOTICE, received_at=datetime(2025, 4, 19, 22, 30, tzinfo=UTC))
    from datetime import timezone

    east = timezone(timedelta(hours=8))
    async with terminal(database_url, lambda: NOW.astimezone(east)) as user:
        await user.press("enter", "G")
        assert "20 Apr 06:30" in user.screen()


async def test_leaving_a_dialog_with_text_asks_first(desk: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await open_with_notice(user)
        await user.press("escape")
        assert "Leave without keeping?" in user.screen()
        await user.press("n")
        assert user.app.screen.query_one("#mail", MarkedText).text == NOTICE
        await user.press("escape", "y")
        assert "There is no notice here yet" in user.screen()


async def test_leaving_while_the_mail_is_being_read(desk: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("n")
        await user.type("Quick Shop")
        await user.press("ctrl+s")
        user.app.post_message(events.Paste(NOTICE * 40))
        await user.pilot.pause(0.22)
        await user.pilot.press("escape", "y")
        await user.settle()
        assert "QS-2025-01" in user.screen()


async def test_corrected_points_stay_on_their_words(desk: Desk, database_url: str) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await open_with_notice(user)
        await user.press("f2", "space", "f2")
        user.app.screen.query_one("#mail", MarkedText).move_cursor((0, 0))
        await user.paste("A line above. ")
        await user.press("ctrl+s")
    file = show_case(desk, "FLS-2025-01")
    body = file.notices[0].body
    assert body.startswith("A line above. ")
    assert [bool(p.set_aside) for p in file.points] == [True, False]
    assert "late shipment rate" in body[file.points[0].start : file.points[0].end]
    assert "invoices" in body[file.points[1].start : file.points[1].end]


async def test_mail_keeps_its_own_line_ends(desk: Desk, database_url: str) -> None:
    body = NOTICE.replace("\n", "\r\n") + "one\u2028two\x0bthree\x85four\n"
    reference = open_case(desk, seller="Ends").reference
    log_notice(desk, reference, body)
    start_draft(desk, reference, body=body)
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter", "p")
        assert user.app.screen.query_one("#mail", MarkedText).text == body
        await user.press("escape", "d")
        await user.type("X")
        await user.press("escape")
    assert show_case(desk, reference).version(1).body == "X" + body


async def test_text_is_rescued_when_the_version_was_submitted_elsewhere(
    refused: str, desk: Desk, database_url: str, own_home: Path
) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("d", "enter")
        submit_version(desk, refused, 2)
        await user.paste("Words that nobody else has. ")
        await user.press("escape")
        assert "2 versions sent" in user.screen()
    (rescued,) = own_home.rglob(f"{refused}-v2-*.txt")
    assert rescued.read_text(encoding="utf-8").startswith("Words that nobody else has. ")


async def test_fields_are_changed_only_where_they_were_edited(
    refused: str, desk: Desk, database_url: str
) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter", "e")
        user.app.screen.query_one("#title", Input).value = "New title"
        await user.press("ctrl+s")
    file = show_case(desk, refused)
    assert file.case.title == "New title"
    assert [e.text for e in file.events if e.kind == "field"] == ["violation", "title"]


async def test_a_fault_of_the_program_shows_no_letters(
    refused: str, desk: Desk, database_url: str, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from poa_tracker.tui.screens.draft import DraftScreen

    def broken(self: DraftScreen) -> None:
        secret = self.query_one("#editor", MarkedText).text  # noqa: F841
        raise ZeroDivisionError

    monkeypatch.setattr(DraftScreen, "action_submit", broken)
    with pytest.raises(ZeroDivisionError):
        async with terminal(database_url, lambda: NOW) as user:
            await user.press("d", "enter", "f8")
    (report,) = own_home.rglob("fault-*.txt")
    text = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "Our only picker" not in text


async def test_a_late_answer_goes_to_the_version_it_answers(desk: Desk, database_url: str) -> None:
    reference = open_case(desk, seller="Fern Lane Shop").reference
    for days, body in ((20, LETTER), (10, "Other words. " + LETTER)):
        then = replace(desk, clock=lambda days=days: NOW - timedelta(days=days))  # type: ignore[misc]
        if days == 20:
            log_notice(then, reference, NOTICE)
        submit_version(then, reference, start_draft(then, reference, body=body).number)
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter", "r")
        user.app.screen.query_one("#day", Input).value = str((NOW - timedelta(days=15)).date())
        await user.paste(REFUSAL)
        await user.press("ctrl+s")
    file = show_case(desk, reference)
    assert [r.version_id for r in file.responses] == [file.version(1).id]


async def test_an_answer_pasted_over_another_is_read_anew(
    refused: str, desk: Desk, database_url: str
) -> None:
    submit_version(desk, refused, start_draft(desk, refused, body=LETTER).number)
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter", "r")
        await user.paste(REFUSAL)
        user.app.screen.query_one("#mail", MarkedText).load_text(
            "Hello,\n\nWe have reinstated your selling account.\n"
        )
        await user.press("ctrl+s")
    assert show_case(desk, refused).case.status == "reinstated"


async def test_a_second_notice_keeps_the_violation(
    refused: str, desk: Desk, database_url: str
) -> None:
    change_case(desk, refused, {"violation": "drop-shipping"})
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter", "n")
        await user.paste(NOTICE)
        await user.press("ctrl+s")
    assert show_case(desk, refused).case.violation == "drop-shipping"


async def test_a_label_being_typed_is_kept_with_the_points(
    refused: str, desk: Desk, database_url: str
) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter", "g", "down", "p", "e")
        user.app.screen.query_one("PointsEditor Input", Input).value = "my own words"
        await user.press("ctrl+s")
    assert "my own words" in {p.label for p in show_case(desk, refused).points}


async def test_escape_asks_where_a_field_was_filled(
    refused: str, desk: Desk, database_url: str
) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("enter", "e")
        user.app.screen.query_one("#title", Input).value = "typed"
        await user.press("escape")
        assert "Leave without keeping?" in user.screen()
        await user.press("n", "escape", "y", "e", "escape")
        assert "Leave without keeping?" not in user.screen()


async def test_a_text_in_conflict_is_in_a_file_at_once(
    refused: str, desk: Desk, database_url: str, own_home: Path
) -> None:
    async with terminal(database_url, lambda: NOW) as user:
        await user.press("d", "enter")
        save_draft(desk, refused, 2, "theirs")
        await user.paste("Mine. ")
        await user.pilot.pause(1.3)
        await user.settle()
        (rescued,) = own_home.rglob(f"{refused}-v2-*.txt")
        assert rescued.read_text(encoding="utf-8").startswith("Mine. ")
    assert show_case(desk, refused).version(2).body == "theirs"
