"""Questions to the ledger, answered with the words they rest on. Pure: what it needs of the ledger it names as a Protocol."""
