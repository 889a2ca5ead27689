"""Student's t: of few replications or iterations, z is spread like it."""

import math


def two_sided(z, degrees_of_freedom):
    """Probability of |t| above |z|. Source: regularised incomplete beta function, Abramowitz and Stegun 26.5.8 and 26.7.1."""
    z = abs(z)
    if math.isinf(degrees_of_freedom) or degrees_of_freedom > 1e7:
        return math.erfc(z / math.sqrt(2))
    return incomplete_beta(degrees_of_freedom / 2, 0.5, degrees_of_freedom / (degrees_of_freedom + z * z), z * z / (degrees_of_freedom + z * z))


def incomplete_beta(a, b, x, rest):
    """@param rest  1 - x, exactly: a difference would lose its digits"""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, rest, x)
    log_front = a * math.log(x) + b * math.log(rest) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) - math.log(a)
    fraction, c, d = 1.0, 1.0, 0.0  # Lentz's method
    for i in range(2000):
        m = i // 2
        if i == 0:
            step = 1.0
        elif i % 2 == 0:
            step = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / (1 + step * d)
        c = 1 + step / c
        fraction *= c * d
        if abs(c * d - 1) < 1e-12:
            break
    return math.exp(log_front) * (fraction - 1)


def bound(probability, degrees_of_freedom):
    """The |z| that is exceeded with this probability."""
    low, high = 0.0, 1.0
    while two_sided(high, degrees_of_freedom) > probability:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle, degrees_of_freedom) > probability else (low, middle)
    return high


def degrees_of_freedom(half_width, standard_error, slack=0.0):
    """Degrees of freedom of a 95 % interval that is `half_width` to either side: the fewest that its rounding, at most `slack`,
    allows."""
    ratio = (half_width + slack) / standard_error
    fewest, most = 1, 1 << 50
    while fewest < most:
        middle = (fewest + most) // 2
        fewest, most = (fewest, middle) if two_sided(ratio, middle) <= 0.05 else (middle + 1, most)
    return fewest
