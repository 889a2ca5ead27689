"""What the tests of ranks share: how a launch is started, and who belongs to it. A test is run as: NAME_test.py PROGRAM"""

import os
import pathlib
import shutil
import subprocess
import sys
import time

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ""


def command(ranks, *arguments, program=None):
    return ["mpirun", "--allow-run-as-root", "--oversubscribe", "--quiet", "-n", str(ranks), program or PROGRAM, *map(str, arguments)]


def mpirun(ranks, *arguments, program=None, **options):
    return subprocess.run(command(ranks, *arguments, program=program), check=False,
                          **{"capture_output": True, "text": True, "timeout": 120, **options})


def lines_of_dsgd(text):
    """mpirun has words of its own for launches that fail."""
    return [line for line in text.splitlines() if line.startswith("dsgd: ")]


def process_of(launch, rank, seconds=60):
    """The process of a rank of a launch under way, once there is one."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for process in pathlib.Path("/proc").iterdir():
            try:
                status = (process / "stat").read_text().rsplit(")", 1)[1].split()
                if int(status[1]) == launch and f"OMPI_COMM_WORLD_RANK={rank}" in (process / "environ").read_text().split("\0"):
                    return int(process.name)
            except (OSError, ValueError, IndexError):
                continue
        time.sleep(0.05)
    raise TimeoutError(f"no rank {rank} of launch {launch}")


def skip_without_mpi():
    if shutil.which("mpirun") is None or not (pathlib.Path(PROGRAM).parent / "dsgd_mpi.so").exists():
        print("SKIPPED: no MPI (scripts/install_packages --for test brings one)")
        sys.exit(77)
