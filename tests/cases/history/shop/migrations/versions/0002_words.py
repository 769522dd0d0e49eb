"""Better words for a status, one more of them; badges, whose ids PostgreSQL draws by chance."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade() -> None:
    op.execute("UPDATE order_statuses SET label = 'On its way' WHERE code = 'sent'")
    op.execute("INSERT INTO order_statuses VALUES ('back', 'Sent back', 4)")
    op.execute("CREATE TABLE badges (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL UNIQUE)")
    op.execute("CREATE TABLE badge_rules (badge_id uuid REFERENCES badges, rule text, PRIMARY KEY (badge_id, rule))")
    op.execute("INSERT INTO badges (name) VALUES ('Early bird'), ('Regular')")
    op.execute("INSERT INTO badge_rules SELECT id, 'of ' || name FROM badges")
    op.execute("CREATE TYPE speed AS ENUM ('slow')")
    op.add_column("carriers", sa.Column("speed", sa.Enum("slow", name="speed", create_type=False)))


def downgrade() -> None:
    op.drop_column("carriers", "speed")
    op.execute("DROP TYPE speed")
    op.execute("DROP TABLE badge_rules, badges")
