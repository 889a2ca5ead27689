"""Sums, products, quotients and extremes. Integers wrap around; floats are rounded to nearest, each by itself."""

from ..module import Instruction
from ..names import Names
from ..types import DOUBLED, FLOATS, INTEGERS, UNSIGNED, WIDTH
from .table import instruction

SYMBOL = {"add": "+", "sub": "-", "mul": "*", "div": "/"}
WORDS = ("s32", "u32", "s64", "u64")


def rounded(i: Instruction, names: Names) -> str:
    """A float's operation. It says .rn: without it, ptxas might fuse a product with a sum."""
    i.expect(len(i.operands) == 3 and i.modifiers[0] == "rn" and len(i.modifiers) == 2)
    kind = i.modifiers[1]
    to, a, b = i.operands
    return names.assign_value(to, kind, f"{names.value(a, kind)} {SYMBOL[i.opcode]} {names.value(b, kind)}")


@instruction("add", "sub")
def add(i: Instruction, names: Names) -> str:
    kind = i.modifiers[-1]
    if i.opcode == "sub" and i.modifiers[0] == "cc":
        return borrow(i, names, borrowed="false", keep=True)
    if kind in FLOATS:
        return rounded(i, names)
    i.expect(len(i.modifiers) == 1 and len(i.operands) == 3 and kind in INTEGERS)
    to, a, b = i.operands
    width = WIDTH[kind]
    return names.assign(to, width, f"{names.bits(a, width)} {SYMBOL[i.opcode]} {names.bits(b, width)}")


@instruction("subc")
def subc(i: Instruction, names: Names) -> str:
    return borrow(i, names, borrowed="borrow", keep=i.modifiers[0] == "cc")


def borrow(i: Instruction, names: Names, borrowed: str, keep: bool) -> str:
    """A subtraction of one word of several: whether it borrows from the next is kept for that one."""
    kind = i.modifiers[-1]
    i.expect(len(i.modifiers) == 1 + keep and kind in WORDS and len(i.operands) == 3)
    to, a, b = i.operands
    width = WIDTH[kind]
    unsigned = UNSIGNED[width]
    kept = "borrow = (u128)a < (u128)b + c;" if keep else ""
    return (
        f"{{ {unsigned} const a = {names.bits(a, width)}, b = {names.bits(b, width)}; bool const c = {borrowed}; "
        f"{kept} {names.assign(to, width, 'a - b - c')} }}"
    )


@instruction("mul")
def mul(i: Instruction, names: Names) -> str:
    kind = i.modifiers[-1]
    if kind in FLOATS:
        return rounded(i, names)
    i.expect(len(i.modifiers) == 2 and len(i.operands) == 3)
    half, wide, width = i.modifiers[0], DOUBLED[kind], WIDTH[kind]
    to, a, b = i.operands
    product = f"({wide}){names.value(a, kind)} * ({wide}){names.value(b, kind)}"
    if half == "wide":
        i.expect(width < 64)
        return names.assign(to, 2 * width, product)
    i.expect(half in ("lo", "hi"))
    return names.assign(to, width, f"({product}) >> {width}" if half == "hi" else product)


@instruction("mad")
def mad(i: Instruction, names: Names) -> str:
    half, kind = i.modifiers
    i.expect(half in ("lo", "wide") and kind in WORDS and len(i.operands) == 4)
    to, a, b, c = i.operands
    width, wide = WIDTH[kind], DOUBLED[kind]
    product = f"({wide}){names.value(a, kind)} * ({wide}){names.value(b, kind)}"
    if half == "lo":
        return names.assign(to, width, f"{UNSIGNED[width]}({product}) + {names.bits(c, width)}")
    i.expect(width == 32)
    return names.assign(to, 64, f"u64({product}) + {names.bits(c, 64)}")


@instruction("fma")
def fma(i: Instruction, names: Names) -> str:
    rounding, kind = i.modifiers
    i.expect(rounding == "rn" and kind in FLOATS and len(i.operands) == 4)
    return names.assign_value(i.operands[0], kind, f"std::fma({', '.join(names.value(o, kind) for o in i.operands[1:])})")


@instruction("div")
def div(i: Instruction, names: Names) -> str:
    return rounded(i, names) if i.modifiers[-1] in FLOATS else quotient(i, names)


@instruction("rem")
def quotient(i: Instruction, names: Names) -> str:
    """What a device makes of a division by 0 is not defined: it ends the run."""
    (kind,) = i.modifiers
    i.expect(kind in ("u32", "u64") and len(i.operands) == 3)
    to, a, b = (i.operands[0], *(names.value(o, kind) for o in i.operands[1:]))
    function = "divided" if i.opcode == "div" else "remainder"
    return names.assign(to, WIDTH[kind], f"{function}<{kind}>(t, {a}, {b}, {i.line})")


@instruction("sqrt", "rcp")
def root(i: Instruction, names: Names) -> str:
    rounding, kind = i.modifiers
    i.expect(rounding == "rn" and kind in FLOATS and len(i.operands) == 2)
    x = names.value(i.operands[1], kind)
    return names.assign_value(i.operands[0], kind, f"std::sqrt({x})" if i.opcode == "sqrt" else f"1 / {x}")


@instruction("neg", "abs")
def sign(i: Instruction, names: Names) -> str:
    """A float's sign is its first bit, that of a NaN too."""
    (kind,) = i.modifiers
    width, unsigned = WIDTH[kind], UNSIGNED[WIDTH[kind]]
    i.expect(len(i.operands) == 2 and (kind in FLOATS or kind in ("s16", "s32", "s64")))
    bits = names.bits(i.operands[1], width)
    first = f"({unsigned}(1) << {width - 1})"
    if kind in FLOATS:
        changed = f"{bits} ^ {first}" if i.opcode == "neg" else f"{bits} & ~{first}"
    else:
        changed = f"0 - {bits}" if i.opcode == "neg" else f"{bits} & {first} ? 0 - {bits} : {bits}"
    return names.assign(i.operands[0], width, changed)


@instruction("min", "max")
def extreme(i: Instruction, names: Names) -> str:
    """The smaller or larger of two integers: a float's minimum has rules of its own for NaN and -0, and nvcc makes none here."""
    (kind,) = i.modifiers
    i.expect(kind in INTEGERS and len(i.operands) == 3)
    to, a, b = (i.operands[0], *(names.value(o, kind) for o in i.operands[1:]))
    return names.assign(to, WIDTH[kind], f"std::{i.opcode}<{kind}>({a}, {b})")
