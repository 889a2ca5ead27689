"""dsgd status and dsgd resume: what a store is asked for, how far it is, and how it goes on from itself alone."""

import json
import os
import re
import shlex
import subprocess
import sys
import time
import unittest

from command import PROGRAM, StoreCase, canonical, dsgd
from hostile_stores import edited

SWEEP = ["sweep", "-m", "2,3", "-n", "2e4", "--strategy", "sync,async", "--law", "shifted-exponential:shift=1:rate=1", "--quantiles", "0.5"]
LONG = ["sweep", "-m", "1000", "-n", "1e9", "--strategy", "sync,k-sync:k=50%"]


class Status(StoreCase):
    def status(self, *arguments):
        result = dsgd("status", self.store, "--format", "json", *arguments)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return json.loads(result.stdout)

    def run_for(self, seconds, *arguments):
        result = dsgd(*arguments, "--store", self.store, "--max-time", f"{seconds}s")
        self.assertEqual(result.returncode, 75, result.stderr)

    def test_of_a_store_that_is_finished(self):
        dsgd(*SWEEP, "--store", self.store)
        before = self.store.read_bytes()
        status = self.status()
        self.assertEqual(list(status), ["schema", "store", "last_written", "complete", "points", "iterations", "share", "next", "sweep", "provenance"])
        self.assertEqual((status["schema"], status["store"], status["complete"], status["share"]), ("dsgd.status/1", str(self.store), True, 1))
        self.assertEqual(status["points"], {"total": 4, "finished": 4, "of_other_sweeps": 0})
        self.assertEqual(status["iterations"]["done"], status["iterations"]["total"])
        self.assertEqual(status["sweep"], {
            "workers": "2,3", "laws": ["shifted-exponential:shift=1:rate=1"], "strategies": ["sync", "async"], "iterations": "20000", "seed": "1",
            "draws": "independent", "sampling": "workers", "communication": None, "server": None, "stragglers": None, "quantiles": "0.5", "updates": None, "relative_error": None, "shard": None})
        written = time.strptime(status["last_written"], "%Y-%m-%dT%H:%M:%SZ")
        self.assertEqual(time.strftime("%s", written), time.strftime("%s", time.gmtime(self.store.stat().st_mtime)))
        text = dsgd("status", self.store).stdout
        self.assertIn("points      4 of 4 finished\n", text)
        self.assertIn("done        100 % of the draws\n", text)
        self.assertIn(f"All is done. Its results: dsgd merge {self.store} -o results.csv\n", text)
        merged = subprocess.run([PROGRAM, *shlex.split(status["next"])[1:]], cwd=self.folder, check=True, capture_output=True)
        self.assertEqual(merged.returncode, 0)
        self.assertEqual(self.store.read_bytes(), before)

    def test_of_a_store_that_is_not(self):
        self.run_for(1, *LONG)
        status = self.status()
        self.assertFalse(status["complete"])
        self.assertEqual(status["points"], {"total": 2, "finished": 0, "of_other_sweeps": 0})
        self.assertGreater(status["iterations"]["done"], 0)
        self.assertEqual(status["iterations"]["total"], 2e9)
        self.assertAlmostEqual(status["share"], status["iterations"]["done"] / 2e9, delta=1e-9 + 0.01 * status["share"])
        self.assertEqual(status["next"], f"dsgd resume {self.store}")
        self.assertIn(f"Goes on with: dsgd resume {self.store}\n", dsgd("status", self.store).stdout)

    def test_of_points_that_were_added(self):
        dsgd("sweep", "-m", "4", "-n", "100", "--store", self.store)
        dsgd("sweep", "-m", "7,8", "-n", "100", "--add", "--strategy", "fastest", "--store", self.store)
        self.assertEqual(self.status()["points"]["of_other_sweeps"], 2)
        self.assertIn("and 2 of other sweeps, which their own commands continue\n", dsgd("status", self.store).stdout)

    def test_of_a_name_that_looks_like_an_option(self):
        subprocess.run([PROGRAM, "sweep", "-m", "4", "-n", "100", "--store=-x.db"], cwd=self.folder, check=True, capture_output=True)
        status = subprocess.run([PROGRAM, "status", "--", "-x.db"], cwd=self.folder, check=True, capture_output=True, text=True)
        self.assertIn("dsgd merge ./-x.db -o results.csv\n", status.stdout)

    def test_of_points_that_are_precise_enough(self):
        dsgd("sweep", "-m", "2", "-n", "1e12", "--relative-error", "10%", "--store", self.store)
        status = self.status()
        self.assertTrue(status["complete"])
        self.assertEqual(status["share"], 1)
        self.assertLess(status["iterations"]["done"], status["iterations"]["total"])
        self.assertIn(" of at most 2000000000000\n", dsgd("status", self.store).stdout)

    def test_of_a_shard(self):
        dsgd(*SWEEP, "--shard", "1/2", "--store", self.store)
        status = self.status()
        self.assertEqual((status["complete"], status["sweep"]["shard"], status["next"]), (True, "1/2", "dsgd merge STORE... -o results.csv"))

    def test_of_several_stores(self):
        """A line for each and the total, which counts draws; as JSON, each as it is alone."""
        whole, part = self.folder / "part1.db", self.folder / "part2.db"
        sweep = ["sweep", "-m", "3", "-n", "1e12"]
        self.assertEqual(dsgd(*sweep[:-1], "1e12", "--shard", "2/3", "--store", part, "--max-time", "0.3s").returncode, 75)
        self.assertEqual(dsgd("sweep", "-m", "3", "-n", "1000", "--shard", "1/3", "--store", whole).returncode, 0)
        text = dsgd("status", whole, part)
        self.assertEqual((text.returncode, text.stderr), (0, ""))
        lines = text.stdout.splitlines()
        self.assertRegex(lines[1], r"part1\.db +1/3 +2 of 2 +100 % +all is done$")
        self.assertRegex(lines[2], r"part2\.db +2/3 +0 of 2 +\S+ % +dsgd resume \S+part2\.db$")
        self.assertRegex(lines[3], r"total +2 of 4 +\S+ %$")
        self.assertEqual(lines[-1], "1 of 3 shards are in none of these stores, first shard 3/3")
        document = json.loads(dsgd("status", whole, part, "--format", "json").stdout)
        self.assertEqual(list(document), ["schema", "complete", "points", "iterations", "share", "stores", "provenance"])
        self.assertEqual((document["schema"], document["complete"], document["points"]), ("dsgd.statuses/1", False, {"total": 4, "finished": 2}))
        alone = [json.loads(dsgd("status", store, "--format", "json").stdout) for store in (whole, part)]
        for store in alone:
            del store["schema"], store["provenance"]
        self.assertEqual(document["stores"], alone)
        self.assertAlmostEqual(document["share"] / alone[1]["share"], 1, delta=1e-3)  # the other has a billionth of the draws
        self.assert_error(dsgd("status", whole, self.folder / "none.db"), 6, "none.db")

    def test_of_all_shards(self):
        stores = [self.folder / f"part{number}.db" for number in (1, 2)]
        for number, store in enumerate(stores, 1):
            dsgd(*SWEEP, "--shard", f"{number}/2", "--store", store)
        self.assertIn(f"\nAll is done. The results: dsgd merge {stores[0]} {stores[1]} -o results.csv\n", dsgd("status", *stores).stdout)
        self.assertTrue(json.loads(dsgd("status", *stores, "--format", "json").stdout)["complete"])

    def test_of_a_shard_counts_its_own_points(self):
        """Where points are stopped by their precision, a shard is some of them."""
        dsgd("sweep", "-m", "1:16", "-n", "100000", "--strategy", "sync", "--relative-error", "1%", "--shard", "1/4", "--store", self.store)
        self.assertEqual(self.status()["points"], {"total": 4, "finished": 4, "of_other_sweeps": 0})

    def test_of_a_store_in_use(self):
        """It is looked at again and again while it is written, and each look is of a moment: nothing goes backwards."""
        run = subprocess.Popen([PROGRAM, *LONG, "--store", self.store], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            while not self.store.exists():
                time.sleep(0.02)
            done = []
            deadline = time.monotonic() + 60
            while len(set(done)) < 3 and time.monotonic() < deadline:
                done.append(self.status()["iterations"]["done"])
            self.assertEqual(done, sorted(done))
            self.assertGreaterEqual(len(set(done)), 3)
            self.assert_error(dsgd("resume", self.store), 6, "in use")
            self.assertIsNone(run.poll())
        finally:
            run.kill()
            run.wait()

    def test_amid_a_transaction_whose_run_was_killed(self):
        """SQLite's journal says that the file has to be mended, which status does not do, and resume does."""
        dsgd(*SWEEP, "--store", self.store)
        writer = ("import os, sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None)\nc.execute('PRAGMA cache_size = 1')\n"
                  "c.execute('PRAGMA cache_spill = 1')\nc.execute('BEGIN')\nc.execute('CREATE TABLE more(x)')\n"
                  "[c.execute('INSERT INTO more VALUES(zeroblob(9000))') for _ in range(50)]\nos._exit(0)")
        subprocess.run([sys.executable, "-c", writer, self.store], check=True)
        journal = self.folder / "s.db-journal"
        self.assertNotEqual(journal.read_bytes()[:1], b"\0")
        before = self.store.read_bytes(), journal.read_bytes()
        self.assert_error(dsgd("status", self.store), 6, "in the middle of a change")
        self.assertEqual((self.store.read_bytes(), journal.read_bytes()), before)
        self.assertEqual(self.run_to(self.result, "resume", self.store), self.fresh(*SWEEP))
        self.assertTrue(self.status()["complete"])

    def test_outputs(self):
        dsgd(*SWEEP, "--store", self.store)
        files = [self.folder / "a.json", self.folder / "b"]
        result = dsgd("status", self.store, "-o", files[0], "-o", files[1])
        self.assertIn("4 of 4 finished", result.stdout)
        for file in files:
            self.assertEqual(json.loads(file.read_text())["schema"], "dsgd.status/1")
        self.assertEqual(json.loads(dsgd("status", self.store, "-o", "-").stdout)["schema"], "dsgd.status/1")
        before = self.store.read_bytes()
        self.assert_error(dsgd("status", self.store, "-o", "a.csv"), 2, "status writes JSON and nothing else")
        self.assert_error(dsgd("status", self.store, "--format", "csv"), 2, "--format")
        self.assert_error(dsgd("status", self.store, "--format", "json", "-o", self.store), 2, "a store too")
        self.assert_error(dsgd("status"), 2, "STORE is missing", "'dsgd status' needs it")
        self.assertEqual(self.store.read_bytes(), before)

    def test_refusals(self):
        for command in ("status", "resume"):
            self.assert_error(dsgd(command, self.folder / "none.db"), 6, "cannot be read", "No such file")
            self.assert_error(dsgd(command, ""), 6, "cannot be read")
            os.mkfifo(self.folder / f"{command}.pipe")
            self.assert_error(dsgd(command, self.folder / f"{command}.pipe", timeout=20), 6, "no regular file")
            (self.folder / f"{command}.db").write_bytes(b"SQLite format 3\0" + bytes(5000))
            self.assert_error(dsgd(command, self.folder / f"{command}.db"), 7)
            (self.folder / "r.csv").write_text("law,strategy,workers,mean\nexponential:rate=2,sync,4,1.04\n")
            self.assert_error(dsgd(command, self.folder / "r.csv"), 7, "is not a store of dsgd, or is damaged (file is not a database)")
        self.assertEqual([path.name for path in self.folder.iterdir() if path.name.startswith("none")], [])
        dsgd(*SWEEP, "--store", self.store)
        edited(lambda c: c.execute("UPDATE points SET count = 1"), sealed=False)(self.folder)
        for command in ("status", "resume"):
            self.assert_error(dsgd(command, self.store), 7, "checksum")

    def test_a_table_that_is_elsewhere_is_named(self):
        (self.folder / "times.csv").write_text("ms\n1\n2\n4\n")
        dsgd("sweep", "--law", "empirical:file=times.csv", "-m", "2", "-n", "10", "--store", "s.db", cwd=self.folder)
        (self.folder / "elsewhere").mkdir()
        for command in (("status", "../s.db"), ("resume", "../s.db"), ("sweep", "--store", "../s.db")):
            error = dsgd(*command, cwd=self.folder / "elsewhere")
            self.assert_error(error, 6, "the store '../s.db' needs the table 'times.csv' (there is none in this folder)", "where the sweep was started")
        table = self.folder / "there.csv"
        (self.folder / "times.csv").rename(table)
        store = self.folder / "t.db"
        dsgd("sweep", "--law", f"empirical:file={table}", "-m", "2", "-n", "10", "--store", store)
        table.unlink()
        self.assert_error(dsgd("status", store), 6, f"'{table}' (there is no such file)", "put the table there again")

    def test_a_name_with_spaces_is_quoted(self):
        self.store = self.folder / "it's my store.db"
        dsgd(*SWEEP, "--store", self.store)
        self.assertEqual(shlex.split(self.status()["next"])[2], str(self.store))


class Resume(StoreCase):
    def test_goes_on_as_the_sweep_does(self):
        wanted = [*SWEEP[:4], "3e6", *SWEEP[5:]]
        stopped = dsgd(*wanted, "--store", self.store, "--max-time", "0.05s")
        self.assertIn(stopped.returncode, (0, 75))
        result = dsgd("resume", self.store, "-o", self.result, "-o", self.folder / "r.csv", "--engine", "cpu", "--threads", "1", "--progress", "none")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(f"'{self.store}' continues its own sweep: -m 2,3 -n 3000000", result.stderr)
        self.assertEqual(canonical(self.result), self.fresh(*wanted))
        self.assertEqual((self.folder / "r.csv").read_text().count("\n"), 5)

    def test_stops_and_goes_on(self):
        self.assertEqual(dsgd(*LONG, "--store", self.store, "--max-time", "1s").returncode, 75)
        stopped = dsgd("resume", self.store, "--max-time", "1s")
        self.assertEqual(stopped.returncode, 75)
        self.assertRegex(stopped.stderr, r"dsgd: stopped by --max-time .*: run the same command again to continue\n\Z")

    def test_takes_no_option_that_says_what_is_swept(self):
        for option in ("-m", "--law", "--strategy", "-n", "--seed", "--shard", "--relative-error", "--store", "--quantiles"):
            self.assert_error(dsgd("resume", self.store, option, "1"), 2, f"'{option}' is not an option of 'dsgd resume'")
        self.assert_error(dsgd("resume"), 2, "STORE")
        dsgd(*SWEEP, "--store", self.store)
        self.assert_error(dsgd("resume", self.store, "-o", self.store, "--format", "json"), 2, "a store too")

    def test_of_a_shard_takes_json_alone(self):
        dsgd(*SWEEP, "--shard", "1/2", "--store", self.store)
        self.assertEqual(dsgd("resume", self.store).returncode, 0)
        self.assert_error(dsgd("resume", self.store, "-o", self.folder / "r.csv"), 2, "a shard has a part of the result")
        self.assertTrue(re.search('"shard":"1/2"', dsgd("resume", self.store, "--format", "json").stdout))


if __name__ == "__main__":
    unittest.main()
