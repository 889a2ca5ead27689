"""What a kernel's operands name: registers, special registers, parameters, shared and local arrays."""

import re

from .module import Kernel, split
from .types import FLOATS, UNSIGNED, WIDTH, Unknown, immediate

SPECIAL = {f"%{name}.{axis}": f"t.{member}[{i}]" for i, axis in enumerate("xyz") for name, member in
           (("tid", "index"), ("ntid", "block->size"), ("ctaid", "block->index"), ("nctaid", "block->grid"))}  # fmt: skip
SPECIAL |= {"%laneid": "t.lane()", "%lanemask_eq": "(1u << t.lane())", "%lanemask_ge": "(~0u << t.lane())",
            "%lanemask_gt": "(~1u << t.lane())", "%lanemask_lt": "((1u << t.lane()) - 1)",
            "%lanemask_le": "(~0u >> (31 - t.lane()))"}  # fmt: skip
SPECIAL_64 = {"%clock64": "clock64()", "%globaltimer": "globaltimer()"}


class Names:
    def __init__(self, kernel: Kernel):
        self.scopes: list[dict[str, tuple[str, int, int]]] = [{}]  # PTX name -> C++ name, width, how many (0: a single one)
        self.scopes_opened = 0
        self.used: dict[str, int] = {}  # C++ name of a register -> width
        self.parameters = {p.name: p.offset for p in kernel.parameters}
        self.arrays: dict[str, dict[str, int]] = {"shared": {}, "local": {}}  # name -> offset
        self.bytes = {"shared": 0, "local": 0}
        self.dynamic_shared = False
        body = " ".join(s.text for s in kernel.body)
        for statement in kernel.body:
            if statement.kind == "declaration" and statement.text.startswith(".shared"):
                self.declare(statement.text)
        if used := [name for name in kernel.dynamic_shared if re.search(rf"\b{re.escape(name)}\b", body)]:
            self.dynamic_shared = True
            self.bytes["shared"] = (self.bytes["shared"] + 15) // 16 * 16
            self.arrays["shared"] |= dict.fromkeys(used, self.bytes["shared"])

    def open_scope(self) -> None:
        self.scopes_opened += 1
        self.scopes.append({})

    def close_scope(self) -> None:
        self.scopes.pop()

    def declare(self, text: str) -> None:
        """@raises Unknown for a declaration of another kind than registers and arrays"""
        if registers := re.match(r"\.reg\s+\.(\w+)\s+(.*)$", text):
            for name in split(registers[2]):
                several = re.match(r"(%?[\w$]+)<(\d+)>$", name)
                stem = several[1] if several else name
                scope = f"_{self.scopes_opened}" if len(self.scopes) > 1 else ""
                cpp = "r_" + re.sub(r"\W", "_", stem.lstrip("%")) + scope
                self.scopes[-1][stem] = (cpp, WIDTH[registers[1]], int(several[2]) if several else 0)
        elif array := re.match(r"\.(shared|local)\s+\.align\s+(\d+)\s+\.(\w+)\s+([\w$]+)(?:\[(\d+)\])?$", text):
            space, align = array[1], int(array[2])
            if array[4] in self.arrays[space]:
                return
            start = (self.bytes[space] + align - 1) // align * align
            self.arrays[space][array[4]] = start
            self.bytes[space] = start + WIDTH[array[3]] // 8 * int(array[5] or 1)
        elif not text.startswith(".pragma"):
            raise Unknown("unknown declaration")

    def register(self, name: str) -> tuple[str, int] | None:
        """C++ name and width, or None for what is no register."""
        numbered = re.match(r"(%[A-Za-z_]+)(\d+)$", name)
        for scope in reversed(self.scopes):
            if name in scope and not scope[name][2]:
                cpp, width, _ = scope[name]
                break
            if numbered and numbered[1] in scope and int(numbered[2]) < scope[numbered[1]][2]:
                cpp, width = f"{scope[numbered[1]][0]}_{numbered[2]}", scope[numbered[1]][1]
                break
        else:
            return None
        self.used[cpp] = width
        return cpp, width

    def bits(self, text: str, width: int, wider: bool = False) -> str:
        """C++ of an operand's bits, unsigned. @param wider  the low bits of a wider register will do"""
        special = SPECIAL if width == 32 else SPECIAL_64 if width == 64 else {}
        if text in special:
            return special[text]
        if width == 1 and text.startswith("!"):
            return f"!{self.bits(text[1:], 1)}"
        if register := self.register(text):
            if register[1] == width:
                return register[0]
            if wider and register[1] > width:
                return f"({UNSIGNED[width]}){register[0]}"
            raise Unknown(f"{text} has {register[1]} bits, not {width}")
        literal = immediate(text, width)
        return literal if literal is not None else f"({UNSIGNED[width]}){self.offset(text)}ull"

    def value(self, text: str, kind: str) -> str:
        """C++ of an operand as a number of its type."""
        bits = self.bits(text, WIDTH[kind])
        if kind in FLOATS:
            return f"{'float' if kind == 'f32' else 'double'}_of({bits})"
        return f"({kind})({bits})" if kind[0] == "s" else f"({bits})"

    def offset(self, text: str) -> int:
        """Where an array or a parameter begins in its space."""
        match = re.match(r"([\w$]+)(?:\+(\d+))?$", text)
        for table in (self.arrays["shared"], self.arrays["local"], self.parameters):
            if match and match[1] in table:
                return table[match[1]] + int(match[2] or 0)
        raise Unknown(f"'{text}' is not known")

    def address(self, text: str) -> str:
        """C++ of an operand in brackets."""
        match = re.match(r"\[\s*([^\]+]+?)\s*(?:\+\s*(-?\d+))?\s*\]$", text)
        if not match:
            raise Unknown(f"'{text}' is no address")
        if register := self.register(match[1]):
            return f"(u64){register[0]} + (u64){match[2] or 0}ll"
        return f"{self.offset(match[1]) + int(match[2] or 0)}ull"

    def assign(self, text: str, width: int, expression: str, signed: bool = False, wider: bool = False) -> str:
        """A C++ statement. @param wider  a wider register may take the value, extended by its sign where `signed`"""
        if text == "_":
            return f"(void)({expression});"
        register = self.register(text)
        if not register or register[1] < width or (register[1] > width and not wider):
            raise Unknown(f"'{text}' cannot take {width} bits")
        extended = f"(s{register[1]})(s{width})" if signed and register[1] > width else ""
        return f"{register[0]} = ({UNSIGNED[register[1]]}){extended}({UNSIGNED[width]})({expression});"

    def assign_value(self, text: str, kind: str, expression: str) -> str:
        """A C++ statement that keeps a number of a type."""
        return self.assign(text, WIDTH[kind], f"bits_of({expression})" if kind in FLOATS else expression)
