"""Word lists as data: one folder a language, one TOML file a list, each with the origin of its facts."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str, language: str = "en") -> Mapping[str, Any]:
    """The lexicon of that name as TOML has it; read once, and not to be changed."""
    return tomllib.loads(files(__name__).joinpath(language, f"{name}.toml").read_text(encoding="utf-8"))


@cache
def digest(language: str = "en") -> str:
    """A digest over the names and bytes of all lexicons of a language: two installations with one digest know the same words."""
    total = hashlib.blake2b(digest_size=16)
    for file in sorted(files(__name__).joinpath(language).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            total.update(file.name.encode() + b"\0" + hashlib.blake2b(file.read_bytes()).digest())
    return total.hexdigest()
