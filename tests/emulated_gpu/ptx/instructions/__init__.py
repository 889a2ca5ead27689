"""What each instruction of PTX is in C++: one file a concern, all of them in one table."""

from ..module import Instruction
from ..names import Names
from ..types import Unknown
from . import arithmetic, bits, control, memory, moves, warps
from .table import TABLE

__all__ = ["arithmetic", "bits", "control", "cpp", "memory", "moves", "warps"]


def cpp(i: Instruction, names: Names) -> str:
    """The C++ statements of an instruction. @raises Unknown for an instruction, or a form of one, that is not known"""
    if i.opcode not in TABLE:
        raise Unknown("unknown instruction")
    try:
        code = TABLE[i.opcode](i, names)
    except (IndexError, KeyError) as error:
        raise Unknown("unknown form") from error
    if not i.guard:
        return code
    return f"if ({names.bits(i.guard, 1)}) {{ {code} }}"
