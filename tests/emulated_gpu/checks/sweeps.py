"""Sweeps and races that together reach every kernel."""

EMPIRICAL = "empirical:file=times.csv:column=x"
LAWS = (
    "exponential:rate=2", "shifted-exponential:shift=1:rate=2", "pareto:scale=1:shape=2.5", "weibull:scale=1:shape=0.7",
    "lognormal:mu=0:sigma=1", "log-logistic:scale=1:shape=3", "gamma:shape=2:rate=1", "uniform:low=1:high=2", "constant:value=3",
    "two-point:low=1:high=100:probability=0.01", "hyperexponential:probability=0.1:rate1=1:rate2=20",
    EMPIRICAL,
)  # fmt: skip
TIMES = "x\n" + "\n".join(str(1 + (i * 37 % 101) / 10) for i in range(101)) + "\n"  # times.csv
# steps.csv, on one clock with three workers.
REPLAY = "--law replay:file=steps.csv:columns=a,b,c"
STEPS = "a,b,c\n" + "\n".join(f"{1 + i % 3},{2 + i % 5 / 2},{1.5 + i % 7 / 4}" for i in range(29)) + "\n"
# What scripts/mutate translates: a law without a table, and one with.
FEW_LAWS = tuple(law for law in LAWS if law.split(":")[0] in ("exponential", "empirical"))


def commands(laws: tuple[str, ...]) -> list[tuple[str, str]]:
    """What is run under these laws: engine, and the arguments of dsgd."""
    every = " ".join(f"--law {law}" for law in laws)
    fleet = "--law " + "+".join(f"{1 + i % 3}*{law}" for i, law in enumerate(laws))
    fleet_workers = sum(1 + i % 3 for i in range(len(laws)))
    # Several laws of a kernel have numbers, which differ where fewer are translated; the first is the exponential law's.
    any_law = every if laws == LAWS else " ".join(f"--law exponential:rate={rate}" for rate in (1, 2))
    on_clocks = fleet if laws == LAWS else "--law " + "+".join(f"{1 + i % 3}*exponential:rate={1 + i}" for i in range(len(laws)))
    fused = (
        "-m 1:20 -n 2000",
        "-m 3 -n 140001 --strategy k-sync:k=2",  # in several slices
        "-m 3 -n 70001 --strategy sync,fastest",  # several turns of a thread, where blocks are few
        f"-m 1,2,3,4,5,21,67 -n 37 --strategy sync {every}",
        f"-m 3,20 -n 513 --strategy sync,fastest {every}",
        f"-m 20 -n 301 --draws common --strategy sync,fastest {every}",
        "-m 1:9,64,65,1000 -n 301 --draws common --seed 18446744073709551615",
        "-m 3,500,4000,4001,7001 -n 103 --draws common --strategy sync,fastest",
        "-m 70001 -n 3 --rate 0.1",
        "-m 1025,3001 -n 103 --strategy sync,fastest",  # the last slice of workers counts
        "-m 1:33,100,1024 -n 31 --strategy k-sync:k=1..20,backup:spare=3,gradient-coding:stragglers=2,k-sync:k=50%",
        f"-m 2,20 -n 101 --draws common --strategy k-sync:k=1..20,k-sync:k=50% {every}",
        f"-m 1:5,20,67 -n 51 --strategy local-sgd:steps=1:communication=0,local-sgd:steps=7:communication=0.5 {every}",
        "-m 2003 -n 33 --strategy local-sgd:steps=2:communication=0",
        f"-m 3,20,300 -n 301 --sampling order-statistics --strategy sync,fastest,k-sync:k=2 {every}",
        "-m 3,1e6,1e12 -n 301 --sampling order-statistics --strategy sync,fastest,k-sync:k=2",
        f"-m 20 -n 501 --sampling order-statistics --quantiles 0.5,0.999 --strategy sync,k-sync:k=7 {every}",
        f"-m 2,20 -n 301 --strategy async,k-async:k=2,k-batch-async:k=3,k-batch-sync:k=2 --quantiles 0.5 {every}",
        f"-m 3,20 -n 301 --draws common --strategy async,k-batch-async:k=3 {every}",
        f"{fleet} -m {fleet_workers} -n 301 --quantiles 0.5 --strategy sync,fastest,k-sync:k=5,local-sgd:steps=3:communication=0",
        f"{on_clocks} -m {fleet_workers} -n 301 --quantiles 0.5 --strategy async,k-async:k=2,k-batch-async:k=3,k-batch-sync:k=2",
        f"-m 20 -n 1001 --quantiles 0.5,0.999 {every} --strategy sync,k-sync:k=7",
        f"-m 3,20 -n 301 --quantiles 0.5 --strategy deadline:time=0.5,deadline:time=1:k=3,deadline:time=0 {every}",
        f"{fleet} -m {fleet_workers} -n 301 --strategy deadline:time=2:k=50%,deadline:time=1e9",
        f"-m 1,3,20 -n 301 --quantiles 0.5 --strategy speculate:after=0.5,speculate:share=0.75:factor=1.5:k=1 {any_law}",
        f"{on_clocks} -m {fleet_workers} -n 301 --strategy speculate:after=0.5:k=90%,speculate:share=0.5:factor=2",
        f"-m 1,2,20 -n 301 --quantiles 0.5 --strategy ssp:staleness=0,1,8 {any_law}",
        f"{on_clocks} -m {fleet_workers} -n 301 --strategy ssp:staleness=0,3",
        f"-m 1,2,20 -n 301 {any_law} --stragglers enter=0.1:leave=0.3:factor=5 "
        "--strategy sync,k-sync:k=50%,async,k-async:k=1,k-batch-async:k=3,k-batch-sync:k=1,ssp:staleness=1",
        f"{on_clocks} -m {fleet_workers} -n 301 --quantiles 0.5 --stragglers enter=0.02:leave=0.1:factor=3 "
        "--strategy sync,async,k-batch-sync:k=2,ssp:staleness=2",
        # So many updates that some replications discard more before their warm-up than it has itself.
        f"{REPLAY} -n 20001 --quantiles 0.5 --strategy sync,k-sync:k=2,async,k-async:k=2,k-batch-async:k=3,k-batch-sync:k=2,ssp:staleness=1",
        "-m 64,65,66,67 -n 700 --strategy sync,async,fastest --rate 1e6",
        "-m 5000,66000 -n 20 --strategy sync,k-sync:k=2500,k-sync:k=4999,k-sync:k=3",
        "-m 300 -n 60 --strategy k-batch-async:k=150,async,k-async:k=2,k-batch-sync:k=150 ",
        f"-m 20 -n 301 --draws common --quantiles 0.5 --strategy sync,fastest,k-sync:k=3 {every}",
        *(f"-m 3,20,65 -n 333 --strategy sync --law {law}" for law in laws),
        *(f"-m 511 -n 101 --strategy sync,fastest --law {law}" for law in laws),
        *(f"-m 2,21 -n 1025 --strategy sync,fastest --law {law}" for law in laws),
    )
    materialized = (
        f"-m 1,20 -n 501 --strategy sync,fastest {every}",
        "-m 3,20,21,1000 -n 103 --draws common --strategy sync,fastest",
        "-m 70001 -n 3 --rate 0.1",
        "-m 7 -n 20000 --strategy sync,fastest",
        "-m 1 -n 20000 --strategy sync",
    )
    measured = "--times 0,0.5,3,12 --updates 0,1,6,17"
    races = (
        f"-m 1,2,5 -n 70 {measured} --target 0.1 {any_law} --communication constant:time=0.2 "
        "--strategy sync,fastest,k-sync:k=50%,gradient-coding:stragglers=1,deadline:time=0.5,local-sgd:steps=3:communication=0",
        f"-m 1,2,5 -n 70 {measured} --target 0.1 {any_law} "
        "--strategy async,k-async:k=1,k-batch-async:k=3,k-batch-sync:k=1,ssp:staleness=0,ssp:staleness=1",
        f"{on_clocks} -m {fleet_workers} -n 40 {measured} --model quadratic:minima=1:spread=0.3:curvature=1,0.3 "
        "--strategy k-sync:k=3,deadline:time=0.5:k=2,speculate:after=0.5,speculate:share=0.5:factor=2:k=90%,k-async:k=2,async",
        f"-m 5 -n 70 {measured} {any_law} --strategy speculate:share=0.5:factor=2,speculate:after=0.5:k=2 --learning-rate 50",
        f"{REPLAY} -n 70 {measured} --strategy k-sync:k=2,async,k-batch-sync:k=2,ssp:staleness=1,local-sgd:steps=3:communication=0",
    )
    return (
        [("cuda", f"sweep {words}") for words in fused]
        + [("cuda-materialized", f"sweep {words}") for words in materialized]
        + [("cuda", f"race {words}") for words in races]
    )
