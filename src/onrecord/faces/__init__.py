"""Faces: how people and programs meet On Record; today the command line."""

import os

# Products of small matrices, of which grouping makes many, would each wake threads that then wait for more by running in a circle: on two
# processors that takes longer than the products, and from the reader. Set before anything loads numpy; who knows better sets it himself.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
