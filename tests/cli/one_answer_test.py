"""One answer: the same canonical results from every engine, any threads, stores, interruptions and shards."""

import itertools
import json
import unittest

from command import StoreCase, digest, dsgd, engines

SWEEPS = {
    "extremes": ["sweep", "-m", "1:9,1000", "-n", "20011", "--strategy", "sync,fastest"],
    "clocks": ["sweep", "-m", "2,5", "-n", "40000", "--strategy", "async,k-async:k=2,k-batch-async:k=3,k-batch-async:k=64",
               "--law", "shifted-exponential:shift=1:rate=1", "--quantiles", "0.5,0.99"],
    "sums": ["sweep", "-m", "3,8", "-n", "20011", "--strategy", "k-sync:k=2,local-sgd:steps=4:communication=1",
             "--law", "gamma:shape=3:rate=1", "--draws", "common", "--communication", "constant:time=0.5"],
    "precise": ["sweep", "-m", "1:6", "-n", "1e6", "--relative-error", "0.02"],
}


class Matrix(StoreCase):
    stops = 0  # after some work

    def digest_of(self, *arguments):
        run = dsgd(*arguments, "-o", self.result)
        self.assertEqual(run.returncode, 0, run.stderr)
        return digest(self.result)

    def resumed(self, sweep, *more):
        """Stopped again and again, and in the end not."""
        self.store.unlink(missing_ok=True)
        for _ in range(4):
            run = dsgd(*sweep, *more, "--store", self.store, "--max-time", "0.02s", "-o", self.result)
            self.assertIn(run.returncode, (0, 75), run.stderr)
            self.stops += run.returncode == 75 and json.loads(self.result.read_text())["points"] != []
        return self.digest_of(*sweep, *more, "--store", self.store)

    def sharded(self, sweep, count, *more):
        stores = [self.folder / f"{number}.db" for number in range(count)]
        for number, store in enumerate(stores, 1):
            store.unlink(missing_ok=True)
            if number == 2:
                dsgd(*sweep, *more, "--shard", f"{number}/{count}", "--store", store, "--max-time", "0.004s")
            run = dsgd(*sweep, *more, "--shard", f"{number}/{count}", "--store", store)
            self.assertEqual(run.returncode, 0, run.stderr)
        return self.digest_of("merge", *stores)

    def compare(self, threads, shards):
        compared = 0
        for name, sweep in SWEEPS.items():
            expected = self.digest_of(*sweep, "--engine", "reference")
            for engine, count in itertools.product(engines(), threads):
                more = ["--engine", engine, "--threads", str(count)]
                if dsgd(*sweep, *more).returncode == 2:
                    continue  # the engine does not serve this sweep
                answers = [self.digest_of(*sweep, *more), self.resumed(sweep, *more)]
                answers += [self.sharded(sweep, parts, *more) for parts in shards]
                self.assertEqual(set(answers), {expected}, (name, engine, count))
                compared += len(answers)
        self.assertGreater(self.stops, 0)
        print(f"{compared} configurations, {self.stops} of them stopped on the way, 0 differ")
        return compared


class Quick(Matrix):
    def test_some(self):
        self.assertGreater(self.compare([2], [2]), 20)


class Nightly(Matrix):
    def test_all(self):
        self.assertGreater(self.compare([1, 2, 3, 7, 16], [2, 5]), 100)


if __name__ == "__main__":
    unittest.main()
