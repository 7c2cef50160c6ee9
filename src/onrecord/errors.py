"""What can go wrong outside: every error that a user may meet has a name, and says the way out."""

from __future__ import annotations


class OnRecordError(Exception):
    """The base of all errors that On Record raises about the world outside; its text is a sentence for the user."""


class InputError(OnRecordError):
    """Something given to read is no article: missing, a directory, binary, empty, of a broken form."""


class LedgerError(OnRecordError):
    """The ledger cannot be opened or written: locked, read-only, full, damaged, or of a newer version."""


class NotFoundError(OnRecordError):
    """Nothing in the ledger has this id or name."""


class ModelError(OnRecordError):
    """The reader's model file is missing or damaged."""
