"""Tables of measured times: read rightly, or refused in one line with line, column and remedy."""

import csv
import unittest

from command import Case, dsgd


class Traces(Case):
    def sweep(self, table, column="", encoding="utf-8"):
        path = self.folder / "t.csv"
        path.write_bytes(table.encode(encoding))
        law = f"empirical:file={path}" + (f":column={column}" if column else "")
        return dsgd("sweep", "-m", "1", "-n", "1", "--law", law, "--strategy", "sync", "-o", "-", "--format", "csv")

    def test_tables_that_are_read(self):
        wide = "0,1,2,3\n0.5,1.5,2.5,3.5\n0.6,1.6,2.6,3.6\n"
        indexed = ",0,1,2,3\n0,0.5,1.5,2.5,3.5\n1,0.6,1.6,2.6,3.6\n"
        cases = [
            (wide, "3", "3 (named so in the header), from 3.5 to 3.6"), (wide, "4", "3 (named so in the header), from 3.5 to 3.6"),
            (indexed, "3", "3 (named so in the header), from 3.5 to 3.6"), (indexed, "5", "3 (named so in the header), from 3.5 to 3.6"),
            ('seconds,note\n3.0,"slow\n4.0"\n5.0,ok\n', "seconds", "2 values in column seconds, from 3 to 5"),
            ("1.5\r2.5\r3.5\r", "", "3 values in column 1, from 1.5 to 3.5"),
            ("\ufeffseconds\r\n1.5\r\n2.5\r\n", "seconds", "2 values in column seconds, from 1.5 to 2.5"),
            ("# taken on node 3\nseconds\n1.5\n2.5\n", "seconds", "2 values in column seconds, from 1.5 to 2.5"),
            ("# seconds\n1.5e+00\n2.5e+00\n", "seconds", "2 values in column seconds, from 1.5 to 2.5"),
            ("rank;seconds\n0;2.5\n1;3.5\n", "seconds", "from 2.5 to 3.5"), ("rank\tseconds\n0\t2.5\n1\t3.5\n", "seconds", "from 2.5 to 3.5"),
            ("seconds,\n1.5,\n2.5,\n", "", "2 values in column seconds, from 1.5 to 2.5"),
        ]
        for table, column, note in cases:
            with self.subTest(table=table, column=column):
                result = self.sweep(table, column)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertIn(note, result.stderr)
                row = next(csv.DictReader(result.stdout.splitlines()))
                low, high = (float(text.split(",")[0]) for text in note.split("from ")[1].split(" to "))
                self.assertTrue(low <= float(row["mean"]) <= high)

    def test_tables_that_are_refused(self):
        cases = [
            ("time\n1,5\n2,5\n", "", ("line 2 has 2 fields where line 1 has 1", "write it as 1.5")),
            ("step,ms\n1,0\n2,91,4\n", "ms", ("line 3 has 3 fields", "write it as 91.4")),
            ("time,host\n1,234.5,a\n999.1,c\n", "time", ("line 2 has 3 fields", "write it as 1234.5")),
            ('time\n"1,234.5"\n999.1\n', "", ("line 2, column time: '1,234.5'", "write 1234.5")),
            ("rank,ms\n1,2\n3\n", "ms", ("line 3 has 1 field where line 1 has 2",)),
            ("0.5s\n0.6\n0.7\n", "", ("line 1, column 1: '0.5s' has a unit", "column=0.5s")),
            ("0\n0.5\n0.6\n", "", ("line 1", "column=0", "column=1")),
            ('ms\n1\n"2\n3\n', "", ("line 3 begins a quote",)), ('ms\n1\n"2"3\n', "", ("line 3 has text after a closing quote",)),
            ("ms\n1e-400\n1\n", "", ("line 2, column ms: '1e-400' is too small",)), ("ms\n1e400\n1\n", "", ("line 2, column ms: '1e400' is above 1e+36",)),
            ("id,ms\n0,1.5\n1,\n", "ms", ("line 3, column ms is empty",)), ("id,ms\n0,1.5\n1,NA\n", "ms", ("line 3, column ms: 'NA' is a missing",)),
            ("ms\n(ms)\n1\n", "", ("line 2, column ms: '(ms)' is not a number",)), ("ms\n-1\n1\n", "", ("line 2, column ms: '-1' is negative",)),
            ("id,seconds\n0,1\n", "second", ("did you mean seconds?", "id, seconds")),
            ("1 2\n3 4\n", "", ("has 2 columns", "choose one with column=")), ("1 2\n3\n", "", ("line 1, column 1: '1 2' is several numbers", "separator=space")),
        ]
        for table, column, parts in cases:
            with self.subTest(table=table, column=column):
                self.assert_error(self.sweep(table, column), 2, "t.csv", *parts)
        self.assert_error(self.sweep("1\n2\n", encoding="utf-16"), 2, "UTF-16", "save it as UTF-8")

    def test_workers_and_whole_steps(self):
        times = [(9, 2, 3), (1, 8, 2), (4, 4, 30), (2, 7, 5)]  # of three workers in four steps
        rows = [f"{step},{worker},{time}" for step, row in enumerate(times) for worker, time in enumerate(row)]
        path = self.folder / "t.csv"
        path.write_text("step,rank,ms\n" + "\n".join(rows) + "\n")
        keys = f"file={path}:column=ms:worker=rank"
        for law, kind, slowest in (
            (f"replay:{keys}:step=step", "replay", sum(max(row) for row in times) / 4),
            (f"empirical:{keys}", "empirical", sum(max(a, b, c) for a, _, _ in times for _, b, _ in times for _, _, c in times) / 64),
        ):
            with self.subTest(law=kind):
                strategies = "sync,fastest,local-sgd:steps=2:communication=1,async,k-async:k=2,k-batch-sync:k=4"
                run = ["sweep", "-n", "2000", "--law", law, "--strategy", strategies, "-o", "-", "--format", "csv"]
                result = dsgd(*run)
                self.assertEqual(result.returncode, 0, result.stderr)
                points = list(csv.DictReader(result.stdout.splitlines()))
                self.assertEqual({point["workers"] for point in points}, {"3"})
                self.assertRegex(points[0]["law"], rf"^{kind}:file=t.csv:column=ms:worker=rank(:step=step)?:sha256=[0-9a-f]{{64}}$")
                self.assertAlmostEqual(float(points[0]["expected"]), slowest, places=9)
                self.assertLess(max(abs(float(point["z"] or 0)) for point in points), 4.5)
                self.assertEqual(dsgd(*run, "--engine", "reference").stdout, result.stdout)
                copy = self.folder / "copy"
                copy.mkdir(exist_ok=True)
                (copy / "t.csv").write_bytes(path.read_bytes())
                again = [points[0]["law"] if word == law else word for word in run]
                self.assertEqual(dsgd(*again, cwd=copy).stdout, result.stdout)

    def test_models_that_mislead_are_warned_of(self):
        rows = "".join(f"{step},{'ab'[worker]},{10 + 3 * worker + step % 5}\n" for step in range(20) for worker in range(2))
        path = self.folder / "t.csv"
        path.write_text("step,host,ms\n" + rows)
        pooled = f"empirical:file={path}:column=ms"
        warnings = dsgd("sweep", "-m", "1,5", "-n", "10", "--strategy", "sync", "--law", pooled).stderr
        self.assertIn("the 2 workers of column host differ beyond chance", warnings)
        self.assertIn("give worker=host\n", warnings)
        self.assertIn("1 of 2 points wait for the slowest of more than a tenth of the measured times there are, first 5 workers with 40", warnings)
        apart = dsgd("sweep", "-n", "10", "--strategy", "sync", "--law", pooled + ":worker=host")
        self.assertEqual(apart.stderr.count("warning"), 0, apart.stderr)

    def test_jobs_taken_for_one_are_warned_of(self):
        """Two jobs of the same workers, of which a column of text tells; a column of hosts is no alarm, nor one of alike times."""
        rows = "".join(f"{job},node{worker},{'xy'[step % 2]},{worker},{scale * (30 + (7 * worker + 3 * step) % 11)}\n"
                       for job, scale in (("small", 1), ("large", 8)) for step in range(20) for worker in range(3))
        path = self.folder / "t.csv"
        path.write_text("job,machine,phase,rank,ms\n" + rows)
        law = f"empirical:file={path}:column=ms:worker=rank"
        warnings = dsgd("sweep", "-n", "10", "--strategy", "sync", "--law", law).stderr
        self.assertEqual(warnings.count("warning"), 1, warnings)
        self.assertIn("between values of column job, and are taken for one law", warnings)
        self.assertIn("give where=job=small, or another of its 2 values (small, large)\n", warnings)
        pooled = dsgd("sweep", "-m", "2", "-n", "10", "--strategy", "sync", "--law", law.removesuffix(":worker=rank")).stderr
        self.assertNotIn("where=", pooled)  # ranks are alike: the pool is warned of only where they are not
        path.write_text(path.read_text().replace(",2,", ",2,1"))  # rank 2 is the slowest now
        pooled = dsgd("sweep", "-m", "2", "-n", "10", "--strategy", "sync", "--law", law.removesuffix(":worker=rank")).stderr
        self.assertIn(" and where=job=small, or another of its 2 values (small, large)\n", pooled)
        for mended in (law + ":where=job=small", law.replace("worker=rank", "worker=job+rank")):
            self.assertNotIn("warning", dsgd("sweep", "-n", "10", "--strategy", "sync", "--law", mended).stderr)

    def test_a_list_of_laws_goes_on_from_its_store(self):
        path = self.folder / "t.csv"
        path.write_text("ms\n1\n2\n")
        run = ["sweep", "-m", "2", "-n", "100", "--strategy", "sync", "--law", f"empirical:file={path}:shift=0,1.5"]
        first = dsgd(*run, "--store", "s.db", "-o", "-", "--format", "csv", cwd=self.folder)
        self.assertEqual(first.returncode, 0, first.stderr)
        laws = [point["law"].split(":sha256")[0] + point["law"][-10:] for point in csv.DictReader(first.stdout.splitlines())]
        self.assertEqual(len(set(laws)), 2, laws)
        again = dsgd("sweep", "--store", "s.db", "-o", "-", "--format", "csv", cwd=self.folder)
        self.assertEqual((again.returncode, again.stdout), (0, first.stdout), again.stderr)

    def test_names_that_are_mistyped(self):
        for arguments, parts in (
            (["--law", "exponentail:rate=1"], ("did you mean exponential?", "use exponential:rate=")),
            (["--law", "gaussian:mean=1"], ("'gaussian' is unknown (no such name)", "use exponential:rate=")),
            (["--law", "relpay:file=t.csv"], ("did you mean replay?",)),
            (["--law", "exponential:rat=1"], ("did you mean rate?", "write exponential:rate=")),
            (["--strategy", "snyc"], ("did you mean sync?", "use sync")),
            (["--communication", "rign:latency=1:transfer=1"], ("did you mean ring?", "use constant")),
            (["--engine", "cpu-materialised"], ("did you mean cpu-materialized?", "use auto")),
            (["--plot", "a.png", "--plot-kind", "throughtput"], ("did you mean throughput?", "use auto")),
        ):
            with self.subTest(arguments=arguments):
                self.assert_error(dsgd("sweep", *arguments, cwd=self.folder), 2, *parts)


if __name__ == "__main__":
    unittest.main()
