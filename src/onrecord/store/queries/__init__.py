"""Questions to the ledger, one file a question."""
