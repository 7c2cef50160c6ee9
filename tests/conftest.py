"""How hypothesis searches: without a clock, so that a busy machine fails no test, and alike at every run where ``CI`` is set."""

import os

from hypothesis import settings

settings.register_profile("here", deadline=None, max_examples=60)
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")
