"""What lanes of a warp do together, and barriers."""

from ..module import Instruction
from ..names import Names
from ..types import Unknown
from .table import instruction

SHUFFLES = ("up", "down", "bfly", "idx")
VOTES = {"ballot": "b32", "any": "pred", "all": "pred", "uni": "pred"}


@instruction("shfl")
def shuffle(i: Instruction, names: Names) -> str:
    sync, mode, kind = i.modifiers
    i.expect(sync == "sync" and kind == "b32" and mode in SHUFFLES and len(i.operands) == 5)
    to, *is_inside = i.operands[0].split("|")
    value, by, bounds, mask = (names.bits(o, 32) for o in i.operands[1:])
    code = f"{{ Lane const got = shuffle(t, Shuffle::{mode}, {value}, {by}, {bounds}, {mask}, {i.line}); "
    code += names.assign(to, 32, "got.value")
    if is_inside:
        code += " " + names.assign(is_inside[0], 1, "got.inside")
    return code + " }"


@instruction("vote")
def vote(i: Instruction, names: Names) -> str:
    sync, mode, kind = i.modifiers
    i.expect(sync == "sync" and VOTES.get(mode) == kind and len(i.operands) == 3)
    ballot = f"ballot(t, {names.bits(i.operands[1], 1)}, {names.bits(i.operands[2], 32)}, {i.line})"
    mask = names.bits(i.operands[2], 32)
    result = {"ballot": "votes", "any": "votes != 0", "all": f"votes == {mask}", "uni": f"(votes == 0 || votes == {mask})"}[mode]
    return f"{{ u32 const votes = {ballot}; {names.assign(i.operands[0], 32 if mode == 'ballot' else 1, result)} }}"


@instruction("bar")
def barrier(i: Instruction, names: Names) -> str:
    i.expect(len(i.operands) == 1)
    if i.modifiers == ["warp", "sync"]:
        return f"wait_for_warp(t, {names.bits(i.operands[0], 32)}, {i.line});"
    i.expect(i.modifiers == ["sync"])
    if i.operands[0] != "0":
        raise Unknown("a barrier other than 0")
    return f"wait_for_block(t, {i.line});"


@instruction("membar")
def fence(i: Instruction, _names: Names) -> str:
    """One thread runs at a time, and its stores are seen at once."""
    i.expect(i.modifiers in (["gl"], ["cta"], ["sys"]))
    return ";"
