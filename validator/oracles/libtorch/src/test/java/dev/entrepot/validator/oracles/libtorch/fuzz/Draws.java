package dev.entrepot.validator.oracles.libtorch.fuzz;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All operators that are drawn, by the name after {@code aten::}; a word after a space tells two draws of one operator apart. */
final class Draws {

    static final Map<String, Draw> TABLE = table(List.of(
            UnaryDraws.TABLE,
            BinaryDraws.TABLE,
            ActivationDraws.TABLE,
            ConvolutionDraws.TABLE,
            PoolingDraws.TABLE,
            NormalizationDraws.TABLE,
            ReductionDraws.TABLE,
            OrderDraws.TABLE,
            ShapeDraws.TABLE,
            JoiningDraws.TABLE,
            PaddingDraws.TABLE,
            IndexDraws.TABLE,
            ScatterDraws.TABLE,
            CreationDraws.TABLE,
            ProductDraws.TABLE,
            AttentionDraws.TABLE,
            RecurrentDraws.TABLE,
            ResizeDraws.TABLE,
            LossDraws.TABLE,
            SignalDraws.TABLE,
            AliasDraws.TABLE,
            LanguageDraws.TABLE));

    private Draws() {}

    private static Map<String, Draw> table(List<Map<String, Draw>> families) {
        Map<String, Draw> all = new TreeMap<>();
        for (Map<String, Draw> family : families) {
            family.forEach((operator, draw) -> {
                if (all.put(operator, draw) != null) {
                    throw new IllegalStateException("\"" + operator + "\" is drawn in two families");
                }
            });
        }
        return all;
    }
}
