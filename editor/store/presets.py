"""The caption rules that people made for themselves."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, insert, select

from editor.captions import PRESETS, Rules, rules_from_dict
from editor.errors import NotFound, NotPossible
from editor.store.tables import PresetTable
from editor.store.transcripts import StorePart


class Presets(StorePart):
    """Saving and finding a library's own presets."""

    def presets(self) -> list[Rules]:
        """All own presets by name."""
        rules = select(PresetTable.rules).order_by(PresetTable.name)
        with self._database.read() as connection:
            return [rules_from_dict(found) for found in connection.execute(rules).scalars()]

    def save_preset(self, rules: Rules) -> None:
        """Keep rules under their name, in place of those that had it.

        Raises:
            NotPossible: a preset of ours has this name.
        """
        if rules.name in PRESETS:
            raise NotPossible("name", f"“{rules.name}” cannot be changed: give yours another name.")
        with self._database.write() as connection:
            connection.execute(delete(PresetTable).where(PresetTable.name == rules.name))
            values = {"name": rules.name, "rules": asdict(rules)}
            connection.execute(insert(PresetTable).values(values))

    def delete_preset(self, name: str) -> None:
        """Forget a preset.

        Raises:
            NotFound: there is no own preset of this name.
        """
        one = delete(PresetTable).where(PresetTable.name == name)
        with self._database.write() as connection:
            if connection.execute(one).rowcount == 0:
                raise NotFound("preset", name)
