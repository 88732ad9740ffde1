"""The record: one SQLModel class a table (design: docs/design.md).

Times are aware UTC datetimes. Where the sender's or writer's own clock matters (a deadline counts
from the mail's own date) ``utc_offset`` keeps its distance from UTC in minutes.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Index, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# Every constraint has a name, so that later revisions can drop it in SQLite's batch mode.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Turn an aware datetime into the naive UTC one that is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Give the stored time back as an aware UTC datetime."""
        return None if value is None else value.replace(tzinfo=UTC)


class Status(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    MORE_INFO = "more_info"
    REJECTED = "rejected"
    REINSTATED = "reinstated"
    PARTLY_REINSTATED = "partly_reinstated"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


class VersionState(StrEnum):
    """Whether a POA version can still be written on."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


class PointOrigin(StrEnum):
    """Who found a point."""

    READ = "read"
    HAND = "hand"


class SellerAccount(SQLModel, table=True):
    """A seller account on one marketplace; ``seller_id`` is the merchant token."""

    __tablename__ = "seller_accounts"
    __table_args__ = (UniqueConstraint("name", "seller_id", "marketplace"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    seller_id: str = ""
    marketplace: str = ""
    contact: str = ""
    notes: str = Field(default="", sa_type=Text)


class Case(SQLModel, table=True):
    """One appeal: an enforcement and everything that follows from it.

    ``violation``: catalogue slug. ``scope``: what was taken down (account, listing, funds, …).
    ``deadline``: last day for the seller's next answer, in the mail's own calendar.
    ``row_version`` counts changes, for optimistic locking.
    """

    __tablename__ = "cases"

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    account_id: int = Field(foreign_key="seller_accounts.id", index=True)
    title: str = ""
    violation: str = "other"
    scope: str = ""
    amazon_case_id: str = ""
    status: str = Field(default=Status.OPEN.value, index=True)
    priority: int = 0
    assignee: str = ""
    tags: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    opened_on: date
    closed_on: date | None = None
    next_action_on: date | None = None
    deadline: date | None = None
    row_version: int = 1


class Notice(SQLModel, table=True):
    """A performance notice, its body as it came; ``source`` says where it came from."""

    __tablename__ = "notices"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    received_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    utc_offset: int = 0
    subject: str = ""
    body: str = Field(sa_type=Text)
    source: str = ""


class PoaVersion(SQLModel, table=True):
    """One version of a plan of action; once submitted the database refuses to change it.

    ``sha256`` is that of the UTF-8 body. ``not_sent_at`` and ``not_sent_reason`` may be set once,
    later: the version was marked as submitted by mistake and does not count as refused wording.
    """

    __tablename__ = "poa_versions"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    number: int
    body: str = Field(default="", sa_type=Text)
    state: str = VersionState.DRAFT.value
    parent_id: int | None = Field(default=None, foreign_key="poa_versions.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    channel: str = ""
    sha256: str = ""
    not_sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    not_sent_reason: str = ""


class Response(SQLModel, table=True):
    """Amazon's answer, its body as it came; ``version_id`` is the version it answers, if known."""

    __tablename__ = "responses"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    version_id: int | None = Field(default=None, foreign_key="poa_versions.id")
    received_at: datetime = Field(sa_type=UtcDateTime)
    utc_offset: int = 0
    body: str = Field(sa_type=Text)
    source: str = ""
    outcome: str = "other"
    deadline: date | None = None


class Point(SQLModel, table=True):
    """Something the seller must answer, with its evidence span in a notice or a response.

    ``set_aside``: why it need not be answered, "" while it counts.
    """

    __tablename__ = "points"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    notice_id: int | None = Field(default=None, foreign_key="notices.id")
    response_id: int | None = Field(default=None, foreign_key="responses.id")
    kind: str
    label: str
    code: str = ""
    start: int
    end: int
    origin: str = PointOrigin.READ.value
    set_aside: str = ""


class Attachment(SQLModel, table=True):
    """A document of a case; ``kind`` as in the catalogue (invoice, letter of authorisation, …)."""

    __tablename__ = "attachments"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    version_id: int | None = Field(default=None, foreign_key="poa_versions.id")
    kind: str = ""
    file_name: str
    sha256: str
    content: bytes
    added_at: datetime = Field(sa_type=UtcDateTime)


class Dismissal(SQLModel, table=True):
    """A warning that the user has set aside, by the fingerprint of the finding."""

    __tablename__ = "dismissals"
    __table_args__ = (UniqueConstraint("case_id", "fingerprint"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    fingerprint: str
    rule: str
    version_number: int
    actor: str
    at: datetime = Field(sa_type=UtcDateTime)
    reason: str


class Event(SQLModel, table=True):
    """One entry of a case's history; the database refuses to change or delete it.

    ``at``: when it happened; ``recorded_at``: when it was written down. ``data``: what the kind
    needs besides the text (version, channel, outcome, before and after of a field).
    """

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_case_id_at", "case_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id")
    at: datetime = Field(sa_type=UtcDateTime)
    utc_offset: int = 0
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    actor: str
    kind: str
    text: str = Field(default="", sa_type=Text)
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
