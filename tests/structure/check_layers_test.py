"""Planted violations must be noticed by scripts/check_layers. Usage: check_layers_test.py PROJECT"""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PROJECT = pathlib.Path(sys.argv.pop(1)).resolve()


class CheckLayers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for name in ("include", "kernels", "host", "scripts"):
            shutil.copytree(PROJECT / name, self.root / name)

    def check(self):
        return subprocess.run([sys.executable, self.root / "scripts/check_layers"], capture_output=True, text=True, check=False)

    def test_the_project_is_clean(self):
        result = self.check()
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_violations_are_noticed(self):
        planted = (
            ("include/dsgd/arithmetic/tick.hpp", '"statistics/estimate.hpp"'), ("include/dsgd/arithmetic/tick.hpp", "<statistics/estimate.hpp>"),
            ("kernels/materialized/tile.hpp", '"../host/statistics/estimate.hpp"'), ("kernels/materialized/tile.hpp", '"statistics/estimate.hpp"'),
            ("host/run/runner.hpp", '"kernels/materialized/tile.hpp"'), ("host/request/worker_list.hpp", '"../../kernels/materialized/tile.hpp"'),
            ("host/run/runner.cpp", "<CLI/CLI.hpp>"), ("host/run/runner.cpp", "<nlohmann/json.hpp>"),
            ("host/run/runner.cpp", "<boost/version.hpp>"), ("host/run/runner.cpp", "<cuda_runtime.h>"),
            ("host/run/runner.cpp", "<openssl/evp.h>"), ("host/bytes/sha256.hpp", "<openssl/evp.h>"),
            ("include/dsgd/arithmetic/tick.hpp", "<thrust/reduce.h>"), ("host/ranks/ranks.cpp", "<mpi.h>"),
            ("host/run/runner.cpp", "<sqlite3.h>"), ("host/text/number.hpp", '"run/runner.hpp"'),
            ("include/dsgd/draw/address.hpp", '"dsgd/law/list.hpp"'), ("include/dsgd/point.hpp", '"dsgd/observable.hpp"'),
            ("kernels/device/segment_of.hpp", '"kernels/fused/plan.hpp"'), ("host/engines/cpu/cpu.hpp", '"engines/table.hpp"'),
        )
        for file, include in planted:
            path = self.root / file
            path.write_text(f"#include {include}\n{path.read_text()}")
        result = self.check()
        self.assertEqual(result.returncode, 1)
        for file, include in planted:
            with self.subTest(file=file, include=include):
                self.assertIn(f"{file}: {include} (", result.stdout)
        self.assertEqual(result.stdout.count("\n"), len(planted))

    def test_a_folder_that_is_no_room_is_noticed(self):
        for name in ("host/attic/old.cpp", "host/loose.cpp", "kernels/loose.cuh"):
            path = self.root / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("")
            with self.subTest(name=name):
                result = self.check()
                self.assertIn(name, result.stdout)
                self.assertEqual(result.returncode, 1)
            path.unlink()


if __name__ == "__main__":
    unittest.main()
