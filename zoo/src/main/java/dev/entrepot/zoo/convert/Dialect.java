package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.chainer.ChainerFile;
import dev.entrepot.formats.chainer.LinkWeights;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.formats.torch.StateDict;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.traced.PythonFile;
import dev.entrepot.traced.SourceExpression;
import dev.entrepot.traced.TracedFramework;
import dev.entrepot.traced.Weights;
import dev.entrepot.traced.chainer.TracedChainer;
import dev.entrepot.traced.torch.TracedTorch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The frameworks that networks are written in as Python source, and the files that hold their weights. */
enum Dialect {
    CHAINER("chainer|chainermn", TracedChainer::new) {
        @Override
        Optional<String> form(ByteSource file) {
            return ChainerFile.recognise(file)
                    .map(form -> form.name().toLowerCase(Locale.ROOT))
                    .or(() -> TorchFile.recognise(file).map(form -> form.name().toLowerCase(Locale.ROOT)));
        }

        @Override
        Weights weights(ByteSource file, ImportOptions options) {
            if (ChainerFile.recognise(file).isEmpty()
                    && TorchFile.recognise(file).isPresent()) {
                Weights state = PYTORCH.weights(file, options);
                List<String> notes = new ArrayList<>(state.notes());
                notes.add(TorchNames.NOTE);
                return new Weights(file.name(), TorchNames.toChainer(state.tensors()), notes);
            }
            LinkWeights link =
                    LinkWeights.of(ChainerFile.read(file), options.weightsKey().or(options::stripPrefix));
            return new Weights(file.name(), link.arrays(), link.notes());
        }
    },
    PYTORCH("torch|torchvision|timm", TracedTorch::new) {
        @Override
        Optional<String> form(ByteSource file) {
            return Npz.recognises(file)
                    ? Optional.of("npz")
                    : TorchFile.recognise(file).map(form -> form.name().toLowerCase(Locale.ROOT));
        }

        @Override
        Weights weights(ByteSource file, ImportOptions options) {
            if (Npz.recognises(file)) {
                return new Weights(file.name(), Npz.read(file), List.of());
            }
            StateDict state = StateDict.of(
                    TorchFile.read(file), new StateDict.Options(options.weightsKey(), options.stripPrefix()));
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            state.tensors().forEach((name, tensor) -> tensors.put(name, tensor.tensor()));
            return new Weights(file.name(), tensors, state.notes());
        }
    };

    private final Pattern imports;
    private final Function<SourceExpression, TracedFramework> traced;

    Dialect(String modules, Function<SourceExpression, TracedFramework> traced) {
        this.imports = Pattern.compile("^\\s*(import|from)\\s+(" + modules + ")\\b", Pattern.MULTILINE);
        this.traced = traced;
    }

    /** The dialect of this name. */
    static Optional<Dialect> named(String name) {
        return List.of(values()).stream()
                .filter(dialect -> dialect.title().equals(name))
                .findFirst();
    }

    /** The dialect whose framework the main file imports, or else another file; PyTorch where none tells. */
    static Dialect of(SourceExpression expression, List<ByteSource> files) {
        List<PythonFile> source = files.stream()
                .filter(TracedSource::isSource)
                .map(PythonFile::read)
                .sorted((a, b) -> Boolean.compare(
                        b.name().equals(expression.file()), a.name().equals(expression.file())))
                .toList();
        return source.stream()
                .flatMap(file -> List.of(values()).stream()
                        .filter(dialect -> dialect.imports.matcher(file.text()).find()))
                .findFirst()
                .orElse(PYTORCH);
    }

    /** The framework's name as {@code --from} has it. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A graph for the network that an expression makes. */
    TracedFramework traced(SourceExpression expression) {
        return traced.apply(expression);
    }

    /** What a file of weights is; empty if it is none. */
    abstract Optional<String> form(ByteSource file);

    /** The weights of a file. */
    abstract Weights weights(ByteSource file, ImportOptions options);
}
