"""Where a test does not do what a document says to the letter, and why."""

MEASURED = """python3 - <<'PYTHON'
import random
draw = random.Random(1)
with open("times.csv", "w") as table:
    print("rank,step,seconds,ms", file=table)
    for step in range(60):
        for rank in range(8):
            time = 200 + draw.gammavariate(3, 8)
            print(f"{rank},{step},{time / 1000:.4f},{time:.1f}", file=table)
PYTHON
"""

# Files that a document speaks of and does not make: what makes them.
FILES = {
    "README.md": MEASURED,
    "docs/figures.md": MEASURED + """dsgd sweep -n 1e3 --strategy sync,async -o r.json
dsgd fit times.csv --column ms --worker rank --step step --bootstrap 20 -o fit.json
""",
    "docs/long-sweeps.md": "dsgd sweep -m 1:64 -n 1e3 --store other.db\n",
    "docs/reports.md": MEASURED + """dsgd recommend --law replay:file=times.csv:column=ms:worker=rank:step=step -o decision.json
dsgd fit times.csv --column ms --worker rank --step step --bootstrap 20 -o fit.json
""",
    "docs/strategies-and-laws.md": MEASURED,
}

# Commands that no test runs as they stand, by what they begin with.
NOT_RUN = {
    "scripts/run": "it installs and builds: tests/scripts/run_test.py runs it, with programs that stand in",
    "scripts/test": "this is one of its tests",
    "cmake --preset default": "it builds everything, as scripts/run does",
    "scripts/install_packages --for python": "it builds the module, which takes minutes: scripts/wheel does so in scripts/nightly",
    "objdump": "it reads what AVX-512 code a compiler made: tests/speed has the loops",
    "DSGD_ISA=avx2 build/": "it measures a processor with AVX2 for a minute",
    "chromium": "it takes a picture of a page: tests/pages/browser_test.py opens pages, and scripts/gallery takes the picture",
    "cmake --build build": "it builds everything",
    "sudo apt-get install ./dist": "it changes the machine: tests/structure/package_test.py installs the package into a folder",
    "docker": "it needs Docker, and minutes",
    "scripts/measure": "it measures for minutes: scripts/nightly runs it",
}

# What is run in place of a text (a pattern), and why the result is as good.
IN_PLACE = [
    (r"^scripts/uninstall$", "$SCRIPTS/uninstall build/install_manifest.txt", "the program under test lies in another build folder"),
    (r"^scripts/package$", "$SCRIPTS/package --of build dist", "the program under test is built"),
    (r"-n 1e12", "-n 1e4", "it takes days"),
    (r"--shard 3/10 --store part3.db", "--shard 3/10 --store part3.db && for i in 1 2 4 5 6 7 8 9 10; do "
     "dsgd sweep -m 1:64 -n 1e4 --shard $i/10 --store part$i.db; done", "other machines have computed the other parts"),
    (r"^dsgd status s.db$", "rm s.db; dsgd sweep -m 1:64 -n 1e12 --store s.db --max-time 1s > /dev/null 2>&1 || test $? = 75; "
     "dsgd status s.db", "the sweep is under way"),
]

# Lines that are no output of the commands above them: document, a part of the first line of their block, what they are.
NOT_PRINTED = [
    ("docs/architecture.md", "command line ─▶ request", "a drawing"),
    ("docs/gpu.md", "sample_kernel", "a drawing"),
    ("docs/asynchronous.md", "E[X] / m", "formulas"),
    ("docs/strategies-and-laws.md", "D = time", "formulas"),
]

# Commands whose output tells of the machine or of the time of the day: lines are compared up to their first digit, blanks as one.
COMPARED_BY_FORM = ("dsgd plan", "dsgd status")

# Figures that show the machine: what they have to say on each.
COMPARED_BY_PARTS = {
    "bench.svg": ("Throughput of the Engines", "Number of Workers (m)", "Draws per Second", "reference (1 thread)", "ceiling of cpu",
                  "slowest to fastest run", "16"),
}
