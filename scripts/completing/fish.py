"""Completions for fish."""

from __future__ import annotations

from collections.abc import Sequence

from .grammar import Command, Option

HEAD = """# Completions of dsgd for fish. Made by scripts/completions: changes here are lost.
complete -c dsgd -f
complete -c dsgd -n __fish_use_subcommand -s h -l help -d 'Explain all commands'
complete -c dsgd -n __fish_use_subcommand -s V -l version -d 'Print the version'
"""


def quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def completion(commands: Sequence[Command]) -> str:
    """The file's text."""
    lines = [HEAD]
    for command in commands:
        seen = quoted(f"__fish_seen_subcommand_from {command.name}")
        lines.append(f"complete -c dsgd -n __fish_use_subcommand -a {command.name} -d {quoted(command.about)}\n")
        if command.takes_files:
            lines.append(f"complete -c dsgd -n {seen} -F\n")
        if command.texts:
            lines.append(f"complete -c dsgd -n {seen} -a {quoted(' '.join(command.texts))}\n")
        lines += [f"complete -c dsgd -n {seen} {names_of(option)}{value_of(option)} -d {quoted(option.about)}\n" for option in command.options]
    return "".join(lines)


def names_of(option: Option) -> str:
    return " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)


def value_of(option: Option) -> str:
    """What a value is completed by."""
    if not option.value:
        return ""
    if option.takes_file:
        return " -r -F"
    if not option.texts:
        return " -x"
    texts = " ".join(option.texts)
    return f" -x -a {quoted(f'(__fish_append , {texts})' if option.is_list else texts)}"
