from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from editor.errors import FolderUnusable
from editor.store import open_store
from editor.store.db import upgrade
from editor.store.db.database import Database
from tests.tools.make_release import unpack_release


def test_migrations_make_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'transcripts.db'}"
    open_store(url).close()
    database = Database(url, foreign_keys=False)
    with database.write() as connection:
        command.check(upgrade.alembic_config(connection))
    database.close()


def test_migrations_are_in_the_order_of_their_files_names() -> None:
    newest_first = [*ScriptDirectory(str(upgrade.MIGRATIONS)).walk_revisions()]
    for place, each in zip(
        sorted(upgrade.MIGRATIONS.glob("versions/*.py")), reversed(newest_first), strict=True
    ):
        assert place.stem.partition("_")[0] == each.revision


def test_open_sets_sqlite_up_for_safety(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
    with database.read() as connection:
        values = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in names]
    database.close()
    assert values == ["wal", 2, 1, 10_000, 1]


def test_a_release_is_copied_before_an_upgrade_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpack_release(tmp_path)
    path = tmp_path / "transcripts.db"
    store = open_store(f"sqlite:///{path}")
    (transcript,) = store.list_transcripts()
    rows = store.project_rows(transcript.id)
    store.close()
    assert [one.name for one in tmp_path.glob("*.before*")] == [
        f"{path.name}.before-upgrade-from-0018"
    ]

    head = ScriptDirectory(str(upgrade.MIGRATIONS)).get_current_head()
    later = tmp_path / "migrations"
    (later / "versions").mkdir(parents=True)
    for old in upgrade.MIGRATIONS.rglob("*.py"):
        (later / old.relative_to(upgrade.MIGRATIONS)).write_text(old.read_text("utf-8"), "utf-8")
    (later / "versions" / "later.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = 'later', '{head}'\n"
        "def upgrade() -> None:\n"
        "    with op.batch_alter_table('transcripts', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('later', sa.String(), nullable=True))\n"
    )
    monkeypatch.setattr(upgrade, "MIGRATIONS", later)
    store = open_store(f"sqlite:///{path}")
    assert store.project_rows(transcript.id) == rows
    store.close()

    with closing(sqlite3.connect(path)) as new:
        assert new.execute("SELECT later FROM transcripts").fetchall() == [(None,)]
    with closing(sqlite3.connect(f"{path}.before-upgrade-from-{head}")) as copy:
        assert copy.execute("SELECT id FROM transcripts").fetchall() == [(transcript.id,)]


def test_a_newer_database_is_told_of_and_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "transcripts.db"
    open_store(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE alembic_version SET version_num = '0999'")
        database.commit()
    for _ in range(2):
        with pytest.raises(
            FolderUnusable, match=r"it was written by a newer version of the program\. Update"
        ):
            open_store(f"sqlite:///{path}")
    assert list(tmp_path.glob("*before*")) == []
