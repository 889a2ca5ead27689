#!/usr/bin/env bash
# A sweep shared by the ranks of one MPI job; rank 0 keeps the store and writes the results.
#
#   SWEEP='-m 1:4096:x2 -n 1e12 --strategy sync,async' sbatch --nodes=4 --ntasks-per-node=2 scripts/slurm/mpi.sh
#   SWEEP='-m 1024 -n 1e14 --engine cuda' sbatch --nodes=2 --ntasks-per-node=4 --gpus-per-node=4 scripts/slurm/mpi.sh
#
# SWEEP stands before sbatch, which hands the environment on: in --export a comma would end it.
# On a machine with GPUs start one rank per GPU: each takes one. A job that meets its time limit is told two minutes before (SIGUSR1),
# stops at the next block with exit code 75, and is queued again: it goes on where it stopped.
#SBATCH --job-name=dsgd-mpi
#SBATCH --cpus-per-task=8
#SBATCH --time=01:00:00
#SBATCH --signal=USR1@120
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=dsgd-%j.log

set -euo pipefail

program=${DSGD:-dsgd}
read -ra sweep <<<"${SWEEP:?give the options of dsgd sweep in SWEEP}"
store=${STORE:-dsgd-${SLURM_JOB_ID:?submit with sbatch}.db}

# Without B: Slurm tells the ranks themselves. Ranks other than 0 ignore it: rank 0 ends the launch, with one exit code for all.
status=0
srun --mpi=pmix --cpus-per-task="${SLURM_CPUS_PER_TASK:-1}" --kill-on-bad-exit=1 \
  "$program" sweep "${sweep[@]}" --threads "${SLURM_CPUS_PER_TASK:-1}" --store "$store" --progress text \
  --output "${store%.db}.json" || status=$?

if ((status == 75)); then
  scontrol requeue "$SLURM_JOB_ID"
  exit 0
fi
exit "$status"
