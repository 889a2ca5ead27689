"""What scripts/measure measures. Each of peers, cpu, coverage and bias has two functions:

add_options(parser)    its own words on the command line
run(options)           measures and prints; returns the exit status

Shared: program.py runs dsgd, timing.py times several things in turn, machine.py describes the machine and probes whether
it is quiet, report.py writes tables and JSON.
"""
