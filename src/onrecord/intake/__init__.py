"""Intake: files, pages and lines as they come, cut into articles; what is no article becomes a problem that says the way out."""

from onrecord.intake.files import articles
from onrecord.intake.given import Given
from onrecord.intake.problem import Passed, Problem

__all__ = ["Given", "Passed", "Problem", "articles"]
