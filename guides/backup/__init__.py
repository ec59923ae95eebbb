"""Backups of a whole site in one file, which restores on SQLite and on PostgreSQL.

A backup is a ZIP file. `tables/APP.MODEL.jsonl` has the columns of a table in its first line, then one row per line.
`images/` has the files of the images. `manifest.json` has the time of the backup, the applied migrations, and the size
and SHA-256 of each other file. Sessions and the secret key are not in it.
"""

from guides.publishing import PublishingError


class BackupError(PublishingError):
    """A backup or a restore failed and changed nothing."""
