"""When a campaign is on air, never twice at once; a fourth model provider; a project's tone of voice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import DATERANGE

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A whole number has no GiST operator class of its own; as a range of one number it needs no extension.
NEVER_TWICE_AT_ONCE = """
ALTER TABLE campaign_flights ADD CONSTRAINT campaign_flights_never_twice_at_once
EXCLUDE USING gist (int4range(campaign_id, campaign_id, '[]') WITH &&, during WITH &&)
"""
WITHOUT_MISTRAL = """
ALTER TYPE modelprovider RENAME TO modelprovider_with_mistral;
CREATE TYPE modelprovider AS ENUM ('OPENAI', 'ANTHROPIC', 'GOOGLE');
ALTER TABLE agent_configurations ALTER COLUMN provider TYPE modelprovider USING provider::text::modelprovider;
DROP TYPE modelprovider_with_mistral;
"""


def create_flights() -> None:
    on_campaign = sa.ForeignKey("campaigns.id", ondelete="CASCADE")
    op.create_table(
        "campaign_flights",
        sa.Column("id", sa.Integer, sa.Identity(always=False), primary_key=True),
        sa.Column("campaign_id", sa.Integer, on_campaign, nullable=False),
        sa.Column("during", DATERANGE, nullable=False),
        sa.Column("brief", sa.Text),
        sa.CheckConstraint("NOT isempty(during)", name="campaign_flights_during_not_empty"),
    )
    op.execute(NEVER_TWICE_AT_ONCE)


def upgrade() -> None:
    create_flights()
    op.execute("ALTER TYPE modelprovider ADD VALUE 'MISTRAL'")
    op.add_column("projects", sa.Column("brand_voice", sa.Text))
    op.alter_column("keywords", "phrase", type_=sa.String(160), existing_nullable=False)


def downgrade() -> None:
    """Go back; fails, changing nothing, if a row uses MISTRAL or a phrase is longer than before."""
    op.alter_column("keywords", "phrase", type_=sa.String(80), existing_nullable=False)
    op.drop_column("projects", "brand_voice")
    op.execute(WITHOUT_MISTRAL)
    op.drop_table("campaign_flights")
