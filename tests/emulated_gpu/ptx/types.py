"""Types of PTX: how wide they are, and the C++ that stands for them.

A register is an unsigned integer of its width, whatever its type: an instruction says how it reads the bits."""

import re

WIDTH = {"pred": 1, "b8": 8, "u8": 8, "s8": 8}
WIDTH |= {f"{kind}{bits}": bits for kind in "bus" for bits in (16, 32, 64)}
WIDTH |= {"f32": 32, "f64": 64}

UNSIGNED = {1: "bool", 8: "u8", 16: "u16", 32: "u32", 64: "u64"}
DOUBLED = {"s16": "s32", "u16": "u32", "s32": "s64", "u32": "u64", "s64": "s128", "u64": "u128"}
INTEGERS = frozenset(DOUBLED)
FLOATS = frozenset(("f32", "f64"))


class Unknown(Exception):
    """What the translator does not know. Nothing is guessed: the translation fails."""


def immediate(text: str, width: int) -> str | None:
    """The C++ literal of a constant operand, or None for another operand. @raises Unknown where it does not fit."""
    if float_bits := re.fullmatch(r"0[fF]([0-9A-Fa-f]{8})|0[dD]([0-9A-Fa-f]{16})", text):
        if width != (32 if float_bits[1] else 64):
            raise Unknown(f"a constant of another width than {width} bits")
        return f"0x{float_bits[1]}u" if float_bits[1] else f"0x{float_bits[2]}ull"
    number = re.fullmatch(r"(-?)(0[xX][0-9A-Fa-f]+|\d+)U?", text)
    if not number:
        return None
    value = int(number[2], 0) * (-1 if number[1] else 1)
    if width == 1:
        if value not in (0, 1, -1):  # nvcc writes both for true
            raise Unknown("a predicate is 0, 1 or -1")
        return "true" if value else "false"
    if not -(1 << (width - 1)) <= value < 1 << width:
        raise Unknown(f"a constant that does not fit into {width} bits")
    return f"({UNSIGNED[width]})0x{value & ((1 << width) - 1):x}ull"
