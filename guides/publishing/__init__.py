"""From draft to edition and back: one verb a module."""


class PublishingError(Exception):
    """Nothing was changed; the message says why, and what to do."""
