"""dsgd validate: what it checks, and what it cannot check here."""

import unittest

from command import Case, dsgd, engines


class Validate(Case):
    def test_names_what_it_checks_and_what_it_skips(self):
        result = dsgd("validate", "--quick")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        head, *groups, summary = result.stdout.split("\n\n")
        kinds = [group.splitlines()[0] for group in groups]
        self.assertEqual(kinds[:2], ["known answers", "engines"])
        self.assertEqual(len(kinds), len(set(kinds)))  # what checks share is said once
        rows = [row for group in groups for row in group.splitlines()[1:] if row.startswith(("pass", "skip"))]
        known = {line.split()[0] for line in dsgd("devices").stdout.split("\n\n")[0].splitlines()[1:]}
        skipped = [row for row in rows if row.startswith("skip")]
        self.assertEqual({row[head.index("what"):].split()[0] for row in skipped}, known - set(engines()))
        for row in skipped:
            self.assertGreater(len(row[head.index("found"):].strip()), 4)  # why, or where that is said
        self.assertEqual(summary, f"{len(rows) - len(skipped)} checks, 0 failed" + (f", {len(skipped)} skipped" if skipped else "") + "\n")
        self.assertNotIn("=:", result.stdout)
        self.assertIn("exact values, empirical (500 values)\n", result.stdout)
        self.assertRegex(result.stdout, r"(?m)^pass  sync, m = 8  +z = ")


if __name__ == "__main__":
    unittest.main()
