"""Makes the reader's model from marked articles; never part of the package."""
