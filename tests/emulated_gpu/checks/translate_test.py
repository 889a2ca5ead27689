"""The translator: what it does not know ends it, with the kernel's name and the line, and nothing is written."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TRANSLATE = pathlib.Path(__file__).resolve().parent.parent / "translate"
PTX = """//
.version 9.0
.target sm_90
.address_size 64
.visible .entry some_kernel(
    .param .u64 some_kernel_param_0,
    .param .u32 some_kernel_param_1
)
.maxntid 128, 1, 1
{
    .reg .pred %p<2>;
    .reg .b32 %r<4>;
    .reg .b64 %rd<3>;
    .reg .f32 %f<3>;
    ld.param.u64 %rd1, [some_kernel_param_0];
    ld.param.u32 %r1, [some_kernel_param_1];
    setp.gt.u32 %p1, %r1, 7;
    @%p1 bra $L__BB0_2;
    HERE
$L__BB0_2:
    ret;
}
"""
LINE = PTX[: PTX.index("HERE")].count("\n") + 1


def translate(statement: str, ptx: str = PTX) -> tuple[subprocess.CompletedProcess, str | None]:
    """What the translator says, and what it writes."""
    with tempfile.TemporaryDirectory() as folder:
        source, output = pathlib.Path(folder, "in.ptx"), pathlib.Path(folder, "out.cpp")
        source.write_text(ptx.replace("HERE", statement))
        done = subprocess.run([sys.executable, "-B", TRANSLATE, source, output], capture_output=True, text=True, check=False)
        return done, output.read_text() if output.exists() else None


class Translate(unittest.TestCase):
    def assert_refused(self, statement: str, why: str) -> None:
        with self.subTest(statement):
            done, written = translate(statement)
            self.assertEqual(done.returncode, 1)
            place = rf"translate: \S+in.ptx: kernel some_kernel, line {LINE}"
            self.assertRegex(done.stderr, rf"^{place}: {why}.*: {re.escape(statement[:-1])}\n$")
            self.assertIsNone(written)

    def test_what_is_known_is_translated(self):
        done, written = translate("add.s32 %r2, %r1, 1;")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("r_r_2 = (u32)(u32)(r_r_1 + (u32)0x1ull);", written)
        self.assertIn('"some_kernel", "out"', written)
        for number, meaning in (("0", "false"), ("1", "true"), ("-1", "true")):
            _, written = translate(f"mov.pred %p1, {number};")
            self.assertIn(f"(bool)({meaning});", written)
        self.assertIn("{{0, 8}, {8, 4}}, 12, 0, false, 0, 128, false", written)

    def test_each_basic_block_has_a_counter(self):
        _, written = translate("add.s32 %r2, %r1, 1;")
        self.assertEqual(written.count("++visits["), 3)

    def test_unknown_instructions_are_refused(self):
        self.assert_refused("wgmma.fence.sync.aligned;", "unknown instruction")
        self.assert_refused("bar.arrive 0, 64;", "unknown form")
        self.assert_refused("bar.sync 1;", "a barrier other than 0")
        self.assert_refused("ld.global.bizarre.u32 %r2, [%rd1];", "unknown form")
        self.assert_refused("atom.global.inc.u32 %r2, [%rd1], 1;", "unknown form")

    def test_what_ptxas_might_fuse_is_refused(self):
        self.assert_refused("add.f32 %f1, %f1, %f2;", "unknown form")
        self.assert_refused("mul.ftz.f32 %f1, %f1, %f2;", "unknown form")

    def test_operands_that_do_not_fit_are_refused(self):
        self.assert_refused("mov.pred %p1, 2;", "a predicate is")
        self.assert_refused("add.s32 %r2, %rd1, 1;", "%rd1 has 64 bits, not 32")
        self.assert_refused("add.s32 %r9, %r1, 1;", "'%r9' cannot take 32 bits")
        self.assert_refused("add.s32 %r2, %r1, 4294967296;", "a constant that does not fit into 32 bits")
        self.assert_refused("mov.u64 %rd2, some_table;", "'some_table' is not known")

    def test_what_is_unknown_outside_of_kernels_is_refused(self):
        done, written = translate("", PTX + ".func helper() { ret; }\n")
        self.assertEqual((done.returncode, written), (1, None))
        self.assertIn(f"line {PTX.count(chr(10)) + 1}: not known outside of a kernel: .func helper()", done.stderr)
        done, _ = translate("", PTX.replace(".maxntid 128, 1, 1", ".maxnreg 32"))
        self.assertIn("kernel some_kernel, line 5: unknown directive .maxnreg", done.stderr)


if __name__ == "__main__":
    unittest.main()
