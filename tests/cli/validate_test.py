"""dsgd validate: what it checks, and what it cannot check here."""

import unittest

from command import Case, dsgd, engines


class Validate(Case):
    def test_names_what_it_checks_and_what_it_skips(self):
        result = dsgd("validate", "--quick")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        table, summary = result.stdout.split("\n\n")
        head, *rows = table.splitlines()
        known = {line.split()[0] for line in dsgd("devices").stdout.split("\n\n")[0].splitlines()[1:]}
        skipped = [row for row in rows if row.startswith("skip")]
        self.assertEqual({row[head.index("what"):].split()[0] for row in skipped}, known - set(engines()))
        for row in skipped:
            self.assertGreater(len(row[head.index("found"):].strip()), 5)  # why
        self.assertEqual(summary, f"{len(rows) - len(skipped)} checks, 0 failed" + (f", {len(skipped)} skipped" if skipped else "") + "\n")
        self.assertNotIn("=:", result.stdout)
        self.assertIn("empirical (500 values) sync m = 8 ", result.stdout)


if __name__ == "__main__":
    unittest.main()
