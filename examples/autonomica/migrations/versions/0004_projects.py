"""Marketing projects, who works on them, what was reviewed for them, their campaigns and keywords.

Projects point at a main campaign and campaigns at their project: a cycle, so one of the two keys is deferred.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, DOMAIN, ENUM, JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NOW = sa.text("now()")
SLUG = DOMAIN("slug", sa.Text, create_type=False)
PROJECT_STATUS = ("DRAFT", "ACTIVE", "PAUSED", "FINISHED", "ARCHIVED")
EMAIL_ADDRESS = DOMAIN("email_address", sa.Text, create_type=False)


def create_domains() -> None:
    op.execute("CREATE DOMAIN slug AS text CHECK (VALUE ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(VALUE) <= 63)")
    op.execute(r"CREATE DOMAIN email_address AS text CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$')")


def create_projects() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True),
        sa.Column("slug", SLUG, nullable=False, unique=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("status", ENUM(*PROJECT_STATUS, name="projectstatus"), nullable=False),
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("projects.id", ondelete="SET NULL")),
        sa.Column("lead_agent_id", sa.Integer, sa.ForeignKey("agents.id", ondelete="SET NULL")),
        sa.Column("main_campaign_id", sa.Integer),
        sa.Column("client", sa.String(120)),
        sa.Column("industry", sa.String(60)),
        sa.Column("goal", sa.Text),
        sa.Column("audience", JSONB),
        sa.Column("channels", ARRAY(sa.Text)),
        sa.Column("budget", sa.Numeric(12, 2)),
        sa.Column("settings", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb")),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=NOW),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=NOW),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("deleted_at >= created_at", name="projects_deleted_after_made"),
        sa.CheckConstraint("ends_on >= starts_on", name="projects_end_after_start"),
        sa.CheckConstraint("parent_id <> id", name="projects_not_own_parent"),
        sa.CheckConstraint("budget >= 0", name="projects_budget_not_negative"),
    )
    op.create_index("ix_projects_owner_id", "projects", ["owner_id"])


def create_project_members() -> None:
    on_project = sa.ForeignKey("projects.id", ondelete="CASCADE")
    op.create_table(
        "project_members",
        sa.Column("project_id", sa.Integer, on_project, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("role", ENUM("OWNER", "EDITOR", "ANALYST", "GUEST", name="projectrole"), nullable=False),
        sa.Column("notify_email", EMAIL_ADDRESS),
        sa.Column("invited_by", sa.Integer, sa.ForeignKey("users.id")),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False, server_default=NOW),
    )
    op.create_index("ix_project_members_user_id", "project_members", ["user_id"])


def create_content_reviews() -> None:
    on_project = sa.ForeignKey("projects.id", ondelete="CASCADE")
    steps = ENUM("SUBMITTED", "CHANGES_REQUESTED", "APPROVED", "REJECTED", "PUBLISHED", name="reviewstep")
    op.create_table(
        "content_reviews",
        sa.Column("id", sa.Integer, sa.Identity(always=False), primary_key=True),
        sa.Column("content_id", sa.Integer, sa.ForeignKey("content_pieces.id", ondelete="CASCADE"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("project_id", sa.Integer, on_project, nullable=False),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("step", steps, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False, server_default=NOW),
        sa.UniqueConstraint("content_id", "place", name="content_reviews_place_once"),
    )


def create_campaigns() -> None:
    channels = ENUM("SEARCH", "SOCIAL", "EMAIL", "DISPLAY", "VIDEO", name="campaignchannel")
    status = ENUM("DRAFT", "ACTIVE", "PAUSED", "COMPLETED", name="campaignstatus")
    on_project = sa.ForeignKey("projects.id", ondelete="CASCADE")
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer, sa.Identity(always=False), primary_key=True),
        sa.Column("project_id", sa.Integer, on_project, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("channel", channels, nullable=False),
        sa.Column("status", status, nullable=False, server_default="DRAFT"),
        sa.Column("objective", sa.Text),
        sa.Column("tags", ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'::text[]")),
        sa.Column("budget", sa.Numeric(12, 2), nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("days", sa.Integer, sa.Computed("ends_on - starts_on + 1", persisted=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=NOW),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, server_default=NOW),
        sa.UniqueConstraint("project_id", "name", name="campaigns_name_once_in_project"),
        sa.CheckConstraint("budget >= 0", name="campaigns_budget_not_negative"),
        sa.CheckConstraint("ends_on >= starts_on", name="campaigns_end_after_start"),
    )


def create_keywords() -> None:
    on_campaign = sa.ForeignKey("campaigns.id", ondelete="CASCADE")
    op.create_table(
        "keywords",
        sa.Column("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
        sa.Column("campaign_id", sa.Integer, on_campaign, nullable=False),
        sa.Column("phrase", sa.String(80), nullable=False),
        sa.Column("match_type", ENUM("EXACT", "PHRASE", "BROAD", name="matchtype"), nullable=False),
        sa.Column("max_bid", sa.Numeric(8, 2)),
        sa.Column("quality", sa.SmallInteger),
        sa.Column("is_negative", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.CheckConstraint("max_bid > 0", name="keywords_bid_positive"),
        sa.CheckConstraint("quality BETWEEN 1 AND 10", name="keywords_quality_1_to_10"),
    )
    op.create_index(
        "keywords_phrase_once",
        "keywords",
        ["campaign_id", sa.text("lower(phrase)"), "match_type"],
        unique=True,
    )


def close_the_cycle() -> None:
    op.create_foreign_key(
        "projects_main_campaign_id_fkey",
        "projects",
        "campaigns",
        ["main_campaign_id"],
        ["id"],
        ondelete="SET NULL",
        deferrable=True,
        initially="DEFERRED",
    )


def upgrade() -> None:
    create_domains()
    create_projects()
    create_project_members()
    create_content_reviews()
    create_campaigns()
    create_keywords()
    close_the_cycle()


def downgrade() -> None:
    op.drop_constraint("projects_main_campaign_id_fkey", "projects")
    for table in ("keywords", "campaigns", "content_reviews", "project_members", "projects"):
        op.drop_table(table)
    op.execute("DROP TYPE IF EXISTS matchtype, campaignstatus, campaignchannel, reviewstep, projectrole, projectstatus")
    op.execute("DROP DOMAIN email_address, slug")
