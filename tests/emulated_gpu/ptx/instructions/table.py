"""The table of instructions, which the other files fill."""

from collections.abc import Callable

from ..module import Instruction
from ..names import Names

Translation = Callable[[Instruction, Names], str]
TABLE: dict[str, Translation] = {}


def instruction(*opcodes: str) -> Callable[[Translation], Translation]:
    """Enters a function under the names of the instructions that it translates."""

    def enter(function: Translation) -> Translation:
        for opcode in opcodes:
            assert opcode not in TABLE
            TABLE[opcode] = function
        return function

    return enter
