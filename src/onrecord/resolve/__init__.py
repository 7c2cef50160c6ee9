"""Resolve: noun phrases to actors, with roles and countries at that date."""

from .actors import Reference, Resolution, resolve

__all__ = ["Reference", "Resolution", "resolve"]
