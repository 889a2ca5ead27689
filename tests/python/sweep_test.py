"""dsgd.sweep gives the command line's bytes, stops as it does, and keeps out of the way of other threads."""

import concurrent.futures
import os
import signal
import threading
import time

import numpy
import pytest

import dsgd

# (arguments of dsgd.sweep, of the command line)
REQUESTS = [
    ({}, []),
    ({"workers": range(1, 21)}, ["-m", "1:20"]),
    ({"workers": range(2, 21, 3)}, ["-m", "2:20:3"]),
    ({"workers": [1, 7, 3]}, ["-m", "1,3,7"]),
    ({"workers": numpy.array([1, 2, 4])}, ["-m", "1:4:x2"]),
    ({"workers": 8}, ["-m", "8"]),
    ({"iterations": 2e4, "seed": 7}, ["-n", "2e4", "-s", "7"]),
    ({"seed": 2**64 - 1}, ["-s", str(2**64 - 1)]),
    ({"law": dsgd.exponential(0.1)}, ["--rate", "0.1"]),
    ({"law": dsgd.shifted_exponential(1, 2)}, ["--law", "shifted-exponential:shift=1:rate=2"]),
    ({"law": dsgd.pareto(1, 2.5)}, ["--law", "pareto:scale=1:shape=2.5"]),
    ({"law": dsgd.weibull(1, 0.7)}, ["--law", "weibull:scale=1:shape=0.7"]),
    ({"law": dsgd.lognormal(0, numpy.float64(0.5))}, ["--law", "lognormal:mu=0:sigma=0.5"]),
    ({"law": dsgd.log_logistic(1, 3)}, ["--law", "log-logistic:scale=1:shape=3"]),
    ({"law": dsgd.gamma(3, 1.5)}, ["--law", "gamma:shape=3:rate=1.5"]),
    ({"law": dsgd.uniform(1, 3)}, ["--law", "uniform:low=1:high=3"]),
    ({"law": dsgd.constant(1)}, ["--law", "constant:value=1"]),
    ({"law": dsgd.two_point(1, 10, 1e-2)}, ["--law", "two-point:low=1:high=10:probability=0.01"]),
    (
        {"law": dsgd.hyperexponential(0.9, 2, 0.2)},
        ["--law", "hyperexponential:probability=0.9:rate1=2:rate2=0.2"],
    ),
    (
        {"law": [dsgd.exponential(1), dsgd.uniform(0, 1)], "workers": 4},
        ["--law", "exponential:rate=1", "--law", "uniform:low=0:high=1", "-m", "4"],
    ),
    (
        {"law": 3 * dsgd.exponential(2) + dsgd.exponential(0.2), "workers": 4},
        ["--law", "3*exponential:rate=2+1*exponential:rate=0.2", "-m", "4"],
    ),
    ({"strategy": "fastest"}, ["--strategy", "fastest"]),
    ({"strategy": dsgd.k_sync("90%")}, ["--strategy", "k-sync:k=90%"]),
    ({"strategy": dsgd.backup(range(0, 4)), "workers": 16}, ["--strategy", "backup:spare=0:3", "-m", "16"]),
    ({"strategy": [dsgd.k_async(2), dsgd.k_batch_async(3)]}, ["--strategy", "k-async:k=2,k-batch-async:k=3"]),
    ({"strategy": dsgd.k_batch_sync(3), "workers": 5}, ["--strategy", "k-batch-sync:k=3", "-m", "5"]),
    (
        {"strategy": dsgd.local_sgd([1, 4], 0.5), "workers": 5},
        ["--strategy", "local-sgd:steps=1,4:communication=0.5", "-m", "5"],
    ),
    ({"strategy": dsgd.gradient_coding(1)}, ["--strategy", "gradient-coding:stragglers=1"]),
    (
        {"strategy": [dsgd.deadline([0.5, 1]), dsgd.deadline(1, k="50%")], "workers": 6},
        ["--strategy", "deadline:time=0.5,1,deadline:time=1:k=50%", "-m", "6"],
    ),
    (
        {"strategy": [dsgd.speculate(after=1, k=4), dsgd.speculate(share=0.75, factor=1.5)], "workers": 6},
        ["--strategy", "speculate:after=1:k=4,speculate:share=75%:factor=1.5", "-m", "6"],
    ),
    (
        {"strategy": [dsgd.async_(), dsgd.ssp(2)], "workers": 6, "server": dsgd.exponential(5)},
        ["--strategy", "async,ssp:staleness=2", "-m", "6", "--server", "exponential:rate=5"],
    ),
    ({"stragglers": "enter=2%:leave=0.2:factor=10"}, ["--stragglers", "enter=0.02:leave=0.2:factor=10"]),
    ({"quantiles": [0.5, 0.99], "workers": 4}, ["--quantiles", "0.5,0.99", "-m", "4"]),
    ({"quantiles": 0.5, "updates": 100, "workers": 4}, ["--quantiles", "0.5", "--updates", "100", "-m", "4"]),
    ({"draws": "common", "sampling": "workers"}, ["--draws", "common"]),
    ({"baseline": dsgd.fastest(), "workers": [3, 5]}, ["--baseline", "fastest", "-m", "3,5"]),
    (
        {"sampling": "order-statistics", "workers": "1:1e6:x10"},
        ["--sampling", "order-statistics", "-m", "1:1e6:x10"],
    ),
    ({"relative_error": 0.02, "iterations": 10**6}, ["--relative-error", "2%", "-n", "1e6"]),
    (
        {"communication": "ring:latency=0.1:transfer=2"},
        ["--communication", "ring:latency=0.1:transfer=2"],
    ),
    ({"engine": "reference", "iterations": 100}, ["--engine", "cpu", "-n", "100"]),
    ({"threads": 1}, ["--threads", "2"]),
]


@pytest.mark.filterwarnings("ignore::dsgd.SweepWarning")
@pytest.mark.parametrize(("options", "arguments"), REQUESTS)
def test_gives_the_bytes_of_the_command_line(same_as, options, arguments):
    same_as(dsgd.sweep(**options), *arguments)


def test_its_command_line_gives_the_same(same_as):
    result = dsgd.sweep(workers=range(2, 5), law=dsgd.gamma(2, 1), strategy=dsgd.k_sync([1, 2]), quantiles=0.9)
    program, command, *arguments = result.document["provenance"]["argv"]
    assert (program, command) == ("dsgd", "sweep")
    same_as(result, *arguments)


def test_leaves_points_out_with_a_word(same_as):
    with pytest.warns(dsgd.SweepWarning, match="k"):
        result = dsgd.sweep(workers=[2, 8], strategy=dsgd.k_sync(4))
    assert [point.workers for point in result] == [8]
    assert any("left out" in note for note in result.notes)


def test_a_store_is_that_of_the_command_line(tmp_path, run):
    store = tmp_path / "s.db"
    first = dsgd.sweep(workers=4, iterations=1000, store=store)
    process = run("sweep", "-m", "4", "-n", "1000", "--store", str(store), "-o", "-", "--format", "json")
    assert "s.db" not in process.stderr
    assert dsgd.Result.from_json(process.stdout).points == first.points
    grown = dsgd.sweep(workers=4, iterations=2000, store=store)
    assert grown.points == dsgd.sweep(workers=4, iterations=2000).points


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"workers": 0}, ValueError, "--workers"),
        ({"workers": []}, ValueError, "is empty"),
        ({"law": []}, ValueError, "is empty"),
        ({"strategy": []}, ValueError, "is empty"),
        ({"workers": True}, ValueError, "no number"),
        ({"iterations": 0.5}, ValueError, "--iterations"),
        ({"seed": -1}, ValueError, "--seed"),
        ({"law": "exponental:rate=2"}, ValueError, "exponential"),
        ({"law": "empirical:file=nowhere.csv"}, OSError, "nowhere.csv"),
        ({"strategy": "k-sync"}, ValueError, "k"),
        ({"strategy": "k-sync:k=3", "workers": 2}, ValueError, "k"),
        ({"engine": "gpu"}, ValueError, "gpu"),
        ({"store": "/nowhere/s.db"}, OSError, "/nowhere/s.db"),
        ({"max_time": "soon"}, ValueError, "--max-time"),
        ({"add": True}, ValueError, "--store"),
        ({"quantiles": [1.5]}, ValueError, "--quantiles"),
    ],
)
def test_errors_are_those_of_the_command_line(options, error, words):
    with pytest.raises(error, match=words):
        dsgd.sweep(**options)


def test_stops_in_time_and_says_so():
    result = dsgd.sweep(workers=20, iterations=1e14, max_time=0.3)
    assert not result.complete
    assert "stopped" in repr(result)


def test_interruption_keeps_what_is_known():
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(dsgd.Interrupted) as stopped:
        dsgd.sweep(workers=20, iterations=1e14)
    assert not stopped.value.result.complete
    assert isinstance(stopped.value, KeyboardInterrupt)


def test_a_handler_of_signals_is_called_and_its_exception_is_passed_on():
    class Alarm(Exception):
        pass

    def ring(*_):
        raise Alarm

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(Alarm):
            dsgd.sweep(workers=20, iterations=1e14)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_other_threads_go_on_meanwhile():
    with concurrent.futures.ThreadPoolExecutor() as pool:
        sweep = pool.submit(dsgd.sweep, workers=20, iterations=1e14, max_time=1, threads=1)
        ticks = 0
        while not sweep.done():
            time.sleep(0.01)
            ticks += 1
    assert ticks > 10


def test_two_threads_get_their_own_answers():
    seeds = range(8)
    alone = [dsgd.sweep(seed=seed).points for seed in seeds]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        together = [result.points for result in pool.map(lambda seed: dsgd.sweep(seed=seed), seeds)]
    assert together == alone


def test_progress_is_reported():
    reports = []
    dsgd.sweep(workers=4, iterations=1e6, progress=lambda *report: reports.append(report))
    points_done, points, draws_done, draws = reports[-1]
    assert (points_done, points) == (2, 2)
    assert draws_done == draws > 0


def test_an_exception_in_progress_ends_the_sweep():
    def fail(*_):
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        dsgd.sweep(progress=fail)


def test_memory_is_flat():
    """2 kB that a call left would show; the allocator's own noise is some hundred kB."""
    def resident():
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def call(times):
        for _ in range(times):
            dsgd.sweep(workers=[1, 2], iterations=10, threads=1)

    call(200)
    before = resident()
    call(1000)
    assert resident() - before < 2 << 20
