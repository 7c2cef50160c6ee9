"""What is read off an article: spans and labels, from the frames that the reader saw, by rules that follow the form of the text."""

from onrecord.extract.extraction import Extracted, extract

__all__ = ["Extracted", "extract"]
