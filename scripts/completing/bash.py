"""Completions for bash, which need no other package."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from .grammar import Command, Option

HEAD = """# Completions of dsgd for bash. Made by scripts/completions: changes here are lost.
_dsgd() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= word
  # Bash makes three words of --option=value.
  [[ $current == = ]] && current=
  [[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD - 2]}
  for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    [[ $word == [a-z]* ]] && command=$word && break
  done
  COMPREPLY=()
  local texts= kind=words
  case "$command $before" in
"""
MIDDLE = """    *) case $command in
"""
TAIL = """    esac ;;
  esac
  case $kind in
    none) return ;;
    files) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    list) local done=; [[ $current == *,* ]] && done=${current%,*},; mapfile -t COMPREPLY < <(compgen -P "$done" -W "$texts" -- "${current##*,}") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$texts" -- "$current") ;;
  esac
  # Options begin with a dash, and only then.
  [[ $kind == places && $current != -* ]] && { compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); }
  [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -F _dsgd dsgd
"""


def completion(commands: Sequence[Command]) -> str:
    """The file's text."""
    lines = [HEAD]
    for command in commands:
        for option in command.options:
            if option.value:
                patterns = "|".join(f'"{command.name} {name}"' for name in option.names)
                lines.append(f"    {patterns}) {value_of(option)} ;;\n")
    lines.append(MIDDLE)
    for command in commands:
        words = [name for option in command.options for name in option.names if name.startswith("--")] + list(command.texts)
        kind = "places" if command.takes_files else "words"
        lines.append(f"      {command.name}) texts={shlex.quote(' '.join(words))} kind={kind} ;;\n")
    names = " ".join([*(command.name for command in commands), "--help", "--version"])
    lines.append(f"      '') texts={shlex.quote(names)} ;;\n")
    return "".join([*lines, TAIL])


def value_of(option: Option) -> str:
    """What a value is completed by."""
    if option.takes_file:
        return "kind=files"
    if option.texts:
        return f"texts={shlex.quote(' '.join(option.texts))} kind={'list' if option.is_list else 'words'}"
    return "kind=none"
