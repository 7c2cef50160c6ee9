"""On Record: who is reported to have said what they would do, on which condition, according to whom, and when."""

__version__ = "0.1.0"
