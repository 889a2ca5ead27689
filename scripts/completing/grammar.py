"""Commands, options and their values, as the program says them."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, replace

NO_VALUE = "?"  # that any option which knows its values refuses, naming those that it knows
NO_FILE = "/dev/null"
WORD = r"(?:one of )?[a-z0][\w-]*(?:=\w+)?"
SECTIONS = {"--law": "Laws", "--strategy": "Strategies", "--communication": "Communication", "--baseline": "Strategies"}
ABOUT = 70  # letters of a description


@dataclass(frozen=True)
class Option:
    """An option. What it takes is one of: nothing, a file, one of some texts, several of them with commas, anything."""

    names: tuple[str, ...]  # such as -m and --workers
    value: str  # word that stands for it; empty where it takes none
    about: str
    repeatable: bool
    texts: tuple[str, ...] = ()
    is_list: bool = False

    @property
    def takes_file(self) -> bool:
        return self.value.startswith("FILE")


@dataclass(frozen=True)
class Command:
    """A command of the program."""

    name: str
    about: str
    options: tuple[Option, ...]
    takes_files: bool
    texts: tuple[str, ...] = ()  # that stand in place of files


def said(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)


def read_commands(program: str) -> list[Command]:
    """All commands. @throws ValueError where the help has another form than it had"""
    names = entries(section(said(program, "help").stdout, "Subcommands"), r"[a-z]+")
    forms = {key: form_names(said(program, "help", "sweep").stdout, title) for key, title in SECTIONS.items()}
    if not names or not all(forms.values()):
        raise ValueError(f"the help of {program} is not understood (its form has changed): change scripts/completing with it")
    commands = []
    for name, about in names:
        text = said(program, "help", name).stdout
        places = [word for word, _ in entries(section(text, "Positionals"), r".*?(?=  |$)")]
        heads = entries(section(text, "Options"), r"-.*?(?=  |$)")
        asked = [name, *(NO_FILE for _ in places), *(("--plot", "a.svg") if any(head.startswith("--plot ") for head, _ in heads) else ())]
        options = tuple(read_option(program, asked, *each, forms) for each in heads)
        of_help = tuple(each for each, _ in names) if name == "help" else ()
        commands.append(Command(name, about, options, bool(places) and not of_help, of_help))
    return with_known_values(commands)


def with_known_values(commands: list[Command]) -> list[Command]:
    """Some commands read their files before they refuse a value: an option takes what another command's of its name takes."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for option in (option for command in commands for option in command.options if option.texts):
        known.setdefault(option.names, option.texts)  # the first command is the one with most
    return [
        replace(command, options=tuple(replace(each, texts=each.texts or known.get(each.names, ())) if each.value else each for each in command.options))
        for command in commands
    ]


def section(text: str, title: str) -> str:
    """The lines below a title, up to an empty one."""
    found = re.search(rf"(?ms)^{title}\b[^\n]*(?:\n(?!  )[^\n]+)*:\n(.*?)(?:\n\n|\Z)", text)
    return found[1] if found else ""


def entries(text: str, head: str) -> list[tuple[str, str]]:
    """Heads and what is said of them; lines that are indented further belong to the one before."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        if match := re.match(rf"  ({head})(?:  +(.*))?$", line):
            found.append((match[1].strip(), match[2] or ""))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}".strip())
    return found


def form_names(text: str, title: str) -> tuple[str, ...]:
    """Specs up to the first value that they want: "exponential:rate=", "sync"."""
    specs = [line.split()[0] for line in section(text, title).splitlines() if re.match(r"  [a-z]", line)]
    return tuple(re.sub(r"(=).*", r"\1", spec).replace("[", "") for spec in specs)


def read_option(program: str, asked: list[str], head: str, about: str, forms: dict[str, tuple[str, ...]]) -> Option:
    """An option of which the help says "-m,--workers LIST ...". @param asked  a command and what it must be given"""
    first, _, value = head.partition(" ")
    names, value = tuple(first.split(",")), value.replace("REQUIRED", "").strip()
    repeatable, value = value.endswith("..."), value.removesuffix("...").strip()
    texts, is_list = forms.get(names[-1], ()), names[-1] == "--strategy"
    if value and not texts and not value.startswith("FILE"):
        message = said(program, *asked, names[-1], NO_VALUE).stderr
        if message.startswith(f"dsgd: {names[-1]} ") and (known := re.search(rf": (?:use|give) ({WORD}(?:(?:, or one of |, | or ){WORD})*)\n", message)):
            texts = tuple(re.sub("=.*", "=", text) for text in re.split(", or one of |, | or ", known[1].removeprefix("one of ")))
    return Option(names, value, short(about), repeatable, texts, is_list)


def short(about: str) -> str:
    """The first sentence or clause, cut where it is long."""
    first = re.split(r"[.;:] | \[|: ", about)[0].rstrip(".")
    return first if len(first) <= ABOUT else first[: ABOUT - 3].rsplit(" ", 1)[0] + "..."
