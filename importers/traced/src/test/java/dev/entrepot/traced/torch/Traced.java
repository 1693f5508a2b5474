package dev.entrepot.traced.torch;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Networks in source that a test writes: {@code Net} of {@code nets.py}, whose weights may be missing. */
final class Traced {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final List<PythonFile> files = new ArrayList<>();
    private final List<InputSpec> inputs = new ArrayList<>();
    private final StringBuilder printed = new StringBuilder();
    private Weights weights = Weights.NONE;
    private Missing missing = Missing.FILL;
    private Duration limit = LIMIT;

    private Traced(String source) {
        files.add(new PythonFile("nets.py", source));
    }

    /** A file that defines Net. */
    static Traced source(String text) {
        return new Traced(text);
    }

    /** A network whose forward has this body, each line of it. */
    static Traced forward(String... body) {
        return source("import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n\nclass Net(nn.Module):\n"
                        + "    def forward(self, x):\n        " + String.join("\n        ", body) + "\n")
                .input("x", "N", 4);
    }

    /** The line of forward's first statement in {@link #forward}. */
    static final int FIRST_LINE = 8;

    Traced file(String name, String text) {
        files.add(new PythonFile(name, text));
        return this;
    }

    Traced input(String name, Object... sizes) {
        List<Dim> dims = Stream.of(sizes)
                .map(size -> size instanceof String symbol ? Dim.of(symbol) : Dim.of((Integer) size))
                .toList();
        inputs.add(new InputSpec(name, DataType.FLOAT, Shape.of(dims)));
        return this;
    }

    Traced weights(Weights given) {
        weights = given;
        missing = Missing.REFUSE;
        return this;
    }

    Traced within(Duration time) {
        limit = time;
        return this;
    }

    Imported lowered() {
        SourceExpression net = new SourceExpression("nets.py", "Net");
        return SourceImporter.lower(
                new TracedTorch(net),
                files,
                net,
                weights,
                new ImportOptions(inputs, missing, Unused.REFUSE),
                SandboxLimits.DEFAULT.within(limit),
                printed::append);
    }

    /** Everything that is said against the source. */
    List<String> refusal() {
        return problems().stream().map(Problem::toString).toList();
    }

    List<Problem> problems() {
        ModelException refused = catchThrowableOfType(ModelException.class, this::lowered);
        if (refused == null) {
            throw new AssertionError("the source was not refused");
        }
        return refused.problems();
    }

    String printed() {
        return printed.toString();
    }
}
