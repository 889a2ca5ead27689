"""What every command line's run must hold, whatever it says: how it ends, what it prints, and that no number is nonsense."""

import csv
import io
import json
import math
import re
import resource
import signal
import subprocess

import student_t

SMALLEST_NORMAL = 2.2250738585072014e-308
BEYOND_SIX_DEVIATIONS = 1.97e-9
FLOAT32 = 1e-6  # to which delays are rounded, some units of their last digit in sums of them
INTERNAL_ERROR = 1

# Sums are counted in quanta that hold the longest delays: under a heavy tail up to 2^-8 of what is typical.
HALF_A_QUANTUM = 2**-9
HEAVY_TAILS = ("pareto", "log-logistic")


def pasteable(words):
    """A command line for bash, of any bytes."""

    def quoted(word):
        if re.fullmatch(r"[\w@%+=:,./*-]+", word, re.ASCII) and "*" not in word:
            return word
        if re.fullmatch(r"[ -&(-~]*", word):
            return f"'{word}'"
        return "$'" + "".join(chr(b) if 32 <= b < 127 and b not in b"'\\" else f"\\x{b:02x}" for b in word.encode(errors="surrogateescape")) + "'"

    return " ".join(quoted(word) for word in words)


def faults_of_run(grammar, words, folder, processor_seconds):
    """Runs the program. A busy machine takes longer: what is limited is the time of processors, and twenty times as much of what passes.
    @return  what is wrong, a sentence each, and its exit code, or nothing where it hangs"""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(processor_seconds),) * 2)

    try:
        done = subprocess.run([grammar.program, *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=20 * processor_seconds,
                              check=False, cwd=folder, preexec_fn=limit)
    except subprocess.TimeoutExpired:
        return [f"it had not ended after {20 * processor_seconds} s"], None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return [f"it had not ended after {processor_seconds} s of processor time"], None
    output, errors = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
    faults = [*faults_of_end(grammar, done.returncode, errors), *faults_of_messages(done.returncode, errors)]
    if '"schema": "dsgd.sweep' in output:
        faults += faults_of_json(grammar, output, errors)
    elif "csv" in words and done.returncode == 0:
        faults += faults_of_csv(output)
    if words[:1] in (["sweep"], ["plan"], ["draw"]) and done.returncode == 0 and not output:
        faults.append("it printed nothing")
    return faults, done.returncode


def faults_of_end(grammar, code, errors):
    if code < 0:
        yield f"signal {-code} ended it"
    elif code == INTERNAL_ERROR or code not in grammar.exit_codes:
        yield f"it exits with {code}: {errors.strip()[:300]}"


def kind_of_warning(line):
    """Its first words; of points that are left out for several reasons, the reason."""
    said = re.sub(r"[\d.]+", "#", line)
    for reason in ("too heavy a tail", "hardly varies", "no long-run mean", "delays that are too long", "is too long", "is too short",
                   "cannot be used with", "more jobs in a row"):
        if "points left out" in said and reason in said:
            return reason
    return " ".join(said.split()[2:8])


def faults_of_messages(code, errors):
    """One line on failure; with success one warning of a kind, and one line for a file that was read."""
    lines = errors.split("\n")
    if lines.pop():
        yield "its last line on stderr has no end"
    if any(not line.startswith("dsgd: ") for line in lines):
        yield f"a line on stderr does not start with 'dsgd: ': {errors[:300]!r}"
    warnings = [kind_of_warning(line) for line in lines if line.startswith("dsgd: warning: ")]
    others = [line for line in lines if not line.startswith("dsgd: warning: ")]
    if len(set(warnings)) < len(warnings):
        yield f"it warns of a kind twice: {errors[:300]}"
    reports = [line for line in others if re.search(r"sha256|values", line)]
    if len(set(reports)) < len(reports):
        yield f"it reports a file twice: {errors[:300]}"
    if code > 0 and len(others) - (len(reports) if code > 100 else 0) != 1:
        yield f"it fails with {len(others)} lines: {errors[:300]}"
    if code == 0 and len(others) > len(reports):
        yield f"it succeeds with a message that is no warning: {errors[:300]}"


def faults_of_json(grammar, text, errors):
    try:
        document = json.loads(text, parse_constant=lambda name: (_ for _ in ()).throw(ValueError(f"{name} is no JSON")))
    except ValueError as error:
        yield f"its JSON cannot be read: {error}"
        return
    for point in document["points"]:
        name = f"{point['law']}, {point['strategy']}, m = {point['workers']}"
        for fault in faults_of_point(grammar, point):
            yield f"{name}: {fault}"
        if document["run"]["complete"] and "|z| that chance" not in errors and is_far(point):
            yield f"{name}: z is {point['z']}, and nothing is said about it"


def numbers_of(point):
    """(name, number), what the law and the strategy were given and the bins of the distribution left out."""
    for key, value in point.items():
        if isinstance(value, dict) and key not in ("staleness", "parameters"):
            yield from ((f"{key} {inner}", number) for inner, number in numbers_of(value))
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield key, value


def faults_of_point(grammar, point):
    for name, number in numbers_of(point):
        if abs(number) == float("inf"):
            yield f"{name} is infinite"
        if 0 < abs(number) < SMALLEST_NORMAL:
            yield f"{name} is subnormal: {number}"
        if number < 0 and name not in ("z", "ci95_low"):
            yield f"{name} is negative: {number}"
    mean, low, high = point["mean"], point["minimum"], point["maximum"]
    if mean == 0 and not (high == 0 and can_be_zero(grammar, point["law"])):
        yield "its mean is 0"
    # Quanta suit what is typical, not what one iteration happened to take.
    share = HALF_A_QUANTUM if any(name in point["law"] for name in HEAVY_TAILS) else FLOAT32
    quantum = share * (point["expected"] or mean or 0)
    if mean is not None and not low * (1 - FLOAT32) - quantum <= mean <= high * (1 + FLOAT32) + quantum:
        yield f"its mean {mean} is outside [{low}, {high}]"
    if point["standard_deviation"] == 0 and high > low * (1 + FLOAT32):
        yield f"its deviation is 0 between {low} and {high}"
    if point["ci95_low"] is not None and not point["ci95_low"] <= mean <= point["ci95_high"]:
        yield f"its mean {mean} is outside its interval [{point['ci95_low']}, {point['ci95_high']}]"
    busy, discarded = point["busy"], point["discarded"]
    most = 2 if point["strategy"].startswith("speculate") else 1  # each worker may have a copy beside it
    if (busy or 0) > 1 + 1e-9 or (busy or 0) + (discarded or 0) > most + 1e-9:
        yield f"its workers are busy for {busy} of their time and discard {discarded}"
    if mean and not (point["throughput_low"] or 0) * (1 - 1e-9) <= point["throughput"] <= (point["throughput_high"] or math.inf) * (1 + 1e-9):
        yield f"its throughput {point['throughput']} is outside its interval"
    if point["standard_error"] is not None and point["standard_error"] <= 0:
        yield f"its standard error is {point['standard_error']}"
    if point["expected"] is not None and (mean is None or (point["expected"] == 0 and mean != 0)):  # what is below 1e-308 is 0
        yield f"its expected mean is {point['expected']} beside {mean}"
    yield from faults_of_quantiles(point, low, high)
    bins = point.get("distribution", [])
    if bins and sum(count for _, _, count, _ in bins) != point["iterations"]:
        yield "the counts of its distribution are not its iterations"
    if any(expected is not None and not 0 <= expected <= 1 + 1e-9 for *_, expected in bins):
        yield "a probability of its distribution is none"


def faults_of_quantiles(point, low, high):
    quantiles = point.get("quantiles", {})
    before = None
    for probability in sorted(quantiles, key=float):
        found = quantiles[probability]
        values = [value for value in (found["low"], found["value"], found["high"]) if value is not None]
        if values != sorted(values):
            yield f"quantile {probability} is outside its interval: {found}"
        if not low * (1 - FLOAT32) <= found["value"] <= high * (1 + FLOAT32):
            yield f"quantile {probability} is {found['value']}, outside [{low}, {high}]"
        if before is not None and found["value"] < before:
            yield f"quantile {probability} is below the one before"
        before = found["value"]


def can_be_zero(grammar, law):
    """Has a law an atom at 0? Of its draws many are then 0, but for a rare one."""
    for each in re.split(r"(?:^|\+)\d+\*", law):  # a number such as 1e+19 has a plus sign of its own
        draws = grammar.run("draw", "-m", "1000", "--law", each).stdout.splitlines() if each else []
        if sum(line.split()[-1:] == ["0"] for line in draws) > 1:
            return True
    return False


def degrees_of_freedom(point):
    """Degrees of freedom of a point's interval, the fewest that its digits allow."""
    half = (point["ci95_high"] - point["ci95_low"]) / 2
    slack = min(0.005 * half, 5e-12 * abs(point["ci95_high"])) + 1e-11 * half
    return student_t.degrees_of_freedom(half, point["standard_error"], slack)


def is_far(point):
    return point["z"] is not None and abs(point["z"]) > 6 and student_t.two_sided(point["z"], degrees_of_freedom(point)) < BEYOND_SIX_DEVIATIONS


def faults_of_csv(text):
    rows = list(csv.reader(io.StringIO(text)))
    if len({len(row) for row in rows}) > 1 or len(rows) < 2:
        yield "the rows of its CSV are not equally long, or missing"
    for row in rows[1:]:
        for name, cell in zip(rows[0], row):
            if re.fullmatch(r"-?(nan|inf)", cell):
                yield f"{name} is {cell}"
