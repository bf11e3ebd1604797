"""The caption rules that people made for themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import delete, insert, select

from editor.captions import PRESETS, Rules, rules_from_dict
from editor.errors import ChangedMeanwhile, NotFound, NotPossible
from editor.store.db.database import StorePart
from editor.store.db.tables import PresetTable


class Presets(StorePart):
    """Saving and finding a library's own presets."""

    def presets(self) -> list[Rules]:
        """All own presets by name."""
        rules = select(PresetTable.rules).order_by(PresetTable.name)
        with self._database.read() as connection:
            return [rules_from_dict(found) for found in connection.execute(rules).scalars()]

    def save_preset(self, rules: Rules, *, base: Collection[Rules] | None = None) -> None:
        """Keep rules under their name, in place of those that had it.

        `base` holds those that the person saw under the name, if there were any.

        Raises:
            NotPossible: a preset of ours has this name.
            ChangedMeanwhile: others than in `base` have it by now.
        """
        if rules.name in PRESETS:
            raise NotPossible(
                "name", f"“{rules.name}” is built in and cannot be changed: use another name."
            )
        of_name = PresetTable.name == rules.name
        with self._database.write() as connection:
            found = connection.execute(select(PresetTable.rules).where(of_name)).scalar()
            present = rules_from_dict(found) if found else None
            if base is not None and present not in (None, rules, *base):
                raise ChangedMeanwhile(f"preset “{rules.name}”", found)
            connection.execute(delete(PresetTable).where(of_name))
            values = {"name": rules.name, "rules": asdict(rules)}
            connection.execute(insert(PresetTable).values(values))

    def delete_preset(self, name: str, *, base: Rules | None = None) -> None:
        """Forget a preset.

        `base` is what the person saw under the name.

        Raises:
            NotFound: there is no own preset of this name.
            ChangedMeanwhile: others than `base` have it by now.
        """
        of_name = PresetTable.name == name
        with self._database.write() as connection:
            found = connection.execute(select(PresetTable.rules).where(of_name)).scalar()
            if found is None:
                raise NotFound("preset", name)
            if base is not None and rules_from_dict(found) != base:
                refusal = "It was not deleted."
                advice = "Check it, then delete it again if you still want to."
                raise ChangedMeanwhile(f"preset “{name}”", found, refusal=refusal, advice=advice)
            connection.execute(delete(PresetTable).where(of_name))
