"""--server and --stragglers: what they do to the jobs of workers, and where they cannot."""

import json
import unittest

from command import Case, dsgd

SLOW = ("--stragglers", "enter=2%:leave=0.2:factor=10")
SERVER = ("--server", "exponential:rate=5")
FORMAT = ("-o", "-", "--format", "json")


class Jobs(Case):
    def document(self, *arguments):
        result = dsgd("sweep", "-m", "8", "-n", "20000", *arguments, *FORMAT)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout), result.stderr

    def test_results_say_what_they_were_made_with(self):
        document, _ = self.document("--strategy", "async", *SERVER, *SLOW)
        self.assertEqual(document["run"]["server"], "exponential:rate=5")
        self.assertEqual(document["run"]["stragglers"], "enter=0.02:leave=0.2:factor=10")
        self.assertRegex(dsgd("sweep", "-m", "8", "--strategy", "async", *SERVER).stdout, r"(?m)^server +exponential:rate=5$")

    def test_engines_agree(self):
        arguments = ("--strategy", "sync,k-sync:k=5,async,k-async:k=3,k-batch-async:k=3,k-batch-sync:k=5,ssp:staleness=2", *SLOW)
        documents = [self.document(*arguments, "--engine", engine)[0]["points"] for engine in ("reference", "cpu")]
        self.assertEqual(*documents)

    def test_means_that_are_known_are_told_by_exact_too(self):
        arguments = ("-m", "20", "--law", "constant:value=1", "--strategy", "sync,backup:spare=1,async", *SLOW)
        points = json.loads(dsgd("exact", *arguments, *FORMAT).stdout)["points"]
        self.assertAlmostEqual(points[0]["mean"], 8.66220734778)
        self.assertAlmostEqual(points[2]["mean"], (1 + 9 / 11) / 20)
        served = ("-m", "8", "--law", "constant:value=1", "--strategy", "async,sync", *SERVER)
        result = dsgd("exact", *served, *FORMAT)
        self.assertEqual([point["strategy"] for point in json.loads(result.stdout)["points"]], ["async"])
        self.assertIn("1 of 2 points left out: --server is for strategies whose workers go on", result.stderr)
        self.assert_error(dsgd("exact", *served[:4], "--strategy", "sync", *SERVER), 2, "--server or --stragglers leaves no point")

    def test_what_cannot_be_is_left_out_or_refused(self):
        _, warnings = self.document("--strategy", "async,sync", *SERVER)
        self.assertIn("1 of 2 points left out: --server cannot be used with --strategy sync", warnings)
        self.document("--strategy", "sync", *SLOW)
        for arguments, part in (
            (("--strategy", "sync", *SERVER), "use async, k-async"),
            (("--strategy", "sync", *SERVER, *SLOW), "use async, k-async"),
            (("--strategy", "deadline:time=1", *SLOW), "--stragglers cannot be used with --strategy deadline"),
            (("--strategy", "sync", *SLOW, "--sampling", "order-statistics"), "--sampling"),
            (("--stragglers", "enter=0.1"), "write enter=:leave=:factor="),
            (("--server", "sync"), "--server 'sync' is unknown"),
            (("--strategy", "async", "--server", "pareto:scale=1:shape=0.9"), "--server pareto:scale=1:shape=0.9 has too heavy a tail"),
            (("--strategy", "async", "--law", "pareto:scale=1:shape=0.9", *SERVER), "--law pareto:scale=1:shape=0.9 has too heavy a tail"),
            (("--strategy", "k-async:k=4", *SERVER), "k-async:k=4 and 4 workers (an update that waits for all of them is one of sync"),
            (("--strategy", "sync", *SLOW, "--sampling", "order-statistics"), "cannot be used with --stragglers (workers stay slow"),
            (("--strategy", "async", *SERVER, "--sampling", "order-statistics"), "cannot be used with --server"),
            (("--stragglers", "some"), "--stragglers 'some' has the part 'some'"),
        ):
            self.assert_error(dsgd("sweep", "-m", "4", *arguments), 2, part)

    def test_none_is_as_if_they_were_not_given(self):
        plain = self.document("--strategy", "sync,async")[0]["points"]
        none = ("--server", "none", "--stragglers", "none", "--communication", "none")
        self.assertEqual(self.document("--strategy", "sync,async", *none)[0]["points"], plain)

    def test_a_store_knows_them(self):
        store, arguments = self.folder / "s.db", ("-m", "4", "-n", "5000", "--strategy", "async", *SERVER, *SLOW)
        self.assertEqual(dsgd("sweep", *arguments, "--store", store).returncode, 0)
        again = json.loads(dsgd("resume", store, *FORMAT).stdout)
        self.assertEqual(again["points"], json.loads(dsgd("sweep", *arguments, *FORMAT).stdout)["points"])
        self.assert_error(dsgd("sweep", *arguments[:-2], "--store", store), 7, "--stragglers is none, the store's is enter=0.02")


if __name__ == "__main__":
    unittest.main()
