"""People, what they may do, and the accounts they post to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ENUM

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROLES = ("ADMIN", "MANAGER", "EDITOR", "CREATOR", "VIEWER")
PERMISSIONS = (
    "CREATE_CONTENT",
    "EDIT_CONTENT",
    "DELETE_CONTENT",
    "PUBLISH_CONTENT",
    "APPROVE_CONTENT",
    "MANAGE_SOCIAL_ACCOUNTS",
    "SCHEDULE_POSTS",
    "PUBLISH_POSTS",
    "VIEW_ANALYTICS",
    "MANAGE_ANALYTICS",
    "MANAGE_USERS",
    "ASSIGN_ROLES",
    "VIEW_USERS",
    "MANAGE_SETTINGS",
    "VIEW_LOGS",
    "MANAGE_INTEGRATIONS",
)


def create_users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("clerk_id", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("first_name", sa.String),
        sa.Column("last_name", sa.String),
        sa.Column("role", ENUM(*ROLES, name="userrole")),
        sa.Column("is_active", sa.Boolean),
        sa.Column("is_verified", sa.Boolean),
        sa.Column("last_login", sa.DateTime),
        sa.Column("created_at", sa.DateTime),
        sa.Column("updated_at", sa.DateTime),
    )
    op.create_index("ix_users_clerk_id", "users", ["clerk_id"], unique=True)
    op.create_index("ix_users_email", "users", ["email"], unique=True)


def create_user_permissions() -> None:
    op.create_table(
        "user_permissions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("permission", ENUM(*PERMISSIONS, name="permission"), nullable=False),
        sa.Column("granted_at", sa.DateTime),
        sa.Column("granted_by", sa.Integer, sa.ForeignKey("users.id")),
        sa.Column("expires_at", sa.DateTime),
    )


def create_social_accounts() -> None:
    op.create_table(
        "social_accounts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("account_name", sa.String),
        sa.Column("account_id", sa.String),
        sa.Column("access_token", sa.String),
        sa.Column("refresh_token", sa.String),
        sa.Column("token_expires_at", sa.DateTime),
        sa.Column("is_active", sa.Boolean),
        sa.Column("permissions", sa.JSON),
        sa.Column("platform_metadata", sa.JSON),
    )


def upgrade() -> None:
    create_users()
    create_user_permissions()
    create_social_accounts()


def downgrade() -> None:
    op.drop_table("social_accounts")
    op.drop_table("user_permissions")
    op.drop_table("users")
    op.execute("DROP TYPE IF EXISTS permission, userrole")
