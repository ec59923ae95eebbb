"""Import of the publishers' tables: one module per table, and what they share.

`files` and `workbooks` yield the rows of a CSV or XLSX file, plain or zipped. `columns` finds columns by their names,
`cells` reads numbers and marks, and `report` collects faults by row. `staging` writes prepared rows in one short
transaction.
"""


class ImportRefused(Exception):
    """The file was refused and nothing was changed. The message has the reason and a remedy."""
