"""Loads, stores and atomic operations: each address goes through runtime/memory.hpp, which checks it."""

from ..module import Instruction, split
from ..names import Names
from ..types import UNSIGNED, WIDTH, Unknown
from .table import instruction

SPACES = ("global", "shared", "local")
# Ordered accesses may meet those of other threads. CUB orders its .cg accesses by fences.
ORDERED = ("volatile", "relaxed", "acquire", "release", "cg")
WITHOUT_MEANING = ("gpu", "cta", "sys", "nc", "weak")  # scopes and caches: one thread runs at a time


class Access:
    """What the modifiers of a load or store say."""

    def __init__(self, i: Instruction):
        self.kind = i.modifiers[-1]
        i.expect(self.kind in WIDTH and self.kind != "pred")
        self.width = WIDTH[self.kind]
        self.space, self.ordered, self.elements = "generic", False, 1
        for word in i.modifiers[:-1]:
            if word in SPACES or word == "param":
                self.space = word
            elif word in ("v2", "v4"):
                self.elements = int(word[1])
            elif word in ORDERED:
                self.ordered = True
            elif word not in WITHOUT_MEANING:
                raise Unknown("unknown form")
        self.bytes = self.width // 8

    def registers(self, operand: str) -> list[str]:
        found = split(operand[1:-1]) if self.elements > 1 else [operand]
        if len(found) != self.elements:
            raise Unknown("unknown form")
        return found

    def place(self, use: str, n: int, line: int) -> str:
        """The n-th element, to be read or written."""
        ordered = "ordered_" if self.ordered else ""
        return f"*place<{UNSIGNED[self.width]}, Space::{self.space}, Use::{ordered}{use}>(t, a + {n * self.bytes}, {line})"

    def begin(self, address: str, line: int) -> str:
        """A vector has to be aligned as a whole."""
        check = f"expect_aligned(t, a, {self.elements * self.bytes}, {line}); " if self.elements > 1 else ""
        return f"{{ u64 const a = {address}; {check}"


@instruction("ld")
def load(i: Instruction, names: Names) -> str:
    i.expect(len(i.operands) == 2)
    access = Access(i)
    code = access.begin(names.address(i.operands[1]), i.line)
    for n, name in enumerate(access.registers(i.operands[0])):
        if access.space == "param":
            value = f"parameter<{UNSIGNED[access.width]}>(t, a + {n * access.bytes}, {i.line})"
        else:
            value = access.place("read", n, i.line)
        code += names.assign(name, access.width, value, signed=access.kind[0] == "s", wider=True) + " "
    return code + "}"


@instruction("st")
def store(i: Instruction, names: Names) -> str:
    i.expect(len(i.operands) == 2)
    access = Access(i)
    i.expect(access.space != "param")
    code = access.begin(names.address(i.operands[0]), i.line)
    for n, name in enumerate(access.registers(i.operands[1])):
        code += f"{access.place('write', n, i.line)} = {names.bits(name, access.width, wider=True)}; "
    return code + "}"


@instruction("atom", "red")
def change(i: Instruction, names: Names) -> str:
    """One thread runs at a time, so that reading and writing is atomic."""
    words = [m for m in i.modifiers if m not in ("relaxed", "acquire", "release", "acq_rel", "gpu", "cta", "sys")]
    space = words.pop(0) if words[0] in SPACES else "generic"
    operation, kind = words
    i.expect(kind in WIDTH)
    to, address, *values = i.operands if i.opcode == "atom" else ["_", *i.operands]
    width = WIDTH[kind]
    i.expect(width in (32, 64) and len(values) == (2 if operation == "cas" else 1))
    value = names.bits(values[0], width)
    if operation == "cas":
        changed = f"old == {value} ? {names.bits(values[1], width)} : old"
    elif operation in ("min", "max"):
        i.expect(kind[0] in "us")
        changed = f"std::{operation}<{kind}>({kind}(old), {kind}({value}))"
    elif operation in ("add", "and", "or", "xor"):
        i.expect(kind[0] != "f")
        changed = f"old {dict(zip(('add', 'and', 'or', 'xor'), '+&|^', strict=True))[operation]} {value}"
    else:
        i.expect(operation == "exch")
        changed = value
    unsigned = UNSIGNED[width]
    return (
        f"{{ {unsigned}* const p = place<{unsigned}, Space::{space}, Use::atomic>(t, {names.address(address)}, {i.line}); "
        f"{unsigned} const old = *p; *p = ({unsigned})({changed}); {names.assign(to, width, 'old')} }}"
    )
