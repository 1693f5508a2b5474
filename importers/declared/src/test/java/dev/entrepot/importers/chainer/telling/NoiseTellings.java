package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.importers.chainer.telling.Telling.Weight;
import dev.entrepot.tensor.DataType;
import java.util.List;

/** Noise in test mode. Source: chainer/functions/noise, the file named like each function. */
final class NoiseTellings {

    static final List<Telling> ALL = List.of(
            new Telling("dropout", dice -> {
                NdArray x = dice.normal(Draws.shape(dice, 4));
                return (dice.chance(50)
                                ? Call.of(x)
                                : Call.of(x, dice.uniform(0, 0.9)).with("train", true))
                        .gives(x);
            }),
            new Telling("gaussian", NoiseTellings::gaussian),
            new Telling("simplified_dropconnect", NoiseTellings::simplifiedDropconnect),
            new Telling("zoneout", dice -> {
                NdArray h = dice.normal(Draws.shape(dice, 3));
                NdArray x = dice.normal(h.shape());
                return Call.of(h, x).with("ratio", dice.uniform(0, 1)).gives(x);
            }));

    private NoiseTellings() {}

    private static Call gaussian(Dice dice) {
        int[] shape = Draws.shape(dice, 4);
        NdArray mean = Draws.anyFloat(dice, dice.normal(shape));
        NdArray logarithm = dice.normal(shape).as(mean.type());
        NdArray eps = dice.normal(shape).as(mean.type());
        NdArray y = NdArray.of(mean.type(), shape, i -> mean.at(i) + Math.exp(logarithm.at(i) / 2) * eps.at(i));
        Call call = Call.of(mean, logarithm).with("eps", eps);
        return dice.chance(30) ? call.with("return_eps", true).gives(y, eps) : call.gives(y);
    }

    private static Call simplifiedDropconnect(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(2, 4), 1, 4));
        int rows = x.size(0);
        int inputs = x.data().length / rows;
        int outputs = dice.between(1, 5);
        NdArray weight = dice.normal(outputs, inputs);
        NdArray bias = dice.chance(50) ? dice.normal(outputs) : null;
        boolean masked = dice.chance(60);
        boolean batchwise = dice.chance(50);
        NdArray mask = (batchwise ? dice.wholes(0, 1, rows, outputs, inputs) : dice.wholes(0, 1, outputs, inputs))
                .as(dice.chance(50) ? DataType.BOOL : DataType.FLOAT);
        boolean train = masked && dice.chance(70);
        double ratio = dice.uniform(0, 0.8);
        double scale = train ? 1 / (1 - ratio) : 1;
        NdArray flat = x.reshaped(rows, inputs);
        NdArray y = NdArray.of(new int[] {rows, outputs}, index -> {
            double sum = bias == null ? 0 : bias.at(index[1]);
            for (int i = 0; i < inputs; i++) {
                double kept = !masked ? 1 : batchwise ? mask.at(index[0], index[1], i) : mask.at(index[1], i);
                sum += flat.at(index[0], i) * weight.at(index[1], i) * scale * kept;
            }
            return sum;
        });
        return Call.of(x, new Weight(weight), bias == null ? null : new Weight(bias), ratio)
                .with("train", train)
                .with("mask", masked ? mask : null)
                .with("use_batchwise_mask", batchwise)
                .gives(y);
    }
}
