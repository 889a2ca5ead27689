"""Memory that runs out: operator new fails at its N-th call (failing_new.cpp), once or from then on, in whatever thread.

Usage: memory_test.py PROGRAM FAILING_NEW [CLASS...]. Whatever N, the program ends with one line and exit code 1, or as if nothing had
been; the result is whole, or what it was before, and the next run gives the bytes of the undisturbed one."""

import os
import sys
import unittest

from command import PROGRAM, StoreCase, canonical, dsgd

FAILING_NEW = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ""
SWEEP = ["sweep", "-m", "2:4", "-n", "200000", "--strategy", "sync,k-sync:k=2", "--engine", "cpu", "--threads", "2"]
BEGUN = [*SWEEP[:2], "2:3", *SWEEP[3:]]
GROWS = r"(dsgd: '[^\n]*' grows, [^\n]*\n)"


class MemoryCase(StoreCase):
    def setUp(self):
        super().setUp()
        self.expected = self.fresh(*SWEEP)
        self.table = dsgd(*SWEEP).stdout
        dsgd(*BEGUN, "--store", self.folder / "begun")
        self.begun = (self.folder / "begun").read_bytes()

    def run_failing(self, failing, *arguments, environment=None):
        environment = {**(environment or os.environ), "LD_PRELOAD": FAILING_NEW, "FAILING_NEW": failing,
                       "FAILING_NEW_CALLS": str(self.folder / "calls")}
        return dsgd(*arguments, env=environment, timeout=60)

    def calls(self, *arguments):
        """How often the whole run calls operator new, about: threads share their work in another way each time."""
        self.assertEqual(self.run_failing("0", *arguments).returncode, 0)
        return int((self.folder / "calls").read_text())

    def begin(self, is_begun):
        for left in self.folder.glob("[sr].*"):
            left.unlink()
        if is_begun:
            self.store.write_bytes(self.begun)
        self.result.write_text("before")

    def check(self, failing, is_begun):
        """Is it noticed, and is all well then and after the next run?"""
        self.begin(is_begun)
        arguments = (*SWEEP, "--store", self.store, "-o", self.result)
        run = self.run_failing(failing, *arguments)
        # Destructors of JSON want memory, too: where they get none the program ends on the spot, as if it were killed.
        self.assertLessEqual({path.name for path in self.folder.glob("[sr].*")}, {"s.db", "s.db-journal", "r.json"}, failing)
        if run.returncode == 0:
            self.assertRegex(run.stderr, rf"\A{GROWS if is_begun else ''}\Z", failing)
            self.assertEqual(canonical(self.result), self.expected, failing)
            return False
        self.assertEqual(run.returncode, 1, (failing, run.stderr))
        self.assertRegex(run.stderr, rf"\A{GROWS}?dsgd: memory ran out [^\n]*\n\Z", failing)
        if run.stdout:  # it ran out after the table, which comes last
            self.assertEqual((run.stdout, canonical(self.result)), (self.table, self.expected), failing)
        if self.result.read_text() != "before":  # it ran out after the result had taken its place
            self.assertEqual(canonical(self.result), self.expected, failing)
        if self.store.exists():
            self.assertEqual(self.run_to(self.result, *SWEEP, "--store", self.store), self.expected, failing)
        return True

    def check_all(self, numbers):
        noticed = [self.check(f"{number}{rest}", number % 2 == 0) for number in numbers for rest in ("", "+")]
        self.assertGreater(sum(noticed), 0.8 * len(noticed), "most are noticed")
        return len(noticed), sum(noticed)


class Memory(MemoryCase):
    def test_some_allocations_fail(self):
        """Each of the first, and some of those that follow."""
        calls = self.calls(*SWEEP, "--store", self.store, "-o", self.result)
        step = calls // 60
        self.assertGreater(step, 1)
        self.check_all([*range(1, 20), *range(20, calls, step)])

    def test_a_run_that_has_all_the_memory_is_as_ever(self):
        self.assertFalse(self.check("1000000000", is_begun=True))

    def test_an_error_that_cannot_be_put_into_words_is_one_line_too(self):
        words = ["sweep", "-m", "0"]
        self.assert_error(dsgd(*words), 2, "--workers")
        self.run_failing("0", *words)
        for number in range(int((self.folder / "calls").read_text()) - 15, 0, -1):
            run = self.run_failing(f"{number}+", *words)
            self.assertEqual(run.stderr.count("\n"), 1, (number, run.stderr))
            self.assertIn(run.returncode, (1, 2))
            if run.returncode == 1 and number % 10 == 0:
                break


class NightlyMemory(MemoryCase):
    def test_every_allocation_fails(self):
        calls = self.calls(*SWEEP, "--store", self.store, "-o", self.result)
        runs, noticed = self.check_all(range(1, calls + 1))
        print(f"{runs} runs, {noticed} of which ran out of memory: 0 lost")


if __name__ == "__main__":
    unittest.main()
