"""What tests of dsgd fit share."""

import json
import random

from command import Case, dsgd


def table(workers=6, steps=40, slow=1.0):
    """Times that are gamma with a shift; the last worker's are `slow` times as long."""
    draw = random.Random(5)
    rows = ["rank,step,ms"]
    for step in range(steps):
        for rank in range(workers):
            time = 30 + draw.gammavariate(3, 4)
            rows.append(f"{rank},{step},{time * (slow if rank == workers - 1 else 1):.3f}")
    return "\n".join(rows) + "\n"


class FitCase(Case):
    def fit(self, text, *arguments):
        path = self.folder / "t.csv"
        path.write_text(text)
        replicates = () if "--bootstrap" in arguments else ("--bootstrap", "39")
        return dsgd("fit", path, "--column", "ms", *replicates, *arguments)

    def document(self, text, *arguments):
        result = self.fit(text, "-o", "-", *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)
