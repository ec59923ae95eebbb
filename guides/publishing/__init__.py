"""Services that change drafts and editions, each in its own module."""


class PublishingError(Exception):
    """The action was refused and changed nothing. The message has the reason and a remedy."""
