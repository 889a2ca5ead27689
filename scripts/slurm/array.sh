#!/usr/bin/env bash
# A sweep as a job array: each job computes a shard into a store of its own; the last to finish merges them.
#
#   SWEEP='-m 1:4096:x2 -n 1e10 --strategy sync,async' sbatch --array=1-16 scripts/slurm/array.sh
#
# SWEEP stands before sbatch, which hands the environment on: in --export a comma would end it.
# A job that meets its time limit is told two minutes before (SIGUSR1), stops at the next block with exit code 75, and is queued again:
# it goes on where it stopped. DSGD names the program, STORES the folder of the stores, both seen by all nodes.
#SBATCH --job-name=dsgd
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=16
#SBATCH --time=01:00:00
#SBATCH --signal=B:USR1@120
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=dsgd-%A-%a.log

set -euo pipefail

program=${DSGD:-dsgd}
stores=${STORES:-stores-${SLURM_ARRAY_JOB_ID:?submit with sbatch --array=1-N}}
shards=${SLURM_ARRAY_TASK_COUNT:?}
shard=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN + 1))
read -ra sweep <<<"${SWEEP:?give the options of dsgd sweep in SWEEP}"
mkdir -p "$stores"

# Slurm tells this script (B:), which tells the program, unless that has ended: bash waits for it again after the trap.
running=
trap 'kill -USR1 "$running" 2>/dev/null || true' USR1
"$program" sweep "${sweep[@]}" --threads "${SLURM_CPUS_PER_TASK:-1}" --store "$stores/$shard.db" \
  --shard "$shard/$shards" --progress text &
running=$!
status=0
wait "$running" || status=$?
while kill -0 "$running" 2>/dev/null; do # the trap ended the wait, not the program
  status=0
  wait "$running" || status=$?
done

if ((status == 75)); then
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
  exit 0
fi
((status == 0)) || exit "$status"

touch "$stores/$shard.done"
finished=("$stores"/*.done)
if ((${#finished[@]} == shards)) && mkdir "$stores/merging" 2>/dev/null; then # one job gets here
  "$program" merge "$stores"/*.db --output "$stores/results.json" --output "$stores/results.csv"
fi
