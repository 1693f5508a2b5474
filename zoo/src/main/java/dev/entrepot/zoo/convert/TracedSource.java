package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.traced.PythonFile;
import dev.entrepot.traced.SandboxLimits;
import dev.entrepot.traced.SourceExpression;
import dev.entrepot.traced.SourceImporter;
import dev.entrepot.traced.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network in Python source with its weights: {@code nets.py:resnet20()} and a file of weights in any form of its framework. */
final class TracedSource implements SourceFramework {

    private static final int MOST_PRINTED = 2000;

    private final SourceExpression expression;
    private final Dialect dialect;

    TracedSource(SourceExpression expression, Dialect dialect) {
        this.expression = expression;
        this.dialect = dialect;
    }

    @Override
    public String name() {
        return dialect.title();
    }

    @Override
    public boolean runsSource() {
        return true;
    }

    @Override
    public Optional<String> form(ByteSource file) {
        if (isSource(file)) {
            return Optional.of("source");
        }
        return dialect.form(file);
    }

    @Override
    public Imported load(List<ByteSource> files, ImportOptions options) {
        List<PythonFile> source = new ArrayList<>();
        List<ByteSource> checkpoints = new ArrayList<>();
        Problems problems = new Problems();
        for (ByteSource file : files) {
            if (isSource(file)) {
                source.add(PythonFile.read(file));
            } else if (form(file).isPresent()) {
                checkpoints.add(file);
            } else {
                problems.malformed(file.at(0), "file", "is neither Python source nor a file of weights");
            }
        }
        problems.throwIfAny();
        if (checkpoints.size() > 1) {
            throw ModelException.malformed(
                    checkpoints.get(1).at(0), "file", "is a second file of weights, at most one is expected");
        }
        Weights weights = checkpoints.isEmpty() ? Weights.NONE : dialect.weights(checkpoints.get(0), options);
        return imported(dialect, expression, source, weights, options);
    }

    /** Runs the source and lowers it; what it prints becomes a warning. */
    static Imported imported(
            Dialect dialect,
            SourceExpression expression,
            List<PythonFile> source,
            Weights weights,
            ImportOptions options) {
        StringBuilder printed = new StringBuilder();
        Imported imported = SourceImporter.lower(
                dialect.traced(expression),
                source,
                expression,
                weights,
                options,
                SandboxLimits.DEFAULT,
                text -> note(printed, text));
        return printed.isEmpty()
                ? imported
                : imported.withWarnings(List.of(
                        expression.file() + " printed: " + printed.toString().strip()));
    }

    private static void note(StringBuilder printed, String text) {
        if (printed.length() < MOST_PRINTED) {
            printed.append(text);
        }
    }

    static boolean isSource(ByteSource file) {
        return file.name().endsWith(".py");
    }
}
