"""The blocks of a Markdown document: the commands that it shows, what they print, and Python."""

import re
from dataclasses import dataclass

# What a command begins with, behind settings such as DSGD_ISA=avx2.
FIRST_WORD = r"(?:[A-Z_]+=\S+ )*(?:dsgd|build/\S+|scripts/\S+|\./\S+|cd|cmake|docker|dpkg|git|man|mpirun|objdump|pip|python3|sudo|tar)\b"


@dataclass
class Block:
    """A block of a document. `commands` is a text for a shell; `shown` are the lines of output below its commands, or all lines of a
    block that has none."""

    line: int  # of the document, from 1
    language: str  # that the fence names; "" of an indented block
    commands: str
    shown: list[str]


def blocks_of(text: str) -> list[Block]:
    """Those that are indented by four blanks, and those between fences."""
    found = []
    for match in re.finditer(r"(?m)^```(\w*)\n((?:.*\n)*?)```$|(?:^    .*(?:\n|\Z))+", text):
        line = text.count("\n", 0, match.start()) + 1
        if match[2] is not None:
            found.append(Block(line, match[1] or "text", match[2], []))
        else:
            found.append(Block(line, "", *commands_and_output(re.sub("(?m)^    ", "", match[0]))))
    return found


def commands_and_output(block: str) -> tuple[str, list[str]]:
    """Commands stand behind a dollar, or begin a block of commands alone, which says what they do behind four blanks."""
    if "<<" not in block:
        block = re.sub(r"\\\n\s*", "", block)
    if re.search(r"(?m)^\$ ", block):
        return "".join(re.findall(r"(?m)^\$ (.*\n?)", block)), re.sub(r"(?m)^\$ .*\n?", "", block).splitlines()
    if not re.match(FIRST_WORD, block):
        return "", block.splitlines()
    return block if "<<" in block else re.sub(r"(?m) {4,}\S.*$", "", block), []
