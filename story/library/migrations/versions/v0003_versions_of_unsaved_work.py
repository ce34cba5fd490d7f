"""A version and a title for unsaved work, so that several servers can share it; the key that signs browsers' names."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("unsaved", sa.Column("version", sa.String(32), nullable=False, server_default=""))
    op.add_column("unsaved", sa.Column("title", sa.Text))
    op.create_table(
        "signing",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
    )
