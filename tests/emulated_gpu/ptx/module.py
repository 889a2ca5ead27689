"""Parses a PTX file into kernels, and a kernel's body into statements with their lines."""

import re
from dataclasses import dataclass, field

from .types import WIDTH, Unknown


@dataclass
class Statement:
    """One of "instruction", "declaration", "label", "open" and "close" (a brace)."""

    kind: str
    line: int
    text: str = ""


@dataclass
class Instruction:
    line: int
    text: str
    guard: str  # a C++ condition's register, with "!" before it where it is negated; "" for none
    opcode: str
    modifiers: list[str]
    operands: list[str]

    def expect(self, condition: bool) -> None:
        """@raises Unknown where the form of an instruction is not one that the translator was written for"""
        if not condition:
            raise Unknown("unknown form")


@dataclass
class Parameter:
    name: str
    offset: int
    size: int


@dataclass
class Kernel:
    name: str
    line: int
    parameters: list[Parameter]
    most_threads: int
    body: list[Statement]
    dynamic_shared: list[str] = field(default_factory=list)  # names of extern shared arrays of the module

    @property
    def parameter_bytes(self) -> int:
        return max((p.offset + p.size for p in self.parameters), default=0)


TOP = re.compile(
    r"\.(?:version|target|address_size)[^\n]*"
    r"|(?:\.visible\s+|\.weak\s+)?\.entry\s+(?P<kernel>[\w$]+)\s*\((?P<parameters>[^)]*)\)(?P<directives>[^{]*)\{"
    r"|(?P<linkage>\.\w+\s+)?\.(?P<space>global|const|shared)\s[^;]*?(?P<variable>[\w$]+)\s*(?:\[\d*\]\s*)*(?:=[^;]*)?;"
)
PARAMETER = re.compile(
    r"\.param\s+(?:\.align\s+(\d+)\s+)?\.(\w+)\s+(?:\.ptr\s+(?:\.\w+\s+)?\.align\s+\d+\s+)?([\w$]+)(?:\[(\d+)\])?$"
)
INSTRUCTION = re.compile(r"(?:@(!?%?\w+)\s+)?([a-z]\w*)((?:[.:]+\w+)*)\s*(.*)$", re.DOTALL)


def split(text: str) -> list[str]:
    """Operands, separated by commas outside of brackets."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c in "{[(") - (c in "}])")
        if c == "," and depth == 0:
            parts.append(text[start:i].strip())
            start = i + 1
    last = text[start:].strip()
    return [*parts, last] if last else parts


def parse(text: str) -> list[Kernel]:
    """@raises Unknown with the line of what cannot be parsed"""
    text = re.sub(r"//[^\n]*", "", text)
    kernels, dynamic, at = [], [], 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        line = text.count("\n", 0, at) + 1
        match = TOP.match(text, at)
        if not match:
            raise Unknown(f"line {line}: not known outside of a kernel: {text[at:].splitlines()[0][:100]}")
        at = match.end()
        if match["space"] == "shared" and (match["linkage"] or "").strip() == ".extern":
            dynamic.append(match["variable"])
        if match["kernel"]:
            try:
                end = closing_brace(text, at)
                body = statements(text[at:end], text.count("\n", 0, at) + 1)
                bound = most_threads(match["directives"])
                kernels.append(Kernel(match["kernel"], line, parameters(match["parameters"]), bound, body, dynamic))
            except Unknown as error:
                raise Unknown(f"kernel {match['kernel']}, line {line}: {error}") from error
            at = end + 1
    return kernels


def closing_brace(text: str, at: int) -> int:
    depth = 1
    for match in re.compile(r"[{}]").finditer(text, at):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    raise Unknown("a brace that is not closed")


def parameters(text: str) -> list[Parameter]:
    found, offset = [], 0
    for part in split(text):
        match = PARAMETER.match(part)
        if not match:
            raise Unknown(f"unknown parameter: {part}")
        element = WIDTH[match[2]] // 8
        align = int(match[1] or element)
        offset = (offset + align - 1) // align * align
        found.append(Parameter(match[3], offset, element * int(match[4] or 1)))
        offset += found[-1].size
    return found


def most_threads(directives: str) -> int:
    for name in re.findall(r"\.(\w+)", directives):
        if name not in ("maxntid", "minnctapersm"):
            raise Unknown(f"unknown directive .{name}")
    bound = re.search(r"\.maxntid\s+(\d+)\s*,\s*(\d+)\s*,\s*(\d+)", directives)
    return int(bound[1]) * int(bound[2]) * int(bound[3]) if bound else 1024


def statements(body: str, line: int) -> list[Statement]:
    """A brace where a statement may begin is a scope, one within a statement a vector of operands."""
    found = []
    step = re.compile(r"\s*(?:(?P<brace>[{}])|(?P<label>[\w$]+):(?!:)|(?P<text>[^;]*);)")
    at = 0
    while body[at:].strip():
        match = step.match(body, at)
        if not match:
            raise Unknown(f"a statement without an end: {body[at:].strip()[:100]}")
        start = line + body.count("\n", 0, match.start() + len(match[0]) - len(match[0].lstrip()))
        if match["brace"]:
            found.append(Statement("open" if match["brace"] == "{" else "close", start))
        elif match["label"]:
            found.append(Statement("label", start, match["label"]))
        elif text := match["text"].strip():
            found.append(Statement("declaration" if text.startswith(".") else "instruction", start, " ".join(text.split())))
        at = match.end()
    return found


def instruction(statement: Statement) -> Instruction:
    match = INSTRUCTION.match(statement.text)
    if not match:
        raise Unknown("not an instruction")
    guard, opcode, modifiers, operands = match.groups()
    words = [word for word in re.split(r"[.:]+", modifiers) if word]
    return Instruction(statement.line, statement.text, guard or "", opcode, words, split(operands))
