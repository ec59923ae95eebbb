"""All that a site keeps in one file, and back: the same file for either database.

A backup is a ZIP file. `tables/APP.MODEL.jsonl` has the columns of a table in its first line and a row in each other
one; `images/` has the files of the images; `manifest.json` tells when and of which state of the migrations it is, and
the size and the SHA-256 of everything else. It has no sessions and not the secret key.
"""

from guides.publishing import PublishingError


class BackupError(PublishingError):
    """A backup or a restore failed and changed nothing."""
