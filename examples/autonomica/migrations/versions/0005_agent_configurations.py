"""Which model an agent runs on, and how: one row for each version, at most one of them active."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ENUM, JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PROVIDERS = ("OPENAI", "ANTHROPIC", "GOOGLE")
LABEL = sa.Computed("model || ' v' || version::text", persisted=True)


def create_agent_configurations() -> None:
    on_agent = sa.ForeignKey("agents.id", ondelete="CASCADE")
    op.create_table(
        "agent_configurations",
        sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True),
        sa.Column("agent_id", sa.Integer, on_agent, nullable=False),
        sa.Column("provider", ENUM(*PROVIDERS, name="modelprovider"), nullable=False),
        sa.Column("model", sa.String(80), nullable=False),
        sa.Column("temperature", sa.Numeric(3, 2), nullable=False, server_default="0.70"),
        sa.Column("system_prompt", sa.Text, nullable=False),
        sa.Column("tools", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
        sa.Column("limits", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb")),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, LABEL),
        sa.Column("is_active", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created_by", sa.Integer, sa.ForeignKey("users.id")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.UniqueConstraint("agent_id", "version", name="agent_configurations_version_once"),
        sa.CheckConstraint("temperature BETWEEN 0 AND 2", name="agent_configurations_temperature_0_to_2"),
        sa.CheckConstraint("version >= 1", name="agent_configurations_version_from_1"),
        sa.CheckConstraint("jsonb_typeof(tools) = 'array'", name="agent_configurations_tools_array"),
        sa.CheckConstraint("jsonb_typeof(limits) = 'object'", name="agent_configurations_limits_object"),
    )


def create_model_prices() -> None:
    op.create_table(
        "model_prices",
        sa.Column("id", sa.Integer, sa.Identity(always=False), primary_key=True),
        sa.Column("provider", sa.String(40), nullable=False),
        sa.Column("model", sa.String(80), nullable=False, unique=True),
        sa.Column("input_per_million", sa.Numeric(10, 4), nullable=False),
        sa.Column("output_per_million", sa.Numeric(10, 4), nullable=False),
    )


def create_task_runs() -> None:
    op.create_table(
        "task_runs",
        sa.Column("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
        sa.Column("task_id", sa.Integer, sa.ForeignKey("tasks.id", ondelete="CASCADE"), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("configuration_id", sa.Integer, sa.ForeignKey("agent_configurations.id")),
        sa.Column("input_tokens", sa.Integer, nullable=False),
        sa.Column("output_tokens", sa.Integer, nullable=False),
        sa.Column("cost", sa.Numeric(12, 6), nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("task_id", "attempt", name="task_runs_attempt_once"),
        sa.CheckConstraint("input_tokens >= 0 AND output_tokens >= 0", name="task_runs_tokens_not_negative"),
        sa.CheckConstraint("finished_at >= started_at", name="task_runs_end_after_start"),
    )


def upgrade() -> None:
    create_agent_configurations()
    create_model_prices()
    create_task_runs()
    op.create_index(
        "agent_configurations_one_active",
        "agent_configurations",
        ["agent_id"],
        unique=True,
        postgresql_where=sa.text("is_active"),
    )


def downgrade() -> None:
    for table in ("task_runs", "model_prices", "agent_configurations"):
        op.drop_table(table)
    op.execute("DROP TYPE IF EXISTS modelprovider")
