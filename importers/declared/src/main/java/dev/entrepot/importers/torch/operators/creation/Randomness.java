package dev.entrepot.importers.torch.operators.creation;

import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.torch.aten.Support;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Operators that draw random numbers: refused, because no other program draws the same ones. */
public final class Randomness {

    private static final String REASON = "it draws random numbers, and no other runtime draws the same ones";

    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Stream.of(
                    "aten::_sample_dirichlet",
                    "aten::_standard_gamma",
                    "aten::bernoulli",
                    "aten::bernoulli_",
                    "aten::binomial",
                    "aten::cauchy",
                    "aten::cauchy_",
                    "aten::exponential",
                    "aten::exponential_",
                    "aten::geometric",
                    "aten::geometric_",
                    "aten::log_normal",
                    "aten::log_normal_",
                    "aten::multinomial",
                    "aten::normal",
                    "aten::normal_",
                    "aten::normal_functional",
                    "aten::poisson",
                    "aten::rand",
                    "aten::rand_like",
                    "aten::randint",
                    "aten::randint_like",
                    "aten::randn",
                    "aten::randn_like",
                    "aten::random",
                    "aten::random_",
                    "aten::rrelu_with_noise",
                    "aten::uniform",
                    "aten::uniform_")
            .map(name -> refuse(name, REASON))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Randomness() {}
}
