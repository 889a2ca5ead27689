"""What the tests of scripts/gpu_check share: fakes of nvidia-smi, compute-sanitizer, CMake, dsgd and the GPU tests."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

from sandbox import PREAMBLE, SCRIPTS, Sandbox

NVIDIA_SMI = """
echo '580.1, 345, 2619, 1980, 2619, 700.00'
"""
# An engine can have a mean of its own. A sweep takes 50 ns an iteration. A bench measures each number of workers.
DSGD = """
command=$1 engine=; iterations=5000 workers=20
while (($#)); do
  case $1 in --engine) engine=$2 ;; -n) iterations=$2 ;; -m) workers=$2 ;; esac
  shift
done
has "no_$engine" && { echo "dsgd: --engine $engine is not available here" >&2; exit 4; }
mean=1.50; has "mean_$engine" && mean=$(cat "$STATE/mean_$engine")
has mute && exit 0
if [[ $command == devices ]]; then
  has no_device && { echo 'cuda               not available: no CUDA-capable device is detected'; exit; }
  echo 'device  name'
  echo 'host    16 threads'
  echo 'cuda 0  NVIDIA Fake  sm_90, 139 GiB'
  echo
  echo 'CUDA runtime 13.0, driver for CUDA 13.0'
  exit
fi
if [[ $command == bench ]]; then
  has wrong && { echo "dsgd: engine $engine differs from reference" >&2; exit 3; }
  rows=
  for m in ${workers//,/ }; do
    rows+=${rows:+,}"{\\"engine\\": \\"$engine\\", \\"workers\\": $m, \\"iterations\\": $iterations,
      \\"draws_per_second\\": 2e12, \\"draws_per_second_slowest\\": 1.9e12, \\"iterations_per_second\\": 1e11,
      \\"ceiling_fraction\\": $(has unbound && echo null || echo 0.875), \\"calibration\\": [{\\"device\\": 0,
      \\"multiprocessors\\": 132, \\"clock_hertz\\": 1.98e9, \\"wide_multiplies_per_second\\": 8.36352e12,
      \\"logic_per_second\\": 1.67e13, \\"minima_per_second\\": 1.67e13, \\"copy_bytes_per_second\\": 4.3e12}]}"
  done
  echo "{\\"measurements\\": [$rows]}"
  exit
fi
echo "{\\"points\\": [{\\"mean\\": $mean}], \\"provenance\\": {\\"version\\": \\"1.2\\",
  \\"commit\\": null, \\"compiler\\": \\"g++\\", \\"cuda\\": \\"13.0\\", \\"draws_per_second\\": 2e7,
  \\"seconds\\": $((iterations / 20))e-6}}"
"""
GPU_TEST = """
if [[ $1 == --gtest_list_tests ]]; then
  echo 'Running main() from gtest_main.cc'
  echo 'Cuda.'
  echo '  EqualsTheDefinitionAround32BitIterations'
  echo '  AnyNumberOfStreamsGivesTheDefinition'
  echo 'CudaClocks.'
  echo '  CommonDrawsOfSeveralFleets'
  echo '  ServeEveryLawWithHistograms'
  echo 'CudaForms.'
  echo '  CommonDrawsOfSeveralFleets'
  echo '  ServeEveryLawWithHistograms'
  echo 'CudaMaterialized.'
  echo '  EqualsTheDefinitionAround32BitIterations'
  has renamed || echo '  ServesBatchesOfSeveralRatesAndWorkers'
  echo 'PortableLogOnDevice.'
  echo '  HasTheHostsBitsForEvery256thWord  # a comment'
  exit
fi
[[ $DSGD_REQUIRE_GPU == 1 ]] || exit 1
[[ $* == *Word ]] && {
  has hanging && { sleep 600 & echo $! >"$STATE/child"; wait; }
  has failing && { echo 'Which is: 3'; exit 1; }
  has skipping && { echo '[  SKIPPED ] 1 test.'; exit 0; }
}
echo '[  PASSED  ] 1 test.'
"""
SANITIZER = """
tool=$2; shift 4
has unsupported && { echo '========= Error: Device not supported'; exit 1; }
"$@" || exit
has "finds_$tool" || exit 0
echo '========= Invalid __global__ write of size 4'; exit 86
"""
CMAKE = """
has no_build && { echo 'CMake Error at x: CUDA=ON, but' >&2; echo 'a lot more' >&2; exit 1; }
[[ $1 == --build ]] || exit 0
mkdir -p "$2/tests/gpu"
for name in dsgd tests/gpu/gpu_test; do
  cat "$STATE/${name##*/}" >"$2/$name"; chmod +x "$2/$name"
done
"""
# Stands for scripts/measure, which has a test of its own.
PEERS = """
program= output=
while (($#)); do
  case $1 in --program) program=$2 ;; --output) output=$2 ;; esac
  shift
done
has no_peers && { echo 'dsgd: a wrong mean (see its z) of dsgd cuda' >&2; exit 3; }
[[ -x $program ]] || exit 6
echo '{"rows": [{"name": "dsgd cuda", "workers": 20, "draws_per_second": 1.5e12, "device": "a GPU", "version": "1"}],
  "skipped": [{"name": "JAX", "reason": "no Python here has the module jax"}]}' >"$output/peers.json"
"""
STEPS = ("build", "device", "equality", "tests", "bench", "throughput", "sanitizers", "peers")


class GpuCheckCase(Sandbox):
    """A build folder whose programs are fakes, each of which a file in the state makes fail in its way."""

    def setUp(self) -> None:
        super().setUp()
        for package in ("gpu_check_steps", "measuring"):
            shutil.copytree(SCRIPTS / package, self.root / "scripts" / package)
        for name in ("realpath", "sleep"):
            self.bin.joinpath(name).symlink_to(shutil.which(name))
        self.fake("python3", f'exec "{sys.executable}" "$@"')
        self.fake("nvidia-smi", NVIDIA_SMI)
        self.fake("compute-sanitizer", SANITIZER)
        self.fake("nvcc", "echo 'Cuda compilation tools, release 13.0, V13.0.88'")
        self.fake("cmake", CMAKE)
        self.set("dsgd", PREAMBLE + DSGD)
        self.set("gpu_test", PREAMBLE + GPU_TEST)
        # the script is started by the Python that runs the check
        self.set("peers", PREAMBLE + PEERS)
        (self.root / "scripts/measure").write_text(
            "import os, sys\nos.execv('/bin/bash', ['bash', os.environ['STATE'] + '/peers', *sys.argv[1:]])\n"
        )
        self.output = self.top / "output"
        self.folder = self.top / "a build"
        subprocess.run(
            [self.bin / "cmake", "--build", self.folder],
            env={"PATH": str(self.bin), "STATE": str(self.state)},
            check=True,
        )
        self.calls()

    def check(self, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        if not arguments:
            arguments = ("--build", str(self.folder))
        environment = {"PYTHONDONTWRITEBYTECODE": "1"}
        result = self.run_script("gpu_check", *arguments, "--output", str(self.output), **environment)
        self.assertEqual(result.returncode, code, result.stderr)
        return result

    def summary(self) -> dict:
        return json.loads((self.output / "results.json").read_text())

    def record(self, step: str) -> dict:
        return next(record for record in self.summary()["steps"] if record["step"] == step)

    def results(self) -> dict[str, str]:
        """How each step ended."""
        return {step["step"]: step["result"] for step in self.summary()["steps"]}

    def assert_only_fails(self, failing: str, *words: str) -> None:
        expected = {step: "failed" if step == failing else "passed" for step in STEPS}
        self.assertEqual(self.results(), expected)
        for word in words:
            self.assertIn(word, self.record(failing)["reason"])
        self.assertIn("NVIDIA Fake: FAILED", (self.output / "README.md").read_text())
