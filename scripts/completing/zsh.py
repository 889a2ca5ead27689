"""Completions for zsh."""

from __future__ import annotations

from collections.abc import Sequence

from .grammar import Command, Option

HEAD = """#compdef dsgd
# Completions of dsgd for zsh. Made by scripts/completions: changes here are lost.
local -a commands
commands=(
"""
MIDDLE = """)
local curcontext=$curcontext state line
_arguments -C '(- *)'{-h,--help}'[explain all commands]' '(- *)'{-V,--version}'[print the version]' '1:command:->command' '*::argument:->argument'
case $state in
  command) _describe command commands ;;
  argument)
    case $words[1] in
"""
TAIL = """    esac ;;
esac
"""


def completion(commands: Sequence[Command]) -> str:
    """The file's text."""
    lines = [HEAD, *(f"  {quoted(f'{command.name}:{command.about}')}\n" for command in commands), MIDDLE]
    for command in commands:
        specs = [spec for option in command.options for spec in specs_of(option)]
        specs += ["'*:file:_files'"] if command.takes_files else []
        specs += [quoted(f"1:command:({' '.join(command.texts)})")] if command.texts else []
        lines.append(f"      {command.name})\n        _arguments \\\n          " + " \\\n          ".join(specs) + " ;;\n")
    return "".join([*lines, TAIL])


def quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def specs_of(option: Option) -> list[str]:
    """An option as _arguments takes it, once for each of its names."""
    others = "*" if option.repeatable else f"({' '.join(option.names)})"
    about = option.about.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")
    action = ""
    if option.value:
        action = f":{option.value.partition('[')[0].lower()}:" + action_of(option)
    return [quoted(f"{others}{name}[{about}]{action}") for name in option.names]


def action_of(option: Option) -> str:
    """What a value is completed by; a blank where it is free text."""
    if option.takes_file:
        return "_files"
    if not option.texts:
        return " "
    texts = " ".join(text.replace(":", "\\:") for text in option.texts)
    return f"_sequence -s , compadd - {texts.replace(chr(92), '')}" if option.is_list else f"({texts})"
