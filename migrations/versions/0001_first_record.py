"""The record: accounts, cases, mail, versions, points, attachments, dismissals, history."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

VERSION_FROZEN = "A submitted version cannot be changed."
VERSION_KEPT = "A submitted version cannot be deleted."
EVENT_FROZEN = "The history cannot be changed."
FROZEN_COLUMNS = (
    "id", "case_id", "number", "body", "state", "parent_id", "created_at", "updated_at",
    "submitted_at", "channel", "sha256",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "seller_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seller_id", sa.String(), nullable=False),
        sa.Column("marketplace", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seller_accounts"),
        sa.UniqueConstraint("name", "seller_id", "marketplace", name="uq_seller_accounts_name"),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("violation", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("amazon_case_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("assignee", sa.String(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("next_action_on", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.ForeignKeyConstraint(["account_id"], ["seller_accounts.id"], name="fk_cases_account_id"),
        sa.UniqueConstraint("reference", name="uq_cases_reference"),
    )
    op.create_index("ix_cases_account_id", "cases", ["account_id"])
    op.create_index("ix_cases_status", "cases", ["status"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("utc_offset", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_notices_case_id"),
    )
    op.create_index("ix_notices_case_id", "notices", ["case_id"])
    op.create_table(
        "poa_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("not_sent_at", sa.DateTime(), nullable=True),
        sa.Column("not_sent_reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_poa_versions"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_poa_versions_case_id"),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["poa_versions.id"], name="fk_poa_versions_parent_id"
        ),
        sa.UniqueConstraint("case_id", "number", name="uq_poa_versions_case_id"),
    )
    op.create_index("ix_poa_versions_case_id", "poa_versions", ["case_id"])
    op.create_table(
        "responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("utc_offset", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_responses"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_responses_case_id"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["poa_versions.id"], name="fk_responses_version_id"
        ),
    )
    op.create_index("ix_responses_case_id", "responses", ["case_id"])
    op.create_table(
        "points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("set_aside", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_points"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_points_case_id"),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_points_notice_id"),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name="fk_points_response_id"),
    )
    op.create_index("ix_points_case_id", "points", ["case_id"])
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_attachments_case_id"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["poa_versions.id"], name="fk_attachments_version_id"
        ),
    )
    op.create_index("ix_attachments_case_id", "attachments", ["case_id"])
    op.create_table(
        "dismissals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dismissals"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_dismissals_case_id"),
        sa.UniqueConstraint("case_id", "fingerprint", name="uq_dismissals_case_id"),
    )
    op.create_index("ix_dismissals_case_id", "dismissals", ["case_id"])
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("utc_offset", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_events_case_id"),
    )
    op.create_index("ix_events_case_id_at", "events", ["case_id", "at"])
    if op.get_bind().dialect.name == "postgresql":
        _freeze_on_postgresql()
    else:
        _freeze_on_sqlite()


def _changed(different: str) -> str:
    """What a submitted version must not go through; its mark "not sent" is set once, with a reason."""
    changes = [f'OLD."{c}" {different} NEW."{c}"' for c in FROZEN_COLUMNS]
    changes.append("OLD.not_sent_at IS NOT NULL")
    changes.append(
        f"(NEW.not_sent_at IS NULL AND OLD.not_sent_reason {different} NEW.not_sent_reason)"
    )
    return " OR ".join(changes)


def _freeze_on_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER poa_versions_frozen BEFORE UPDATE ON poa_versions "
        f"WHEN OLD.state = 'submitted' AND ({_changed('IS NOT')}) "
        f"BEGIN SELECT RAISE(ABORT, '{VERSION_FROZEN}'); END"
    )
    op.execute(
        "CREATE TRIGGER poa_versions_kept BEFORE DELETE ON poa_versions "
        f"WHEN OLD.state = 'submitted' BEGIN SELECT RAISE(ABORT, '{VERSION_KEPT}'); END"
    )
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER events_no_{action.lower()} BEFORE {action} ON events "
            f"BEGIN SELECT RAISE(ABORT, '{EVENT_FROZEN}'); END"
        )
    # REPLACE deletes without firing delete triggers, so a key that is taken is refused by itself.
    op.execute(
        "CREATE TRIGGER events_no_replace BEFORE INSERT ON events "
        "WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{EVENT_FROZEN}'); END"
    )
    op.execute(
        "CREATE TRIGGER poa_versions_no_replace BEFORE INSERT ON poa_versions "
        "WHEN EXISTS (SELECT 1 FROM poa_versions WHERE state = 'submitted' AND (id = NEW.id "
        "OR (case_id = NEW.case_id AND number = NEW.number))) "
        f"BEGIN SELECT RAISE(ABORT, '{VERSION_FROZEN}'); END"
    )
    op.execute(
        "CREATE TRIGGER poa_versions_no_update_replace BEFORE UPDATE ON poa_versions "
        "WHEN EXISTS (SELECT 1 FROM poa_versions WHERE state = 'submitted' AND id <> OLD.id "
        "AND (id = NEW.id OR (case_id = NEW.case_id AND number = NEW.number))) "
        f"BEGIN SELECT RAISE(ABORT, '{VERSION_FROZEN}'); END"
    )


def _freeze_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION poa_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$"
    )
    op.execute(
        "CREATE TRIGGER poa_versions_frozen BEFORE UPDATE ON poa_versions FOR EACH ROW "
        f"WHEN (OLD.state = 'submitted' AND ({_changed('IS DISTINCT FROM')})) "
        f"EXECUTE FUNCTION poa_refuse('{VERSION_FROZEN}')"
    )
    op.execute(
        "CREATE TRIGGER poa_versions_kept BEFORE DELETE ON poa_versions FOR EACH ROW "
        f"WHEN (OLD.state = 'submitted') EXECUTE FUNCTION poa_refuse('{VERSION_KEPT}')"
    )
    op.execute(
        "CREATE TRIGGER events_frozen BEFORE UPDATE OR DELETE ON events FOR EACH ROW "
        f"EXECUTE FUNCTION poa_refuse('{EVENT_FROZEN}')"
    )
    op.execute(
        "CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events "
        f"EXECUTE FUNCTION poa_refuse('{EVENT_FROZEN}')"
    )
    op.execute(
        "CREATE TRIGGER poa_versions_no_truncate BEFORE TRUNCATE ON poa_versions "
        f"EXECUTE FUNCTION poa_refuse('{VERSION_KEPT}')"
    )
