"""A store under strace: killed at every system call that writes, and told that writing fails."""

import re
import subprocess
import sys
import unittest

from command import PROGRAM, StoreCase, canonical, dsgd

SWEEP = ["sweep", "-m", "1:3", "-n", "2000"]
CALLS = "write,pwrite64,fsync,fdatasync,ftruncate,link,rename,unlink,openat,fcntl"


def strace(*options):
    return ["strace", "-f", "-qq", "-o", "/dev/null", *options]


def traceable():
    try:
        return subprocess.run([*strace(), "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def traced(injection, *arguments, path=None):
    """@param path  that calls have to be about"""
    about = ["-P", path] if path else []
    return subprocess.run([*strace("-e", f"inject={injection}", *about), PROGRAM, *map(str, arguments)], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=120, check=False)


def count_of(case, call, *arguments):
    """How often the program makes a call."""
    log = case.folder / "trace"
    subprocess.run(["strace", "-f", "-qq", "-e", f"trace={call}", "-o", log, PROGRAM, *map(str, arguments)], capture_output=True,
                   check=True)
    return sum(f"{call}(" in line for line in log.read_text().splitlines())


def kill_at_every(case, calls, step=1):
    """Begun, and gone on with: killed at each such call, then run to the end."""
    expected = case.fresh(*SWEEP)
    more = [*SWEEP[:2], "1:4", *SWEEP[3:]]
    expected_more = case.fresh(*more)
    kills = 0
    for call in calls.split(","):
        for begun in (False, True):
            sweep, wanted = (more, expected_more) if begun else (SWEEP, expected)

            def begin():
                for left in case.folder.glob("[sr].*"):
                    left.unlink()
                if begun:
                    dsgd(*SWEEP, "--store", case.store)

            begin()
            arguments = (*sweep, "--store", case.store, "-o", case.result)
            for number in range(1, count_of(case, call, *arguments) + 1, step):
                begin()
                run = traced(f"{call}:signal=SIGKILL:when={number}", *arguments)
                kills += run.returncode in (-9, 137)
                if case.result.exists():
                    case.assertEqual(canonical(case.result), wanted)  # whole, or not there
                case.assertEqual(case.run_to(case.result, *sweep, "--store", case.store), wanted, (call, number))
    return kills


class Faults(StoreCase):
    def test_killed_at_calls_that_make_a_commit(self):
        self.assertGreater(kill_at_every(self, "pwrite64,fdatasync,link,rename,unlink", step=3), 5)

    def test_errors_of_the_disk_are_named_and_lose_nothing(self):
        before_store = self.fresh(*SWEEP)
        for error, text in (("ENOSPC", "No space left"), ("EIO", "Input/output error")):
            for call in ("pwrite64", "fdatasync"):
                dsgd(*SWEEP, "--store", self.store)
                run = traced(f"{call}:error={error}:when=1+", *SWEEP[:2], "1:4", *SWEEP[3:], "--store", self.store, "-o", self.result)
                self.assertEqual(run.returncode, 6, (call, run.stderr))
                self.assertIn("s.db", run.stderr)
                self.assertEqual(run.stderr.count("\n"), 1)
                self.assertRegex(run.stderr, f"{text}|disk I/O error|full")
                self.assertFalse(self.result.exists())
                self.assertEqual(self.run_to(self.result, *SWEEP, "--store", self.store), before_store)
                self.store.unlink()
                self.result.unlink()

    def test_a_store_that_cannot_be_read_is_named_and_stays_as_it_is(self):
        expected = self.run_to(self.result, *SWEEP, "--store", self.store)
        before = self.store.read_bytes()
        for number in (1, 2, 3):
            run = traced(f"pread64:error=EIO:when={number}+", *SWEEP, "--store", self.store, "-o", self.result, path=self.store)
            self.assert_error(run, 6, "s.db")
            self.assertRegex(run.stderr, "Input/output error|disk I/O error")
            self.assertEqual(self.store.read_bytes(), before)
        self.assertEqual(self.run_to(self.result, *SWEEP, "--store", self.store), expected)

    def test_measured_delays_that_cannot_be_read_are_named(self):
        trace = self.folder / "t.csv"
        trace.write_text("1\n2\n3\n")
        run = traced("read:error=EIO:when=1+", "sweep", "-m", "3", "--law", f"empirical:file={trace}", "-o", self.result, path=trace)
        self.assert_error(run, 6, "t.csv")
        self.assertFalse(self.result.exists())

    def test_errors_of_a_result_name_it_and_keep_the_old_one(self):
        for call, error in (("write", "ENOSPC"), ("write", "EIO"), ("fsync", "EIO"), ("fsync", "ENOSPC"), ("rename", "EIO")):
            self.result.write_text("before")
            run = traced(f"{call}:error={error}:when=1", *SWEEP, "-o", self.result)
            self.assert_error(run, 6, "r.json", "No space left" if error == "ENOSPC" else "Input/output error")
            self.assertEqual(self.result.read_text(), "before")
            self.assertEqual([p.name for p in self.folder.glob("r.*")], ["r.json"])

    def test_a_file_system_without_locks_is_named(self):
        dsgd(*SWEEP, "--store", self.store)
        for command in ([*SWEEP, "--store", self.store], ["merge", self.store]):
            for error, text in (("ENOLCK", "No locks available"), ("EIO", "Input/output error")):
                run = traced(f"fcntl:error={error}", *command, path=self.store)
                self.assert_error(run, 6, "s.db", text)
                self.assertNotIn("in use", run.stderr)

    def test_a_file_system_without_links_has_stores_too(self):
        expected = self.fresh(*SWEEP)
        for error in ("EPERM", "EOPNOTSUPP", "ENOSYS"):
            run = traced(f"link:error={error}", *SWEEP, "--store", self.store, "-o", self.result)
            self.assertEqual((run.returncode, run.stderr), (0, ""))
            self.assertEqual(canonical(self.result), expected)
            self.assertEqual(self.run_to(self.result, "merge", self.store), expected)
            self.assert_error(traced(f"link:error={error}", "merge", self.store, "--store", self.store), 6, "exists already")
            self.store.unlink()
        self.assert_error(traced("link:error=EIO", *SWEEP, "--store", self.store), 6, "s.db", "Input/output error")
        self.assertEqual(list(self.folder.glob("*s.db*")), [])

    def test_the_next_run_clears_what_a_killed_one_left(self):
        for name, call in ((self.result, "rename"), (self.store, "link")):
            arguments = [*SWEEP[:3], "--store", self.store, "-o", self.result]
            self.assertIn(traced(f"{call}:signal=SIGKILL:when=1", *arguments, "-n", "2000").returncode, (-9, 137))
            (left,) = self.folder.glob("*.tmp")
            self.assertRegex(left.name, rf"\A\.{re.escape(name.name)}\.dsgd-.+-\d+-\w{{6}}\.tmp\Z")
            self.assertEqual(dsgd(*arguments, "-n", "3000").returncode, 0)  # with new work: SQLite then ends its journal
            self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["r.json", "s.db"])
            self.store.unlink()
            self.result.unlink()

    def test_interrupted_calls_are_made_again(self):
        expected = self.fresh(*SWEEP)
        for call in ("write", "pwrite64", "openat"):
            run = traced(f"{call}:error=EINTR:when=1+7", *SWEEP, "--store", self.store, "-o", self.result)
            if call != "openat" or run.returncode == 0:  # which neither the loader nor all libraries repeat
                self.assertEqual(run.returncode, 0, (call, run.stderr))
                self.assertEqual(canonical(self.result), expected)
            self.assertEqual(self.run_to(self.result, *SWEEP, "--store", self.store), expected)

    def test_a_limit_on_file_sizes(self):
        command = 'ulimit -f 8; exec "$0" "$@"'
        run = subprocess.run(["bash", "-c", command, PROGRAM, "sweep", "-m", "1:500", "-n", "10", "--store", str(self.store)],
                             capture_output=True, text=True, check=False)
        self.assert_error(run, 6, "s.db", "File too large")
        self.assertFalse(self.store.exists())


class NightlyKilled(StoreCase):
    def test_at_every_call(self):
        kills = kill_at_every(self, CALLS)
        print(f"{kills} kills, 0 lost")
        self.assertGreater(kills, 50)


if __name__ == "__main__":
    if not traceable():
        print("SKIPPED: strace cannot trace here (it is missing, or ptrace is not permitted)")
        sys.exit(77)
    unittest.main()
