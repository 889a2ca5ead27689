"""Sweeps that are stopped: by signals, by --max-time, by SIGKILL at any time."""

import array
import fcntl
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import termios
import time
import unittest

from command import PROGRAM, StoreCase, canonical, dsgd, engines, shell

ENDLESS = ["sweep", "-m", "1:40", "-n", "1e12", "--strategy", "sync,async,k-async:k=1", "--law", "gamma:shape=3:rate=1"]
UNREMEMBERED = ["sweep", "-m", "1:40", "-n", "1e12", "--law", "gamma:shape=3:rate=1"]
SMALL = ["sweep", "-m", "1:20", "-n", "3e6", "--threads", "2"]


CORES = os.cpu_count()  # that a sweep may use


def ended_children():
    """Seconds of processor time that children took that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def so_far(process):
    """Seconds of processor time that a process has taken; 0 where it has ended."""
    if process.poll() is not None:
        return 0
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def waiting_in(pipe):
    """Bytes that nobody has read yet."""
    count = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


class Started:
    """A sweep under way, its handlers in place."""

    def __init__(self, *arguments, seconds=0.3):
        self.process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        stdin=subprocess.DEVNULL, text=True)
        status = pathlib.Path(f"/proc/{self.process.pid}/status")
        while not self.catches(status, signal.SIGUSR1):
            time.sleep(0.01)
        time.sleep(seconds)

    @staticmethod
    def catches(status, number):
        caught = next((line.split()[1] for line in status.read_text().splitlines() if line.startswith("SigCgt")), "0")
        return int(caught, 16) >> (number - 1) & 1

    def stop(self, *numbers):
        """Exit code, seconds of processor time that stopping took, output and errors. The clock on the wall would tell how busy
        the machine is."""
        before = ended_children() + so_far(self.process)
        for number in numbers:
            self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, ended_children() - before, out, err


class Signals(StoreCase):
    def test_first_signal_stops_within_two_seconds(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1):
            for engine in engines() if number == signal.SIGTERM else ["auto"]:
                more = ["--engine", engine]
                if engine not in ("auto", "cpu", "reference"):
                    more += ["--strategy", "sync,fastest"]  # which is all that they serve
                for store in ([], ["--store", self.folder / f"{number}{engine}.db"]):
                    run = Started(*(ENDLESS if "--strategy" not in more else UNREMEMBERED), *more, *store, "-o", self.result, seconds=random.Random(number).uniform(0, 0.8))
                    code, seconds, out, err = run.stop(number)
                    self.assertEqual(code, 75 if store else 130 if number == signal.SIGINT else 143, err)
                    self.assertLess(seconds, 2 * CORES)
                    self.assertEqual((out, err.count("\n")), ("", 1))
                    self.assertIn(number.name, err)
                    document = json.loads(self.result.read_text())
                    self.assertFalse(document["run"]["complete"])
                    self.assertGreater(len(document["points"]), 0)

    def test_second_signal_leaves_at_once_and_the_store_stays_whole(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            run = Started(*ENDLESS, "--engine", "reference", "--store", self.store)
            code, seconds, _, _ = run.stop(number, number)
            self.assertIn(code, (128 + number, 75))  # 75 where the first was quicker
            self.assertLess(seconds, 0.5 * CORES)
            again = dsgd(*ENDLESS, "--store", self.store, "--max-time", "0.1s")
            self.assertEqual(again.returncode, 75, again.stderr)

    def test_only_json_is_written_of_what_is_not_complete(self):
        files = [self.folder / name for name in ("a.csv", "a.md", "a.json")]
        files[0].write_text("before")
        outputs = [word for file in files for word in ("-o", file)]
        code, _, out, _ = Started(*ENDLESS, *outputs).stop(signal.SIGTERM)
        self.assertEqual((code, out), (143, ""))
        self.assertEqual(files[0].read_text(), "before")
        self.assertFalse(files[1].exists())
        self.assertFalse(json.loads(files[2].read_text())["run"]["complete"])

    def test_a_run_stopped_before_its_first_point_is_a_stopped_run(self):
        sweep = ["sweep", "-m", "1000000", "-n", "1e12", "--strategy", "sync", "-o", self.result, "--max-time", "0.001s"]
        for _ in range(2):
            run = dsgd(*sweep)
            self.assertEqual((run.returncode, run.stderr.count("\n")), (143, 1), run.stderr)

    def test_a_stopped_run_replaces_only_results_of_stopped_runs(self):
        sweep = ["sweep", "-m", "1,1000000", "--strategy", "sync", "-o", self.result, "--max-time", "0.2s", "-n"]
        self.assertEqual(dsgd(*sweep, "1e12").returncode, 143)
        partial = canonical(self.result)
        self.assertFalse(json.loads(partial)["run"]["complete"])
        again = dsgd(*sweep, "2e12")
        self.assertEqual((again.returncode, again.stderr.count("\n")), (143, 1), again.stderr)
        self.assertNotEqual(canonical(self.result), partial)
        self.assertEqual(dsgd("sweep", "-m", "1:3", "-o", self.result).returncode, 0)
        for content in (self.result.read_bytes(), b"mine"):
            self.result.write_bytes(content)
            for store, code in (([], 143), (["--store", self.store], 75)):
                stopped = dsgd(*sweep, "1e12", *store)
                self.assertEqual((stopped.returncode, stopped.stderr.count("\n")), (code, 2), stopped.stderr)
                self.assertIn(f"dsgd: '{self.result}' stays as it was (", stopped.stderr)
                self.assertEqual(self.result.read_bytes(), content)

    def test_finished_points_are_shown(self):
        """One point that takes a moment, and one that never ends: with a store and without."""
        sweep = ["sweep", "-m", "1,1000000", "-n", "3e5", "--strategy", "sync", "--engine", "cpu"]
        for store in ([], ["--store", self.store]):
            for outputs in ([], ["-o", self.result, "-o", self.folder / "r.csv"]):
                run = dsgd(*sweep, *store, *outputs, "--max-time", "0.5s")
                self.assertEqual((run.returncode, run.stderr.count("\n")), (75 if store else 143, 1), run.stderr)
                self.assertIn("Stopped: 1 of 2 points are missing\n", run.stdout)
                self.assertNotIn("1000000", run.stdout)
                self.assertEqual("with 1 of 2 points finished" in run.stderr, not store)
                if outputs:
                    points = json.loads(self.result.read_text())["points"]
                    self.assertEqual([point.get("complete") for point in points], [None, False])
                    self.assertFalse((self.folder / "r.csv").exists())

    def test_the_table_of_a_stopped_run_begins_on_a_line_of_its_own(self):
        run = shell('"$0" sweep -m 1,1000000 -n 3e5 --strategy sync --engine cpu --progress bar --max-time 0.7s 2>&1')
        self.assertIn("\033[KRuntime of one iteration", run.stdout)

    def test_max_time(self):
        start, before = time.monotonic(), ended_children()
        run = dsgd(*ENDLESS, "--max-time", "0.5s", "-o", self.result)
        self.assert_error(run, 143, "--max-time")
        self.assertGreater(time.monotonic() - start, 0.4)
        self.assertLess(ended_children() - before, 3 * CORES)
        self.assertFalse(json.loads(self.result.read_text())["run"]["complete"])
        self.assertEqual(dsgd("sweep", "-m", "3", "--max-time", "1:00").returncode, 0)

    def test_a_store_that_is_not_in_its_place_is_no_promise(self):
        for leave in (lambda: self.store.unlink(), lambda: self.store.rename(self.folder / "elsewhere.db"),
                      lambda: shutil.copy(self.store, self.folder / "copy") and os.replace(self.folder / "copy", self.store)):
            for number in ((), (signal.SIGTERM,)):  # also without a signal it stops soon
                self.store.unlink(missing_ok=True)
                run = Started(*ENDLESS, "--store", self.store, "-o", self.result, seconds=0.5)
                leave()
                code, seconds, out, err = run.stop(*number)
                self.assertEqual((code, out, err.count("\n")), (6, "", 1), err)
                self.assertIn("deleted, moved or replaced", err)
                self.assertLess(seconds, 10)
                self.assertFalse(json.loads(self.result.read_text())["run"]["complete"])
                self.assertFalse((self.folder / "s.db-journal").exists())

    def test_the_wait_for_a_reader_is_ended(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        code, seconds, out, err = Started("sweep", "-m", "3", "-o", pipe, "--format", "csv", seconds=1).stop(signal.SIGTERM)
        self.assertEqual((code, out, err.count("\n")), (143, "", 1), err)
        self.assertIn("has no reader", err)
        self.assertLess(seconds, 2)
        self.assertTrue(pipe.is_fifo())
        run = Started("sweep", "-m", "1:3000", "-n", "1", "-o", "-", "--format", "csv", seconds=0)  # more than a pipe holds
        while waiting_in(run.process.stdout) < 60_000:
            time.sleep(0.01)
        run.process.send_signal(signal.SIGINT)
        self.assertEqual(run.process.wait(60), 130)
        self.assertIn("standard output", run.stop()[3])

    def test_the_bar_is_cleared(self):
        code, _, _, err = Started(*ENDLESS, "--progress", "bar", seconds=1).stop(signal.SIGINT)
        self.assertEqual(code, 130)
        self.assertIn("\033[Kdsgd: stopped", err)  # an empty line of its own


def killed_and_gone_on_with(case, times, seed):
    """Kills a sweep after random times, and goes on with it, until it is done; so many kills in all."""
    rng = random.Random(seed)
    expected = case.fresh(*SMALL)
    kills = 0
    while kills < times:
        case.store.unlink(missing_ok=True)
        while kills < times:
            with subprocess.Popen([PROGRAM, *SMALL, "--store", str(case.store)], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL) as process:
                time.sleep(rng.uniform(0, 0.25))
                process.kill()
            kills += process.returncode == -signal.SIGKILL
            if process.returncode == 0:
                break
        case.assertEqual(case.run_to(case.result, *SMALL, "--store", case.store), expected)
    case.assertEqual([p.name for p in case.folder.glob("s.db*")], ["s.db"], "nothing but the store is left")


class Killed(StoreCase):
    def test_ten_times_at_random(self):
        killed_and_gone_on_with(self, 10, seed=1)


class NightlyKilled(StoreCase):
    def test_three_hundred_times_at_random(self):
        killed_and_gone_on_with(self, 300, seed=2)

    def test_ten_billion_draws_killed_five_times(self):
        sweep = ["sweep", "-m", "100,1000", "-n", "9100000", "--strategy", "sync"]
        expected = self.fresh(*sweep)
        for _ in range(5):
            with subprocess.Popen([PROGRAM, *sweep, "--store", str(self.store)], stdout=subprocess.DEVNULL) as process:
                time.sleep(0.6)
                process.kill()
            self.assertEqual(process.returncode, -signal.SIGKILL)
        self.assertEqual(self.run_to(self.result, *sweep, "--store", self.store), expected)


if __name__ == "__main__":
    unittest.main()
