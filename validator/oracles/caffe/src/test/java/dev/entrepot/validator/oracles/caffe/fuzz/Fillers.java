package dev.entrepot.validator.oracles.caffe.fuzz;

/** Random weights by Caffe's own fillers. Source: caffe filler.hpp. */
final class Fillers {

    private Fillers() {}

    /** A filler for weights of this rank, with sums that stay moderate. Some fillers take no more than four axes. */
    static Message weights(Dice dice, int rank) {
        return switch (dice.between(rank > 4 ? 3 : 0, 5)) {
            case 0 -> new Message().text("type", "xavier");
            case 1 -> new Message().text("type", "xavier").put("variance_norm", "AVERAGE");
            case 2 -> new Message().text("type", "msra");
            case 3 -> new Message().text("type", "uniform").put("min", -0.5f).put("max", 0.5f);
            case 4 -> new Message().text("type", "gaussian").put("std", 0.3f).put("sparse", 1);
            default -> new Message().text("type", "gaussian").put("std", 0.3f);
        };
    }

    /** A filler around a mean. */
    static Message around(Dice dice, double mean) {
        float middle = (float) mean;
        return switch (dice.between(0, 2)) {
            case 0 -> new Message().text("type", "constant").put("value", middle);
            case 1 ->
                new Message().text("type", "uniform").put("min", middle - 0.5f).put("max", middle + 0.5f);
            default ->
                new Message().text("type", "gaussian").put("mean", middle).put("std", 0.4f);
        };
    }
}
