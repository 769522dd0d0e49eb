"""What happened, event by event in a partition for each month, and day by day for each campaign."""

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import UUID

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FIRST_YEAR, LAST_YEAR = 2025, 2027

EVENTS = """
CREATE TABLE analytics_events (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    occurred_at timestamptz NOT NULL,
    campaign_id integer NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
    post_id integer REFERENCES social_posts (id),
    kind eventkind NOT NULL,
    session_id uuid,
    page_url text,
    properties jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (id, occurred_at)
) PARTITION BY RANGE (occurred_at)
"""
CLICK_RATE = "CASE WHEN impressions > 0 THEN round(clicks::numeric / impressions, 6) END"
CONVERSION_RATE = "CASE WHEN clicks > 0 THEN round(conversions::numeric / clicks, 6) END"
COST_PER_CLICK = "CASE WHEN clicks > 0 THEN round(spend / clicks, 4) END"


def months() -> Iterator[tuple[date, date]]:
    """Give the first day of each month and of the one after it."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for month in range(1, 13):
            yield date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def create_events() -> None:
    op.execute("CREATE TYPE eventkind AS ENUM ('IMPRESSION', 'CLICK', 'CONVERSION', 'SHARE', 'COMMENT')")
    op.execute(EVENTS)
    for first, following in months():
        # The bounds name UTC so that they do not move with the time zone of the session that migrates.
        op.execute(
            f"CREATE TABLE analytics_events_{first:%Y_%m} PARTITION OF analytics_events"
            f" FOR VALUES FROM ('{first} 00:00+00') TO ('{following} 00:00+00')"
        )
    op.execute("CREATE TABLE analytics_events_default PARTITION OF analytics_events DEFAULT")
    op.create_index("ix_analytics_events_campaign", "analytics_events", ["campaign_id", "occurred_at"])


def create_daily() -> None:
    on_campaign = sa.ForeignKey("campaigns.id", ondelete="CASCADE")
    op.create_table(
        "analytics_daily",
        sa.Column("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
        sa.Column("campaign_id", sa.Integer, on_campaign, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("impressions", sa.BigInteger, nullable=False),
        sa.Column("clicks", sa.BigInteger, nullable=False),
        sa.Column("conversions", sa.BigInteger, nullable=False),
        sa.Column("spend", sa.Numeric(12, 2), nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("click_rate", sa.Numeric(8, 6), sa.Computed(CLICK_RATE, persisted=True)),
        sa.Column("conversion_rate", sa.Numeric(8, 6), sa.Computed(CONVERSION_RATE, persisted=True)),
        sa.Column("cost_per_click", sa.Numeric(14, 4), sa.Computed(COST_PER_CLICK, persisted=True)),
        sa.UniqueConstraint("campaign_id", "day", name="analytics_daily_day_once"),
        sa.CheckConstraint("impressions >= clicks", name="analytics_daily_clicks_seen"),
        sa.CheckConstraint("clicks >= conversions", name="analytics_daily_conversions_clicked"),
        sa.CheckConstraint("conversions >= 0", name="analytics_daily_conversions_not_negative"),
        sa.CheckConstraint("spend >= 0", name="analytics_daily_spend_not_negative"),
    )


def create_attributions() -> None:
    """What each campaign had in a conversion; the conversion's key is that of a partitioned table, so no key points."""
    on_campaign = sa.ForeignKey("campaigns.id", ondelete="CASCADE")
    op.create_table(
        "attributions",
        sa.Column("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
        sa.Column("conversion_id", UUID, nullable=False),
        sa.Column("touch", sa.Integer, nullable=False),
        sa.Column("campaign_id", sa.Integer, on_campaign, nullable=False),
        sa.Column("weight", sa.Numeric(4, 3), nullable=False),
        sa.Column("value", sa.Numeric(12, 2), nullable=False),
        sa.UniqueConstraint("conversion_id", "touch", name="attributions_touch_once"),
        sa.CheckConstraint("weight > 0 AND weight <= 1", name="attributions_weight_a_share"),
    )


def create_cohorts() -> None:
    on_project = sa.ForeignKey("projects.id", ondelete="CASCADE")
    op.create_table(
        "customer_cohorts",
        sa.Column("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
        sa.Column("project_id", sa.Integer, on_project, nullable=False),
        sa.Column("cohort_month", sa.Date, nullable=False),
        sa.Column("months_later", sa.Integer, nullable=False),
        sa.Column("customers", sa.Integer, nullable=False),
        sa.Column("active", sa.Integer, nullable=False),
        sa.UniqueConstraint("project_id", "cohort_month", "months_later", name="customer_cohorts_month_once"),
        sa.CheckConstraint("customers >= active AND active >= 0", name="customer_cohorts_active_are_customers"),
    )


def upgrade() -> None:
    create_events()
    create_daily()
    create_attributions()
    create_cohorts()


def downgrade() -> None:
    for table in ("customer_cohorts", "attributions", "analytics_daily", "analytics_events"):
        op.drop_table(table)
    op.execute("DROP TYPE eventkind")
