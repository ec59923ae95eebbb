"""What an import reports: counts, or the faults of rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import ImportRefused

MAX_FAULTS = 20
"""How many kinds of fault a report lists."""


@dataclass
class Faults:
    """Faults of rows. Those with the same message are listed once, with the first row."""

    first_rows: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    others: int = 0

    def add(self, row: int, message: str) -> None:
        if message in self.first_rows or len(self.first_rows) < MAX_FAULTS:
            self.first_rows.setdefault(message, row)
            self.counts[message] += 1
        else:
            self.others += 1

    def __len__(self) -> int:
        """Return the number of faulty rows."""
        return self.counts.total() + self.others

    def lines(self) -> Iterator[str]:
        for message, row in self.first_rows.items():
            more = self.counts[message] - 1
            yield f"  row {row:,}: {message}" + (f" (and {more:,} more)" if more else "")
        if self.others:
            yield f"  … and {self.others:,} more with other faults"

    def refuse(self, name: str, *, skip: bool) -> None:
        """Raise ImportRefused if there are faults that should not be skipped."""
        if len(self) and not skip:
            lines = "\n".join(self.lines())
            raise ImportRefused(
                f"{name} was not imported. Faulty rows: {len(self):,}.\n{lines}\n"
                "Download the file again, or run the command with --skip-faults to import the other rows."
            )


@dataclass(frozen=True)
class Report:
    """The result of an import. All counts are rows; `skipped` has them by reason."""

    release: str
    added: int
    changed: int
    unchanged: int
    skipped: Counter[str]
    faults: Faults
    new_areas: tuple[str, ...] = ()
    new_occupations: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        yield f"{self.release}: {self.added:,} added, {self.changed:,} changed, {self.unchanged:,} unchanged."
        for reason, count in self.skipped.items():
            yield f"Skipped {count:,} rows: {reason}."
        if len(self.faults):
            yield f"Skipped {len(self.faults):,} faulty rows:"
            yield from self.faults.lines()
        if self.new_areas:
            yield f"New areas: {'; '.join(self.new_areas)}."
        if self.new_occupations:
            yield f"New occupations: {'; '.join(self.new_occupations)}."
