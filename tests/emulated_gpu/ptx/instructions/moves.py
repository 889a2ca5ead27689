"""Copies between registers, and conversions."""

from ..module import Instruction, split
from ..names import Names
from ..types import FLOATS, INTEGERS, UNSIGNED, WIDTH
from .table import instruction

TO_WHOLE = {"rni": "nearbyint", "rzi": "trunc", "rmi": "floor", "rpi": "ceil"}


@instruction("mov")
def move(i: Instruction, names: Names) -> str:
    """A vector in braces is the parts of one wide register, the low ones first."""
    (kind,) = i.modifiers
    i.expect(len(i.operands) == 2)
    width = WIDTH[kind]
    to, source = i.operands
    if to.startswith("{"):
        parts = split(to[1:-1])
        part = width // len(parts)
        assignments = " ".join(names.assign(name, part, f"whole >> {n * part}") for n, name in enumerate(parts))
        return f"{{ {UNSIGNED[width]} const whole = {names.bits(source, width)}; {assignments} }}"
    if source.startswith("{"):
        parts = split(source[1:-1])
        part = width // len(parts)
        return names.assign(
            to, width, " | ".join(f"({UNSIGNED[width]})({names.bits(name, part)}) << {n * part}" for n, name in enumerate(parts))
        )
    return names.assign(to, width, names.bits(source, width))


@instruction("cvt")
def convert(i: Instruction, names: Names) -> str:
    *rounding, to_kind, from_kind = i.modifiers
    i.expect(len(i.operands) == 2)
    to, source = i.operands
    if from_kind in FLOATS or to_kind in FLOATS:
        return converted_float(i, names, rounding, to_kind, from_kind)
    i.expect(not rounding)
    width = WIDTH[from_kind]
    number = f"{'s' if from_kind[0] == 's' else 'u'}{width}"
    return names.assign(
        to, WIDTH[to_kind], f"({number})({names.bits(source, width, wider=True)})", signed=to_kind[0] == "s", wider=True
    )


def converted_float(i: Instruction, names: Names, rounding: list[str], to_kind: str, from_kind: str) -> str:
    to = i.operands[0]
    value = names.value(i.operands[1], from_kind)
    cpp_type = {"f32": "float", "f64": "double"}.get(to_kind)
    if from_kind in INTEGERS:
        i.expect(rounding == ["rn"])
        return names.assign_value(to, to_kind, f"({cpp_type}){value}")
    if to_kind in INTEGERS:
        i.expect(len(rounding) == 1 and WIDTH[to_kind] >= 32)
        return names.assign(to, WIDTH[to_kind], f"truncated<{to_kind}>(std::{TO_WHOLE[rounding[0]]}({value}))")
    if to_kind == from_kind:
        i.expect(len(rounding) == 1)
        return names.assign_value(to, to_kind, f"std::{TO_WHOLE[rounding[0]]}({value})")
    i.expect(rounding == ([] if to_kind == "f64" else ["rn"]))
    return names.assign_value(to, to_kind, f"({cpp_type}){value}")


@instruction("cvta")
def convert_address(i: Instruction, names: Names) -> str:
    """Between an address of one space and a generic one."""
    *direction, space, kind = i.modifiers
    i.expect(kind == "u64" and direction in ([], ["to"]) and len(i.operands) == 2)
    to, source = i.operands[0], names.bits(i.operands[1], 64)
    if space == "param":
        i.expect(direction == ["to"])
        return names.assign(to, 64, source)
    i.expect(space in ("global", "shared", "local"))
    if direction:
        return names.assign(to, 64, f"specific_address(t, Space::{space}, {source}, {i.line})")
    return names.assign(to, 64, f"generic_address(t, Space::{space}, {source})")
