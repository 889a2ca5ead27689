"""dsgd sweep --plot-kind: figures of each kind, and the distribution in the JSON, with a Python that has matplotlib."""

import json
import unittest

from command import Case, dsgd

FEW = ("sweep", "-m", "4,20", "--strategy", "sync", "-n", "2000")


class PlotKind(Case):
    def distributions(self, *arguments):
        result = dsgd(*arguments, "-o", "-", "--format", "json")
        self.assertEqual(result.returncode, 0, result.stderr)
        return [point.get("distribution") for point in json.loads(result.stdout)["points"]]

    def test_kinds_are_different_figures(self):
        figures = {}
        for kind in ("auto", "runtime", "throughput", "distribution"):
            result = dsgd(*FEW, "--plot", f"{kind}.svg", "--plot-kind", kind, cwd=self.folder)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            figures[kind] = (self.folder / f"{kind}.svg").read_text()
        self.assertEqual(figures.pop("auto"), figures["runtime"])
        self.assertEqual(len(set(figures.values())), 3)
        for kind, text in (("throughput", "Gradients per"), ("distribution", "Distribution of the Runtime")):
            self.assertIn(text, figures[kind])

    def test_the_json_has_distributions_where_they_are_kept(self):
        self.assertEqual(self.distributions(*FEW), [None, None])
        kept = self.distributions(*FEW, "--quantiles", "0.5")
        self.assertEqual(kept, self.distributions(*FEW, "--plot", str(self.folder / "a.png"), "--plot-kind", "distribution"))
        for bins in kept:
            self.assertEqual(sum(count for _, _, count, _ in bins), 2000)
            self.assertAlmostEqual(sum(expected for *_, expected in bins), 1, delta=0.01)
            for (_, high, *_), (low, *_) in zip(bins, bins[1:]):
                self.assertEqual(high, low)

    def test_unknown_ones_have_no_probability(self):
        for bins in self.distributions("sweep", "-m", "4", "--strategy", "async", "--law", "uniform:low=0:high=1", "--quantiles", "0.5"):
            self.assertTrue(bins)
            self.assertEqual({expected for *_, expected in bins}, {None})

    def test_what_cannot_be_drawn_is_refused_before_the_run(self):
        for arguments, part in (
            (("--plot", "a.png", "--plot-kind", "pie"), "distribution"),
            (("--plot", "a.png", "--plot-kind", ""), "--plot-kind"),
            (("--plot-kind", "runtime"), "--plot"),
            (("--plot", "a.png", "--plot-kind", "distribution"), "6"),  # of 40 points
            (("-m", "4", "--plot", "a.png", "--plot-kind", "distribution", "--engine", "cpu-materialized"), "use one of"),
        ):
            self.assert_error(dsgd("sweep", *arguments, "-o", "r.csv", cwd=self.folder), 2, part)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_where_no_point_has_a_mean_the_runtime_cannot_be_drawn(self):
        heavy = ("sweep", "-m", "2", "-n", "100", "--law", "pareto:scale=1:shape=0.6", "--strategy")
        for kind in ((), ("--plot-kind", "runtime"), ("--plot-kind", "throughput")):
            result = dsgd(*heavy, "sync", "--plot", "a.png", *kind, "-o", "r.csv", cwd=self.folder)
            self.assert_error(result, 2, "--plot 'a.png' has nothing to draw (no point has a mean", "--plot-kind distribution")
            self.assertNotIn("stdin", result.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])
        drawn = (heavy + ("sync", "--plot-kind", "distribution"), heavy + ("sync,fastest",))  # the fastest has one
        for arguments in drawn:
            self.assertEqual(dsgd(*arguments, "--plot", "a.png", cwd=self.folder).returncode, 0)
        self.assertEqual([file.name for file in self.folder.iterdir()], ["a.png"])

    def test_a_store_that_keeps_histograms_goes_on_with_every_kind(self):
        store = ("--store", "s.db", "--plot", "a.svg", "--plot-kind")
        self.assertEqual(dsgd(*FEW, *store, "distribution", cwd=self.folder).returncode, 0)
        for kind in ("runtime", "distribution"):
            result = dsgd("sweep", *store, kind, cwd=self.folder)
            self.assertEqual(result.returncode, 0, result.stderr)

    def test_what_the_data_do_not_let_draw_names_the_option(self):
        zero = ("sweep", "-m", "1", "-n", "10", "--law", "two-point:low=0:high=1:probability=1e-15", "--strategy", "sync")
        result = dsgd(*zero, "--plot", "a.png", "--plot-kind", "throughput", cwd=self.folder)
        self.assertEqual(result.returncode, 6)
        self.assertIn("dsgd: --plot cannot draw the results (a mean is 0 or less", result.stderr)
        self.assertIn("): choose another --plot-kind", result.stderr)
        self.assertNotIn("stdin", result.stderr)


if __name__ == "__main__":
    unittest.main()
