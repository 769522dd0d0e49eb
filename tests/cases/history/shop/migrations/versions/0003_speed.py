"""A new label, which no transaction may use that has made it: so each revision needs one of its own."""

from alembic import op

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None


def upgrade() -> None:
    op.execute("ALTER TYPE speed ADD VALUE 'swift'")


def downgrade() -> None:
    pass
