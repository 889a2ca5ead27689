"""Logic, shifts, comparisons and choices."""

from ..module import Instruction
from ..names import Names
from ..types import FLOATS, WIDTH
from .table import instruction

LOGIC = {"and": "&", "or": "|", "xor": "^"}
BITS = ("pred", "b16", "b32", "b64")
COMPARISON = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
UNSIGNED_COMPARISON = {"lo": "<", "ls": "<=", "hi": ">", "hs": ">="}


@instruction("and", "or", "xor")
def logic(i: Instruction, names: Names) -> str:
    (kind,) = i.modifiers
    i.expect(kind in BITS and len(i.operands) == 3)
    width = WIDTH[kind]
    to, a, b = i.operands
    return names.assign(to, width, f"{names.bits(a, width)} {LOGIC[i.opcode]} {names.bits(b, width)}")


@instruction("not")
def complement(i: Instruction, names: Names) -> str:
    (kind,) = i.modifiers
    i.expect(kind in BITS and len(i.operands) == 2)
    width = WIDTH[kind]
    return names.assign(i.operands[0], width, f"{'!' if width == 1 else '~'}{names.bits(i.operands[1], width)}")


@instruction("shl", "shr")
def shift(i: Instruction, names: Names) -> str:
    """A shift by the width or more leaves nothing, or the sign."""
    (kind,) = i.modifiers
    i.expect(kind in ("b16", "b32", "b64") or (i.opcode == "shr" and kind in ("u16", "u32", "u64", "s16", "s32", "s64")))
    i.expect(len(i.operands) == 3)
    width = WIDTH[kind]
    function = "shifted_left" if i.opcode == "shl" else "shifted_right"
    number = f"{kind[0] if kind[0] == 's' else 'u'}{width}"
    a, by = names.bits(i.operands[1], width), names.bits(i.operands[2], 32)
    return names.assign(i.operands[0], width, f"{function}<{number}>(({number})({a}), {by})")


@instruction("bfi")
def insert(i: Instruction, names: Names) -> str:
    (kind,) = i.modifiers
    i.expect(kind in ("b32", "b64") and len(i.operands) == 5)
    width = WIDTH[kind]
    to, field, into, start, length = i.operands
    values = (names.bits(field, width), names.bits(into, width), names.bits(start, 32), names.bits(length, 32))
    return names.assign(to, width, f"field_inserted<u{width}>({', '.join(values)})")


@instruction("lop3")
def three_way_logic(i: Instruction, names: Names) -> str:
    i.expect(i.modifiers == ["b32"] and len(i.operands) == 5)
    return names.assign(i.operands[0], 32, f"three_way_logic({', '.join(names.bits(o, 32) for o in i.operands[1:])})")


@instruction("clz", "popc", "brev")
def count(i: Instruction, names: Names) -> str:
    (kind,) = i.modifiers
    i.expect(kind in ("b32", "b64") and len(i.operands) == 2)
    width = WIDTH[kind]
    bits = names.bits(i.operands[1], width)
    if i.opcode == "brev":
        return names.assign(i.operands[0], width, f"bits_reversed<u{width}>({bits})")
    function = "countl_zero" if i.opcode == "clz" else "popcount"
    return names.assign(i.operands[0], 32, f"u32(std::{function}<u{width}>({bits}))")


@instruction("selp")
def select(i: Instruction, names: Names) -> str:
    (kind,) = i.modifiers
    i.expect(kind != "pred" and len(i.operands) == 4)
    width = WIDTH[kind]
    to, a, b, condition = i.operands
    return names.assign(to, width, f"{names.bits(condition, 1)} ? {names.bits(a, width)} : {names.bits(b, width)}")


@instruction("setp")
def compare(i: Instruction, names: Names) -> str:
    """Comparisons of floats whose names end in u hold where an operand is NaN, the others do not."""
    comparison, kind = i.modifiers[0], i.modifiers[-1]
    i.expect(len(i.modifiers) in (2, 3) and kind != "pred" and "|" not in i.operands[0])
    a, b = names.value(i.operands[1], kind), names.value(i.operands[2], kind)
    if kind in FLOATS:
        unordered = f"std::isunordered({a}, {b})"
        if comparison in ("num", "nan"):
            holds = unordered if comparison == "nan" else f"!{unordered}"
        elif comparison.endswith("u"):
            holds = f"({unordered} || {a} {COMPARISON[comparison[:-1]]} {b})"
        else:
            holds = f"(!{unordered} && {a} {COMPARISON[comparison]} {b})"
    elif kind[0] == "b":
        i.expect(comparison in ("eq", "ne"))
        holds = f"({a} {COMPARISON[comparison]} {b})"
    else:
        i.expect(comparison in COMPARISON or kind[0] == "u")
        holds = f"({a} {(COMPARISON | UNSIGNED_COMPARISON)[comparison]} {b})"
    if len(i.modifiers) == 3:
        i.expect(len(i.operands) == 4)
        return names.assign(i.operands[0], 1, f"bool({holds}) {LOGIC[i.modifiers[1]]} {names.bits(i.operands[3], 1)}")
    i.expect(len(i.operands) == 3)
    return names.assign(i.operands[0], 1, holds)
