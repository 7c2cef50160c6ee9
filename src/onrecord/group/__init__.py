"""Articles told apart and put together: copies, stories, sayings, origins. Pure: what it needs of the ledger it names as a Protocol."""
