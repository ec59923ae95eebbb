"""The editors' desk."""

from . import editions, role, shared

__all__ = ("editions", "role", "shared")
