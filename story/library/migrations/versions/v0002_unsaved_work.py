"""What browsers work on and have not saved yet, so that a page that ends takes none of it along."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "unsaved",
        sa.Column("browser", sa.String(64), nullable=False),
        sa.Column("story", sa.String(120), nullable=False),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("browser", "story"),
    )
