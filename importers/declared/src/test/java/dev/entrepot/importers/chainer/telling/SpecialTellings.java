package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.validator.compare.Tolerance;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The functions that Chainer takes from SciPy, by integrals, sums and bisection. Source: chainer/functions/math: erf.py, erfc.py, erfcx.py,
 * erfinv.py, erfcinv.py, ndtr.py, ndtri.py, log_ndtr.py, lgamma.py, digamma.py, polygamma.py, zeta.py.
 */
final class SpecialTellings {

    private static final Tolerance RELATIVE = new Tolerance(
            1e-5, 1e-36, "the functions are there for their tails, where results are small: no floor but float32's");

    static final List<Telling> ALL = List.of(
            unary("digamma", -8, 20, SpecialTellings::digamma),
            new Telling("erf", dice -> {
                NdArray x = Draws.anyFloat(dice, dice.uniform(-4, 4, Draws.shape(dice, 2)));
                return Call.of(x).gives(x.map(value -> 1 - erfc(value)));
            }),
            unary("erfc", -4, 8.5, SpecialTellings::erfc),
            tails("erfcinv", 2, SpecialTellings::erfcinv),
            unary("erfcx", -8, 30, SpecialTellings::erfcx),
            new Telling("erfinv", SpecialTellings::erfinv),
            unary("lgamma", -8, 40, SpecialTellings::lgamma),
            unary("log_ndtr", -30, 8, SpecialTellings::logNdtr),
            unary("ndtr", -12, 6, x -> erfc(-x / Math.sqrt(2)) / 2),
            tails("ndtri", 1, p -> -Math.sqrt(2) * erfcinv(2 * p)),
            new Telling("polygamma", SpecialTellings::polygamma),
            new Telling("zeta", SpecialTellings::zeta));

    private SpecialTellings() {}

    private static Telling unary(String name, double low, double high, DoubleUnaryOperator function) {
        return new Telling(name, dice -> {
            NdArray x = Draws.anyFloat(dice, dice.uniform(low, high, Draws.shape(dice, 2)));
            return Call.of(x).gives(x.map(function)).within(RELATIVE);
        });
    }

    /** Of shares from 0 to {@code whole}, very small ones among them. */
    private static Telling tails(String name, double whole, DoubleUnaryOperator function) {
        return new Telling(name, dice -> {
            NdArray x = dice.uniform(0.001 * whole, 0.999 * whole, Draws.shape(dice, 2))
                    .map(value -> dice.chance(60) ? value : (float) (value * Math.pow(10, -dice.between(1, 33))));
            NdArray any = Draws.anyFloat(dice, x);
            return Call.of(any).gives(any.map(function)).within(RELATIVE);
        });
    }

    /** {@code 2 / sqrt(pi)} times the integral of {@code exp(-t^2 - 2 x t)} from 0 on, by Simpson's rule. */
    private static double erfcx(double x) {
        if (x < 0) {
            return 2 * Math.exp(x * x) - erfcx(-x);
        }
        int steps = 2000;
        double step = Math.min(6.5, 20 / x) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double t = i * step;
            sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-t * t - 2 * x * t);
        }
        return 2 / Math.sqrt(Math.PI) * sum * step / 3;
    }

    private static double erfc(double x) {
        return x < 0 ? 2 - erfc(-x) : Math.exp(-x * x) * erfcx(x);
    }

    private static double logNdtr(double x) {
        double y = Math.abs(x) / Math.sqrt(2);
        return x < 0 ? Math.log(erfcx(y) / 2) - y * y : Math.log1p(-erfc(y) / 2);
    }

    private static double erfcinv(double p) {
        if (p > 1) {
            return -erfcinv(2 - p);
        }
        double low = 0;
        double high = 14;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            boolean tooSmall = Math.log(erfcx(middle)) - middle * middle > Math.log(p);
            low = tooSmall ? middle : low;
            high = tooSmall ? high : middle;
        }
        return low;
    }

    private static Call erfinv(Dice dice) {
        NdArray x = dice.uniform(-0.999, 0.999, Draws.shape(dice, 2))
                .map(value -> dice.chance(80) ? value : (float) (1 - Math.pow(10, -dice.between(3, 6))));
        NdArray any = Draws.anyFloat(dice, x);
        return Call.of(any)
                .gives(any.map(value -> erfcinv(1 - value)))
                .within(new Tolerance(1e-5, 1e-6, "the telling goes by 1 - x, which has no digits of a small x"));
    }

    /** Stirling's formula 1000 steps further on; below 0 by the same steps, as the function grows by log|x| in each. */
    private static double lgamma(double x) {
        double steps = 0;
        for (int i = 0; i < 1000; i++) {
            steps += Math.log(Math.abs(x + i));
        }
        double a = x + 1000;
        return (a - 0.5) * Math.log(a) - a + Math.log(2 * Math.PI) / 2 + 1 / (12 * a) - steps;
    }

    private static double digamma(double x) {
        double steps = 0;
        for (int i = 0; i < 1000; i++) {
            steps += 1 / (x + i);
        }
        double a = x + 1000;
        return Math.log(a) - 1 / (2 * a) - 1 / (12 * a * a) - steps;
    }

    /** Ten thousand terms, the integral of the others, and half of the first of those. */
    private static double zeta(double s, double q) {
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            sum += Math.pow(q + i, -s);
        }
        double a = q + 10_000;
        return sum + Math.pow(a, 1 - s) / (s - 1) + Math.pow(a, -s) / 2;
    }

    private static Call zeta(Dice dice) {
        NdArray q = Draws.anyFloat(dice, dice.uniform(0.01, 30, Draws.shape(dice, 2)));
        double s = dice.uniform(1.2, 9);
        if (dice.chance(50)) {
            return Call.of(s, q).gives(q.map(value -> zeta(s, value))).within(RELATIVE);
        }
        NdArray each = dice.uniform(1.2, 9, q.shape());
        return Call.of(each, q)
                .gives(NdArray.of(q.type(), q.shape(), i -> zeta(each.at(i), q.at(i))))
                .within(RELATIVE);
    }

    private static double polygamma(int n, double x) {
        double factorial = -1;
        for (int i = 1; i <= n; i++) {
            factorial *= -i;
        }
        return n == 0 ? digamma(x) : factorial * zeta(n + 1, x);
    }

    private static Call polygamma(Dice dice) {
        NdArray x = dice.uniform(-8, 30, Draws.shape(dice, 2));
        NdArray n = dice.wholes(0, 5, x.shape());
        return Call.of(n, x)
                .gives(NdArray.of(x.shape(), i -> polygamma((int) n.at(i), x.at(i))))
                .within(RELATIVE);
    }
}
