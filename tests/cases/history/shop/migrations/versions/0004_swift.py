"""The label in use."""

from alembic import op

revision, down_revision, branch_labels, depends_on = "0004", "0003", None, None


def upgrade() -> None:
    op.execute("UPDATE carriers SET speed = 'swift' WHERE name = 'Pigeon Post'")


def downgrade() -> None:
    op.execute("UPDATE carriers SET speed = NULL")
