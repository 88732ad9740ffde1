"""What a case bundle holds: one case with its account, everything that happened, its documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class BundlePoint:
    """A point as corrected by hand: its place in the mail's text, and why it is set aside."""

    kind: str
    label: str
    code: str
    start: int
    end: int
    origin: str
    set_aside: str


@dataclass(frozen=True, slots=True)
class BundleEvent:
    """One event; ``on`` is aware.

    ``points`` is ``None`` and ``deadline`` is "" where the reading of the mail stands as it is.
    """

    type: str
    on: datetime
    text: str
    version: int | None = None
    channel: str = ""
    outcome: str = ""
    actor: str = ""
    subject: str = ""
    sent_at: datetime | None = None
    parent: int | None = None
    points: tuple[BundlePoint, ...] | None = None
    deadline: date | str | None = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BundleAttachment:
    """A document of the case."""

    kind: str
    file_name: str
    added_at: datetime
    version: int | None
    content: bytes


@dataclass(frozen=True, slots=True)
class BundleDismissal:
    """A warning that was set aside."""

    fingerprint: str
    rule: str
    version: int
    actor: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class BundleAccount:
    """The seller account of a case."""

    name: str
    seller_id: str
    marketplace: str
    contact: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One case with everything that happened in it, statuses in the program's own words.

    ``deadline`` is "" where it is the one that the mails say.
    """

    account: BundleAccount
    reference: str
    title: str
    violation: str
    status: str
    opened_on: date
    events: tuple[BundleEvent, ...]
    scope: str = ""
    amazon_case_id: str = ""
    priority: int = 0
    assignee: str = ""
    tags: tuple[str, ...] = ()
    next_action_on: date | None = None
    deadline: date | str | None = ""
    attachments: tuple[BundleAttachment, ...] = ()
    dismissals: tuple[BundleDismissal, ...] = ()
