"""Better words for a status, one more of them, and a label of an enum that is used at once."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade() -> None:
    op.execute("UPDATE order_statuses SET label = 'On its way' WHERE code = 'sent'")
    op.execute("INSERT INTO order_statuses VALUES ('back', 'Sent back', 4)")
    op.execute("CREATE TYPE speed AS ENUM ('slow')")
    op.add_column("carriers", sa.Column("speed", sa.Enum("slow", name="speed", create_type=False)))


def downgrade() -> None:
    op.drop_column("carriers", "speed")
    op.execute("DROP TYPE speed")
