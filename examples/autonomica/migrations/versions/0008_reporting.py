"""Views to report from, rows that only members see, `updated_at` kept by the database, and comments."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TOUCHED = ("projects", "campaigns", "agent_configurations")

CAMPAIGN_OVERVIEW = """
CREATE VIEW campaign_overview WITH (security_invoker = true) AS
SELECT c.id AS campaign_id, c.name AS campaign, p.slug AS project, c.channel, c.status, c.budget,
       (SELECT count(*) FROM keywords AS k WHERE k.campaign_id = c.id) AS keywords
FROM campaigns AS c
JOIN projects AS p ON p.id = c.project_id
"""
PROJECT_PERFORMANCE = """
CREATE MATERIALIZED VIEW project_performance AS
SELECT p.id AS project_id, p.name AS project, min(d.day) AS first_day, max(d.day) AS last_day,
       sum(d.impressions) AS impressions, sum(d.clicks) AS clicks, sum(d.conversions) AS conversions,
       sum(d.spend) AS spend
FROM projects AS p
JOIN campaigns AS c ON c.project_id = p.id
JOIN analytics_daily AS d ON d.campaign_id = c.id
GROUP BY p.id, p.name
"""
CURRENT_USER_ID = """
CREATE FUNCTION current_user_id() RETURNS integer LANGUAGE sql STABLE
AS $$ SELECT nullif(current_setting('autonomica.user_id', true), '')::integer $$
"""
SET_UPDATED_AT = """
CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$
"""
MEMBERS_SEE = """
CREATE POLICY members_see_their_projects ON projects FOR SELECT USING (
    owner_id = current_user_id()
    OR EXISTS (
        SELECT FROM project_members AS m WHERE m.project_id = projects.id AND m.user_id = current_user_id()
    )
)
"""
OWNERS_CHANGE = """
CREATE POLICY owners_change_their_projects ON projects
USING (owner_id = current_user_id()) WITH CHECK (owner_id = current_user_id())
"""
COMMENTS = (
    ("TABLE projects", "A body of marketing work; may be part of a larger one"),
    ("COLUMN projects.main_campaign_id", "The campaign shown first; one of this project's own"),
    ("TABLE agent_configurations", "Every version of how an agent was set up; the active one is in use"),
    ("COLUMN agent_configurations.limits", "Upper bounds for one run: tokens, seconds, money"),
    ("TABLE analytics_events", "One row for each thing that happened, in a partition for each month (UTC)"),
    ("COLUMN analytics_daily.spend", "In the currency of the account"),
    ("COLUMN social_accounts.access_token", "Secret: lets the application post as the account"),
)


def create_views() -> None:
    op.execute(CAMPAIGN_OVERVIEW)
    op.execute(PROJECT_PERFORMANCE)
    op.create_index("project_performance_project", "project_performance", ["project_id"], unique=True)


def create_triggers() -> None:
    op.execute(SET_UPDATED_AT)
    for table in TOUCHED:
        op.execute(
            f"CREATE TRIGGER {table}_set_updated_at BEFORE UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
        )


def create_policies() -> None:
    op.execute(CURRENT_USER_ID)
    op.execute("ALTER TABLE projects ENABLE ROW LEVEL SECURITY")
    op.execute(MEMBERS_SEE)
    op.execute(OWNERS_CHANGE)


def create_comments() -> None:
    for what, text in COMMENTS:
        quoted = text.replace("'", "''")
        op.execute(f"COMMENT ON {what} IS '{quoted}'")


def create_indexes() -> None:
    op.create_index("users_email_once_in_any_case", "users", [sa.text("lower(email)")], unique=True)
    unfinished = sa.text("status IN ('PENDING', 'IN_PROGRESS')")
    op.create_index("tasks_unfinished", "tasks", ["agent_id", "priority"], postgresql_where=unfinished)


def upgrade() -> None:
    create_views()
    create_triggers()
    create_policies()
    create_comments()
    create_indexes()


def downgrade() -> None:
    op.drop_index("tasks_unfinished", "tasks")
    op.drop_index("users_email_once_in_any_case", "users")
    for what, _ in COMMENTS:
        op.execute(f"COMMENT ON {what} IS NULL")
    op.execute("DROP POLICY owners_change_their_projects ON projects")
    op.execute("DROP POLICY members_see_their_projects ON projects")
    op.execute("ALTER TABLE projects DISABLE ROW LEVEL SECURITY")
    for table in TOUCHED:
        op.execute(f"DROP TRIGGER {table}_set_updated_at ON {table}")
    op.execute("DROP FUNCTION set_updated_at(), current_user_id()")
    op.execute("DROP MATERIALIZED VIEW project_performance")
    op.execute("DROP VIEW campaign_overview")
