"""The reader: the only room that knows the model."""

from __future__ import annotations

from onrecord.reader.encoder import Encoder

__all__ = ["Encoder"]
