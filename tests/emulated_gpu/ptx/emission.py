"""Makes the C++ of a kernel, and files of several kernels."""

from .instructions import cpp
from .instructions.control import ENDS_BLOCK, label
from .module import Kernel, instruction
from .names import Names
from .types import UNSIGNED, Unknown

BEGIN = '// Made by tests/emulated_gpu/translate.\n#include "runtime/translated.hpp"\n\nnamespace emulated_gpu {\nnamespace {\n'
END = "}  // namespace\n}  // namespace emulated_gpu\n"


class Body:
    """The C++ of a kernel's body, with a counter at each place where a basic block begins."""

    def __init__(self, kernel: Kernel):
        self.names = Names(kernel)
        self.lines: list[str] = []
        self.block_lines: list[int] = []  # of the PTX, where each basic block begins
        self.sleeps = False
        begins = True
        for statement in kernel.body:
            try:
                if statement.kind == "open":
                    self.names.open_scope()
                elif statement.kind == "close":
                    self.names.close_scope()
                elif statement.kind == "declaration":
                    self.names.declare(statement.text)
                elif statement.kind == "label":
                    self.lines.append(f"{label(statement.text)}:;")
                    begins = True
                else:
                    i = instruction(statement)
                    if begins:
                        self.lines.append(f"++visits[{len(self.block_lines)}];")
                        self.block_lines.append(statement.line)
                    self.lines.append(cpp(i, self.names))
                    begins = i.opcode in ENDS_BLOCK
                    self.sleeps |= i.opcode == "nanosleep"
            except Unknown as error:
                raise Unknown(f"kernel {kernel.name}, line {statement.line}: {error}: {statement.text}") from error


def kernel_cpp(kernel: Kernel, number: int, source: str) -> str:
    """@raises Unknown with the kernel's name and the line of what is not known"""
    body = Body(kernel)
    names = body.names
    registers = [f"    {UNSIGNED[width]} {name} = {UNSIGNED[width]}(poison);" for name, width in sorted(names.used.items())]
    flag = {False: "false", True: "true"}
    sizes = ", ".join(f"{{{p.offset}, {p.size}}}" for p in kernel.parameters)
    return "\n".join(
        [
            f"struct Kernel{number} {{",
            f"  inline static u64 visits[{max(1, len(body.block_lines))}];",
            f"  static constexpr u32 lines[] = {{{', '.join(map(str, body.block_lines)) or '0'}}};",
            "  static void run(Thread& t) {",
            *registers,
            "    bool borrow = false;",
            *(f"    {line}" for line in body.lines),
            "  }",
            "};",
            f'Registration const registration{number}({{"{kernel.name}", "{source}", Kernel{number}::run, '
            f"{{{sizes}}}, {kernel.parameter_bytes}, {names.bytes['shared']}, {flag[names.dynamic_shared]}, {names.bytes['local']}, {kernel.most_threads}, "
            f"{flag[body.sleeps]}, {{Kernel{number}::visits, {len(body.block_lines)}}}, Kernel{number}::lines}});",
            "",
        ]
    )


def files(kernels: list[Kernel], source: str, count: int) -> list[str]:
    """The kernels in `count` C++ files of about the same length, whatever the number of kernels."""
    pieces = sorted((kernel_cpp(kernel, n, source) for n, kernel in enumerate(kernels)), key=len, reverse=True)
    shares: list[list[str]] = [[] for _ in range(count)]
    for piece in pieces:
        min(shares, key=lambda share: sum(map(len, share))).append(piece)
    return [BEGIN + "\n".join(share) + END for share in shares]
