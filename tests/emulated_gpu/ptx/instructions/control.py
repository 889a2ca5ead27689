"""Branches and ends."""

import re

from ..module import Instruction
from ..names import Names
from .table import instruction

ENDS_BLOCK = ("bra", "ret", "exit", "trap")


def label(name: str) -> str:
    return "L_" + re.sub(r"\W", "_", name)


@instruction("bra")
def branch(i: Instruction, _names: Names) -> str:
    i.expect(i.modifiers in ([], ["uni"]) and len(i.operands) == 1)
    return f"goto {label(i.operands[0])};"


@instruction("ret", "exit")
def end(i: Instruction, _names: Names) -> str:
    i.expect(not i.modifiers and not i.operands)
    return "return;"


@instruction("trap")
def trap(i: Instruction, _names: Names) -> str:
    return f'fail(t, {i.line}, "trap");'


@instruction("nanosleep")
def sleep(i: Instruction, _names: Names) -> str:
    """Lets others run, whom the thread seems to wait for."""
    i.expect(i.modifiers == ["u32"])
    return f"let_others_run(t, {i.line});"
