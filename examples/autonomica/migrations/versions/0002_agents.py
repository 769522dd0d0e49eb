"""Agents, what they remember, and the tasks they work on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ENUM

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

AGENT_STATUS = ("ONLINE", "OFFLINE", "BUSY")
TASK_STATUS = ("PENDING", "IN_PROGRESS", "COMPLETED", "FAILED")


def create_agents() -> None:
    op.create_table(
        "agents",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("role", sa.String),
        sa.Column("status", ENUM(*AGENT_STATUS, name="agentstatus")),
        sa.Column("capabilities", sa.JSON),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id")),
    )
    op.create_index("ix_agents_name", "agents", ["name"], unique=True)


def create_agent_contexts() -> None:
    op.create_table(
        "agent_contexts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("agent_id", sa.Integer, sa.ForeignKey("agents.id")),
        sa.Column("context", sa.JSON),
    )


def create_tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("status", ENUM(*TASK_STATUS, name="taskstatus")),
        sa.Column("priority", sa.Integer),
        sa.Column("cost_tokens", sa.Integer),
        sa.Column("agent_id", sa.Integer, sa.ForeignKey("agents.id")),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id")),
    )


def upgrade() -> None:
    create_agents()
    create_agent_contexts()
    create_tasks()


def downgrade() -> None:
    op.drop_table("tasks")
    op.drop_table("agent_contexts")
    op.drop_table("agents")
    op.execute("DROP TYPE IF EXISTS taskstatus, agentstatus")
