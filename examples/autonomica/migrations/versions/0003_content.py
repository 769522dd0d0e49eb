"""Pieces of content and the posts made from them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ENUM

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CONTENT_STATUS = ("DRAFT", "IN_REVIEW", "APPROVED", "REJECTED", "PUBLISHED")


def create_content_pieces() -> None:
    op.create_table(
        "content_pieces",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("content", sa.Text),
        sa.Column("type", sa.String),
        sa.Column("status", ENUM(*CONTENT_STATUS, name="contentstatus")),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id")),
    )


def create_social_posts() -> None:
    op.create_table(
        "social_posts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("platform", sa.String),
        sa.Column("content_id", sa.Integer, sa.ForeignKey("content_pieces.id")),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id")),
        sa.Column("status", sa.String),
        sa.Column("metrics", sa.JSON),
        sa.Column("publish_date", sa.DateTime),
    )


def upgrade() -> None:
    create_content_pieces()
    create_social_posts()


def downgrade() -> None:
    op.drop_table("social_posts")
    op.drop_table("content_pieces")
    op.execute("DROP TYPE IF EXISTS contentstatus")
