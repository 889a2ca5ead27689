"""dsgd bench: its table, its JSON, and the instruction sets it may be told to use."""

import json
import unittest

from command import Case, dsgd, shell


class Bench(Case):
    def test_table_and_json(self):
        target = self.folder / "bench.json"
        common = ("bench", "--engine", "cpu,reference", "-m", "1,20", "-n", "200", "--repeat", "2", "--threads", "1")
        result = dsgd(*common, "-o", str(target))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("draws/s", result.stdout)
        document = json.loads(target.read_text())
        self.assertEqual(document["schema"], "dsgd.bench/1")
        rows = document["measurements"]
        self.assertEqual([(row["engine"], row["workers"]) for row in rows],
                         [("cpu", 1), ("cpu", 20), ("reference", 1), ("reference", 20)])
        for row in rows:
            self.assertGreater(row["draws_per_second"], 0)
        self.assertEqual(json.loads(dsgd(*common, "-o", "-").stdout)["schema"], "dsgd.bench/1")

    def test_the_materialized_engine_is_compared_with_copying_memory(self):
        result = dsgd("bench", "--engine", "cpu-materialized,reference", "-m", "20", "-n", "20000", "--repeat", "1", "--threads", "1", "-o", "-")
        materialized, reference = json.loads(result.stdout)["measurements"]
        share = 8 * materialized["draws_per_second"] / materialized["copy_bytes_per_second"]
        self.assertAlmostEqual(materialized["ceiling_fraction"] / share, 1, places=9)
        self.assertEqual((reference["copy_bytes_per_second"], reference["ceiling_fraction"]), (None, None))

    def test_every_number_of_iterations_at_every_number_of_workers(self):
        document = json.loads(dsgd("bench", "--engine", "cpu", "-m", "1,4", "-n", "30,1e2:1e3:x10", "--repeat", "1", "-o", "-").stdout)
        self.assertEqual([(row["workers"], row["iterations"]) for row in document["measurements"]],
                         [(m, n) for m in (1, 4) for n in (30, 100, 1000)])

    def test_processor_time_that_is_counted_coarsely(self):
        done = shell('ulimit -t 1000; "$0" bench -m 20 -n 10 --engine cpu')
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_instruction_sets(self):
        for name in ("portable", "avx2", "avx512"):
            result = dsgd("bench", "--engine", "cpu", "-m", "3", "-n", "9", "--repeat", "1", env={"DSGD_ISA": name})
            self.assertIn(result.returncode, (0, 4), result.stderr)  # 4 where the processor lacks it
        self.assert_error(dsgd("sweep", env={"DSGD_ISA": "sse9"}), 2, "DSGD_ISA")


if __name__ == "__main__":
    unittest.main()
