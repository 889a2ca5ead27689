"""Figures that engine `cpu` is to reach, for scripts/measure_cpu; the probe of free cores, for others too."""
