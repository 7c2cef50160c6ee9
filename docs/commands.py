"""The command line's own help as a page: every command with its arguments and options, taken from where they are defined."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from onrecord.faces.cli import cli


def markdown() -> str:
    """Every command, in the order of its help, with a table of its options."""
    context = click.Context(cli, info_name="onrecord", terminal_width=120, **cli.context_settings)
    lines = [*_section(context, "## `onrecord`")]
    for name, command in sorted(cli.commands.items()):
        lines += _whole(click.Context(command, info_name=name, parent=context), f"onrecord {name}", "##")
    return "\n".join(lines)


def _whole(context: click.Context, name: str, level: str) -> Iterator[str]:
    """A command's section, and those of the commands in it, one level below."""
    yield from ("", *_section(context, f"{level} `{name}`"))
    for inner, command in sorted(getattr(context.command, "commands", {}).items()):
        yield from _whole(click.Context(command, info_name=inner, parent=context), f"{name} {inner}", f"{level}#")


def _section(context: click.Context, heading: str) -> Iterator[str]:
    yield from (heading, "", f"    {context.get_usage().removeprefix('Usage: ')}", "")
    yield from _prose(inspect.cleandoc(context.command.help or ""))
    records = (parameter.get_help_record(context) for parameter in context.command.get_params(context))
    rows = [record for record in records if record and record[1]]
    if rows:
        yield from ("", "| option | what it does |", "|---|---|")
        yield from (f"| `{name.replace('|', chr(92) + '|')}` | {_cell(text)} |" for name, text in rows)


def _prose(text: str) -> Iterator[str]:
    """The help's paragraphs; one that keeps its line breaks becomes a block."""
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ""
        if paragraph.startswith("\b"):
            yield from (f"    {line}" for line in paragraph.split("\n")[1:])
        else:
            yield _cell(" ".join(paragraph.split()))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
