#!/usr/bin/env python3
"""Prints the coefficients in importers.chainer.functions.elements.ErrorFunctions, with the largest relative error of each polynomial.

    python3 -m venv venv && venv/bin/pip install mpmath==1.3.0
    venv/bin/python tools/special-functions.py

Each is a Chebyshev interpolation, written in powers of a variable from -1 to 1, lowest power first. Those of erfcx go by the substitution
of Shepherd and Laframboise, "Chebyshev approximation of (1 + 2x) exp(x^2) erfc x in 0 <= x < infinity", 1981.
"""

from mpmath import chebyfit, erfc, erfinv, exp, inf, log, mp, mpf, nstr, pi, polyval, sqrt

mp.dps = 40
CENTER = 3  # of erfcx
SPLIT, LAST = mpf("2.5"), mpf("27.5")  # of sqrt(w)


def erfcx(x):
    return exp(x * x) * erfc(x) if x < 200 else (1 - 1 / (2 * x * x) + 3 / (4 * x**4)) / (x * sqrt(pi))


def scaled_erfcx(t):
    if t > 1 - mpf(10) ** -15:
        return 2 / sqrt(pi)
    x = CENTER * (1 + t) / (1 - t)
    return (1 + 2 * x) * erfcx(x)


def inverse(w):
    """erfinv(x) / x for w = -log(1 - x^2)."""
    x = sqrt(1 - exp(-w))
    if w == 0:
        return sqrt(pi) / 2
    if w < 1:
        return erfinv(x) / x
    # Newton's iteration for log(erfc(y)) = log(1 - x)
    target = -w - log(1 + x)
    y = sqrt(w) if w < 4 else sqrt(w - log(pi * w) / 2)
    step = inf
    while abs(step) > mpf(10) ** -34 * y:
        below = erfc(y)
        step = (log(below) - target) / (-2 / sqrt(pi) * exp(-y * y) / below)
        y -= step
    return y / x


def show(name, function, count):
    coefficients = chebyfit(function, [-1, 1], count)
    points = [mpf(i) / 150 - 1 for i in range(301)]
    error = max(abs(polyval(coefficients, v) / function(v) - 1) for v in points)
    print("// " + name + ", relative error " + nstr(error, 2))
    print(",\n".join(nstr(c, 18) for c in reversed(coefficients)))


def main():
    show("(1 + 2 x) erfcx(x) of t = (x - 3) / (x + 3)", scaled_erfcx, 19)
    show("erfinv(x) / x of w / 3.125 - 1", lambda v: inverse(SPLIT**2 * (1 + v) / 2), 16)
    low, high = 1 - 2 / (SPLIT + 1), 1 - 2 / (LAST + 1)
    middle, half = (low + high) / 2, (high - low) / 2
    print("// v =", nstr((1 - middle) / half, 18), "-", nstr(2 / half, 18), "/ (s + 1)")

    def tail(v):
        s = 2 / (1 - (middle + half * v)) - 1
        return inverse(s * s) / s

    show("erfinv(x) / (x s), s = sqrt(w)", tail, 20)


if __name__ == "__main__":
    main()
