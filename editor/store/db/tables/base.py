"""What all tables share: names of constraints, types of columns, keys."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, MetaData, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_Json = JSON(none_as_null=True)
# SQLite numbers rows by itself only where the key is a plain INTEGER.
_RowNumber = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Names every constraint, so that a later migration can drop it by name."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {int: BigInteger, dict[str, Any]: _Json, list[Any]: _Json}


def row_number() -> Mapped[int]:
    """A key that the database counts up."""
    return mapped_column(_RowNumber, primary_key=True, autoincrement=True)


def key_of(column: str, *, primary: bool = False, optional: bool = False) -> Mapped[Any]:
    """The key of what a row belongs to, such as `transcripts.id`; it goes with that."""
    owner = ForeignKey(column, ondelete="CASCADE")
    return mapped_column(owner, primary_key=primary, nullable=optional)


def index_where(condition: str, name: str, *columns: str, unique: bool = False) -> Index:
    """An index of the rows alone for which a condition of SQL holds."""
    holds = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=holds, postgresql_where=holds)
