"""The use cases, one transaction each; both front ends call nothing else."""

from poa_tracker.workflow.cases import (
    add_note,
    change_case,
    list_accounts,
    list_cases,
    open_case,
    set_status,
    show_case,
)
from poa_tracker.workflow.desk import Desk, in_zone, local_now
from poa_tracker.workflow.drafts import (
    mark_not_sent,
    record_draft,
    save_draft,
    start_draft,
    submit_version,
)
from poa_tracker.workflow.lifecycle import proposed_status
from poa_tracker.workflow.mail import (
    NoticeProposal,
    PointEntry,
    ResponseProposal,
    correct_outcome,
    correct_points,
    entry_of,
    log_notice,
    log_response,
    propose_notice,
    propose_response,
)
from poa_tracker.workflow.reviewing import (
    CaseReview,
    ReviewContext,
    bring_back,
    dismiss,
    review,
    review_context,
)
from poa_tracker.workflow.transfer import ImportReport, Refusal, export_cases, import_files

__all__ = [
    "CaseReview",
    "Desk",
    "ImportReport",
    "NoticeProposal",
    "PointEntry",
    "Refusal",
    "ResponseProposal",
    "ReviewContext",
    "add_note",
    "bring_back",
    "change_case",
    "correct_outcome",
    "correct_points",
    "dismiss",
    "entry_of",
    "export_cases",
    "import_files",
    "in_zone",
    "list_accounts",
    "list_cases",
    "local_now",
    "log_notice",
    "log_response",
    "mark_not_sent",
    "open_case",
    "propose_notice",
    "propose_response",
    "proposed_status",
    "record_draft",
    "review",
    "review_context",
    "save_draft",
    "set_status",
    "show_case",
    "start_draft",
    "submit_version",
]
