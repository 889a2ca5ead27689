"""What `dsgd validate` knows by heart, computed without it: Philox from its paper, delays by inversion in double.

    known_answers.py                    print the answers
    known_answers.py --check FILE       exit 1 unless FILE, host/validate/known_answers.cpp, holds them all

Sources: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011 (Philox4x32-10); the
addresses of draws are those that docs and headers state.
"""

import math
import sys

WORD = 2**32


def philox(counter, key):
    """Ten rounds; the key is bumped by the golden ratio and by sqrt(3) - 1."""
    (a, b, c, d), (k, l) = counter, key
    for _ in range(10):
        p, q = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = q // WORD ^ b ^ k, q % WORD, p // WORD ^ d ^ l, p % WORD
        k, l = (k + 0x9E3779B9) % WORD, (l + 0xBB67AE85) % WORD
    return a, b, c, d


def block(seed, stream, number, iteration):
    return philox((stream, number, iteration // WORD, iteration % WORD), (seed % WORD, seed // WORD))


def word(seed, stream, iteration, draw):
    return block(seed, stream, draw // 4, iteration)[draw % 4]


def survival(k, t):
    """Twice the numerator of u over 2^65, an odd integer: a word far from both ends stands for its middle."""
    tail = min(k, WORD - 1 - k) < 2**20
    if not tail:
        return (2 * k + 1) * WORD
    return 2 * (k * WORD + (t if k < 2**20 else WORD - 1 - t)) + 1


def hazard(k, t):
    """-log u, from the nearer end."""
    u = survival(k, t)
    return -math.log(u / 2**65) if u < 2**64 else -math.log1p(-(2**65 - u) / 2**65)


def notebook():
    """Words and tail words of the slowest and of the fastest of 20 workers in 5000 iterations, seed 1."""
    slowest, fastest = [], []
    for iteration in range(5000):
        words = [w for number in range(5) for w in block(1, 20, number, iteration)]
        for chosen, draws in ((min(words), slowest), (max(words), fastest)):
            end = min(chosen, WORD - 1 - chosen)
            tail = block(1, 20 + 2**31, end, iteration)[int(chosen > end)] if end < 2**20 else 0
            draws.append((chosen, tail))
    return slowest, fastest


def ends_of_ranges():
    """The last addresses: of a worker's draw, of a job, of an order statistic."""
    seed = 2**64 - 1
    job = 2**34 - 1
    first = word(seed, 2**24 - 1, 2**50 - 1, 2**34 - 1)
    second = philox((2**24 + 2**24 - 1, 2**24 - 2, job // 4, WORD - 1), (WORD - 1, WORD - 1))[job % 4]
    m, attempt, iteration = 2**62 - 1, 2**14 - 1, 2**50 - 1
    third = philox(
        (2**30 | m % 2**30, m >> 30, attempt * 2**18 + (iteration >> 32), iteration % WORD),
        (WORD - 1, WORD - 1),
    )
    return "".join(f"{each:08x}" for each in (first, second, *third))


def answers():
    slowest, fastest = notebook()
    words = range(0, WORD, 4096)
    return {
        "words at the ends of all ranges": ends_of_ranges(),
        "words of the notebook's slowest workers": str(sum(survival(k, t) // 2 for k, t in slowest) % 2**64),
        "words of the notebook's fastest workers": str(sum(survival(k, t) // 2 for k, t in fastest) % 2**64),
        "mean of the notebook, sync, m = 20": f"{math.fsum(hazard(k, t) / 2 for k, t in slowest) / 5000:.13g}",
        "mean of the notebook, async, m = 20": f"{math.fsum(hazard(k, t) / 2 for k, t in fastest) / 5000:.13g}",
        "sum of 2^20 logarithms": f"{math.fsum(hazard(k, k * 2654435761 % WORD) for k in words):.13g}",
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--check"]:
        with open(sys.argv[2], encoding="utf-8") as file:
            text = file.read()
        missing = [f"{what}: {answer}" for what, answer in answers().items() if answer not in text or what not in text]
        if missing:
            sys.exit("not in " + sys.argv[2] + ":\n" + "\n".join(missing))
    else:
        for what, answer in answers().items():
            print(f"{what}: {answer}")
