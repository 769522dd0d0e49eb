"""The shop, its statuses and carriers."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def upgrade() -> None:
    statuses = op.create_table(
        "order_statuses",
        sa.Column("code", sa.String(20), primary_key=True),
        sa.Column("label", sa.String(40), nullable=False),
        sa.Column("sort", sa.Integer, nullable=False),
    )
    op.bulk_insert(
        statuses,
        [
            {"code": "new", "label": "New", "sort": 1},
            {"code": "paid", "label": "Paid", "sort": 2},
            {"code": "sent", "label": "Sent", "sort": 3},
        ],
    )
    op.create_table(
        "carriers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(40), nullable=False, unique=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.execute("INSERT INTO carriers (name) VALUES ('Snail & Sons'), ('Pigeon Post')")
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("status", sa.String(20), sa.ForeignKey("order_statuses.code"), nullable=False),
        sa.Column("carrier_id", sa.Integer, sa.ForeignKey("carriers.id")),
        sa.Column("note", sa.Text),
    )


def downgrade() -> None:
    op.drop_table("orders")
    op.drop_table("carriers")
    op.drop_table("order_statuses")
