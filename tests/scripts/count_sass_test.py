"""scripts/count_sass, over cubins made here instruction by instruction."""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts/count_sass"

WIDE, UPPER, MULTIPLY, LOGIC, MINIMUM, LOAD, UNIFORM = 0x825, 0x227, 0x824, 0xC12, 0x20F, 0x981, 0x8A5


def bytes_branch(at: int, target: int) -> int:
    """A branch of sm_75 to sm_89: the distance in bytes."""
    return 0x947 | ((target - at - 1) * 16 & 0xFFFFFFFF) << 32


def words_branch(at: int, target: int) -> int:
    """A branch of sm_90: the distance in units of four bytes, in two pieces. 0x7000: always."""
    words = (target - at - 1) * 4
    return 0x7947 | (words & 0xFF) << 16 | (words >> 8 & 0x3FFFFFFF) << 34


def assemble(operations: list[object], branch=words_branch) -> bytes:
    """Machine code of operations, or of branches to a number; and the branch to itself at the end."""
    code = [branch(at, to[0]) if isinstance(to, tuple) else to for at, to in enumerate(operations)]
    code.append(branch(len(code), len(code)))
    high = 0x000FCA0000000000 << 64  # wait for something: not read
    return b"".join((word | high).to_bytes(16, "little") for word in code)


def elf(sections: dict[str, bytes]) -> bytes:
    names = b"\0" + b"".join(name.encode() + b"\0" for name in (*sections, ".shstrtab"))
    body, headers = b"", [bytes(64)]
    for name, content in (*sections.items(), (".shstrtab", names)):
        place = names.index(b"\0" + name.encode() + b"\0") + 1
        headers.append(struct.pack("<IIQQQQIIQQ", place, 1, 0, 0, 64 + len(body), len(content), 0, 0, 1, 0))
        body += content
    head = b"\x7fELF\x02\x01\x01".ljust(16, b"\0")
    head += struct.pack("<HHIQQQIHHHHHH", 2, 190, 1, 0, 0, 64 + len(body), 0, 64, 0, 0, 64, len(headers), len(headers) - 1)
    return head + body + b"".join(headers)


# Two loops inside one, and the heavier of the two: 7 instructions, 3 of them wide multiplies.
NESTED = [
    LOAD,
    WIDE, WIDE, WIDE, WIDE,
    LOGIC, WIDE, (5,),
    MULTIPLY,
    WIDE, UPPER, WIDE, LOGIC, UNIFORM, MINIMUM, (9,),
    (1,),
]  # fmt: skip


class CountSass(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.cubin = Path(folder.name) / "x.cubin"

    def count(self, kernels: dict[str, bytes], *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        self.cubin.write_bytes(elf({".nv.info": b"1234", **{f".text.{name}": text for name, text in kernels.items()}}))
        return self.run_script(*arguments, code=code)

    def run_script(self, *arguments: str, code: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(SCRIPT), str(self.cubin), *arguments]
        result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result

    def test_counts_the_heaviest_of_the_innermost_loops(self) -> None:
        for branch in (words_branch, bytes_branch):
            said = self.count({"a_kernel": assemble(NESTED, branch)}, "--per", "2").stdout
            self.assertIn("a_kernel: 3.5 instructions, 1.5 wide multiply (a turn: 3 wide multiply", said)
            self.assertIn("1 uniform", said)

    def test_finds_loops_of_any_length(self) -> None:
        for length in (1, 62, 63, 64, 65, 205, 300, 20_000):  # 205: in bytes that would be the branch to itself
            for branch in (words_branch, bytes_branch):
                said = self.count({"k": assemble([WIDE] * length + [(0,)], branch)}).stdout
                self.assertIn(f"k: {length + 1} instructions, {length} wide", said)

    def test_forward_branches_make_no_loop(self) -> None:
        result = self.count({"k": assemble([WIDE, (3,), LOGIC, LOGIC])}, code=3)
        self.assertIn("k has no loop with wide multiply", result.stderr)
        self.assertIn("no loop", result.stdout)

    def test_limits(self) -> None:
        kernels = {"first": assemble(NESTED), "second": assemble([WIDE, LOGIC, LOGIC, (0,)])}
        self.count(kernels, "--most-instructions", "7", "--most-operations", "3")
        said = self.count(kernels, "--most-instructions", "6.5", code=3).stderr
        self.assertIn("first has 7 instructions", said)
        self.assertNotIn("second", said)
        self.assertIn("first has 3 wide", self.count(kernels, "--most-operations", "2", code=3).stderr)

    def test_counts_another_operation(self) -> None:
        code = assemble([LOGIC, LOGIC, (0,), WIDE, WIDE, WIDE, (3,)])
        said = self.count({"k": code}, "--operation", "logic").stdout
        self.assertIn("k: 3 instructions, 2 logic", said)
        self.assertIn("no loop with multiply", self.count({"k": code}, "--operation", "multiply", code=3).stderr)

    def test_looks_at_the_wanted_kernels(self) -> None:
        kernels = {"_Z3onev": assemble(NESTED), "_Z3twov": assemble([LOGIC])}
        self.assertNotIn("two", self.count(kernels, "--kernel", "one").stdout)
        self.assertNotIn("two", self.count(kernels, "--without", "two").stdout)
        self.assertIn("no kernel Z", self.count(kernels, "--kernel", "Z", "--without", "Z", code=6).stderr)
        self.assertIn("no kernel three", self.count(kernels, "--kernel", "one", "--kernel", "three", code=6).stderr)

    def test_refuses_what_it_does_not_understand(self) -> None:
        self.assertIn("no kernel", self.count({}, code=6).stderr)
        self.count({"k": assemble(NESTED)[:-16]}, code=6)  # no branch to itself at the end
        self.count({"k": assemble([WIDE, (-5,)])}, code=6)
        whole = self.cubin.read_bytes()
        for damaged in (b"", b"MZ", whole[:70], whole[:-60]):
            self.cubin.write_bytes(damaged)
            self.assertIn("cannot be read", self.run_script(code=6).stderr)
        self.cubin.unlink()
        self.assertIn("cannot be read", self.run_script(code=6).stderr)


if __name__ == "__main__":
    unittest.main()
