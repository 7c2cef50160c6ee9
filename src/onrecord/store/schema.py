"""The ledger's schema: numbered files of SQL, each carried out once, in a transaction of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from onrecord.errors import LedgerError
from onrecord.store.connection import transaction

_RECORDED = "CREATE TABLE schema_versions (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)"


def migrations() -> list[tuple[int, str, str]]:
    """Number, name and SQL of each migration, in their order."""
    folder = files("onrecord.store") / "migrations"
    found = [(entry.name, entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return sorted((int(name.split("_")[0]), name, sql) for name, sql in found)


def version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of the ledger, 0 where the file is still empty.

    Raises:
        LedgerError: for a newer version, and for a database of something else.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "schema_versions" not in tables:
        if tables:
            raise LedgerError(f"{path} is a database of another program, no ledger; name another file with --ledger")
        return 0
    held = int(connection.execute("SELECT COALESCE(MAX(version), 0) FROM schema_versions").fetchone()[0])
    known = migrations()[-1][0]
    if held > known:
        raise LedgerError(
            f"{path} was written by a newer On Record (schema {held}, this one knows {known}); "
            "install the newer one, or name another ledger with --ledger"
        )
    return held


def migrate(connection: sqlite3.Connection, path: Path, now: Callable[[], datetime]) -> None:
    """Bring the ledger to the newest schema."""
    for number, name, sql in migrations():
        if number <= version(connection, path):
            continue
        with transaction(connection):
            # Another writer may have done it while this one waited for its turn.
            held = version(connection, path)
            if held == 0 and number == 1:
                connection.execute(_RECORDED)
            if number > held:
                for statement in _statements(sql):
                    connection.execute(statement)
                values = (number, name, now().isoformat())
                connection.execute("INSERT INTO schema_versions (version, name, applied_at) VALUES (?, ?, ?)", values)


def _statements(sql: str) -> Iterator[str]:
    """The statements of a file, one by one: ``executescript`` would commit before it begins."""
    lines: list[str] = []
    for line in sql.splitlines():
        lines.append(line)
        if sqlite3.complete_statement("\n".join(lines)):
            yield "\n".join(lines)
            lines.clear()
