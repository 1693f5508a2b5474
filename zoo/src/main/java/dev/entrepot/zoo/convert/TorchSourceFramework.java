package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.formats.torch.StateDict;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.traced.PythonFile;
import dev.entrepot.traced.SandboxLimits;
import dev.entrepot.traced.SourceExpression;
import dev.entrepot.traced.torch.TorchSourceImporter;
import dev.entrepot.traced.torch.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** PyTorch source with its weights: {@code nets.py:resnet20()} and a checkpoint in any of PyTorch's forms, safetensors or npz. */
final class TorchSourceFramework implements SourceFramework {

    private static final int MOST_PRINTED = 2000;

    private final SourceExpression expression;

    TorchSourceFramework(SourceExpression expression) {
        this.expression = expression;
    }

    @Override
    public String name() {
        return "pytorch";
    }

    @Override
    public Optional<String> form(ByteSource file) {
        if (isSource(file)) {
            return Optional.of("source");
        }
        return Npz.recognises(file)
                ? Optional.of("npz")
                : TorchFile.recognise(file).map(form -> form.name().toLowerCase(Locale.ROOT));
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
        Weights weights = checkpoints.isEmpty() ? Weights.NONE : weights(checkpoints.get(0), options);
        StringBuilder printed = new StringBuilder();
        Imported imported = TorchSourceImporter.lower(
                source, expression, weights, options, SandboxLimits.DEFAULT, text -> note(printed, text));
        return printed.isEmpty() ? imported : withPrinted(imported, printed.toString());
    }

    private static Weights weights(ByteSource file, ImportOptions options) {
        if (Npz.recognises(file)) {
            return new Weights(file.name(), Npz.read(file), List.of());
        }
        StateDict state =
                StateDict.of(TorchFile.read(file), new StateDict.Options(options.weightsKey(), options.stripPrefix()));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        state.tensors().forEach((name, tensor) -> tensors.put(name, tensor.tensor()));
        return new Weights(file.name(), tensors, state.notes());
    }

    private static void note(StringBuilder printed, String text) {
        if (printed.length() < MOST_PRINTED) {
            printed.append(text);
        }
    }

    private Imported withPrinted(Imported imported, String printed) {
        List<String> warnings = new ArrayList<>(imported.warnings());
        warnings.add(expression.file() + " printed: " + printed.strip());
        return new Imported(imported.model(), warnings, imported.approximations(), imported.dropped());
    }

    private static boolean isSource(ByteSource file) {
        return file.name().endsWith(".py");
    }
}
