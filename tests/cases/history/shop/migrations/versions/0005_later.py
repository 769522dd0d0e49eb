"""What production does not have yet."""

from alembic import op

revision, down_revision, branch_labels, depends_on = "0005", "0004", None, None


def upgrade() -> None:
    op.execute("INSERT INTO order_statuses VALUES ('lost', 'Lost', 5)")


def downgrade() -> None:
    op.execute("DELETE FROM order_statuses WHERE code = 'lost'")
