"""The pages, and what writes the parts of them that are not prose: ``python -m docs.generate``."""
