"""The ledger: where records are kept. The only room that knows SQL."""

from onrecord.store.ledger import SqliteLedger, open_ledger
from onrecord.store.removals import Removal, RemovedError
from onrecord.store.verification import Problem

__all__ = ["Problem", "Removal", "RemovedError", "SqliteLedger", "open_ledger"]
