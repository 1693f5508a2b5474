package dev.entrepot.traced.chainer;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.traced.PythonFile;
import dev.entrepot.traced.SandboxLimits;
import dev.entrepot.traced.SourceExpression;
import dev.entrepot.traced.SourceImporter;
import dev.entrepot.traced.Weights;
import java.time.Duration;
import java.util.List;

/** Source of a network {@code Net} of {@code x [N, 4]}, in {@code nets.py}, without weights. */
final class ChainerSource {

    private ChainerSource() {}

    static Imported lowered(String source) {
        return lowered(source, Duration.ofMinutes(2));
    }

    static Imported lowered(String source, Duration limit) {
        SourceExpression net = new SourceExpression("nets.py", "Net");
        InputSpec input = new InputSpec("x", DataType.FLOAT, Shape.of(List.of(Dim.of("N"), Dim.of(4))));
        return SourceImporter.lower(
                new TracedChainer(net),
                List.of(new PythonFile("nets.py", source)),
                net,
                Weights.NONE,
                new ImportOptions(List.of(input), ImportOptions.Missing.FILL, ImportOptions.Unused.REFUSE),
                SandboxLimits.DEFAULT.within(limit),
                text -> {});
    }
}
