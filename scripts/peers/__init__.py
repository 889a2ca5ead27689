"""The programs that compare_peers times, each behind the same three calls (peer.Peer).

dsgd.py        engines of dsgd, through `dsgd bench`
compiled.py    C++'s own generator, compiled when it is needed
library.py     Python libraries, each in a process of its own that runs libraries/worker.py
measure.py     timings in rounds, answers beside their exact values
report.py      the table, the page and the JSON document
"""
