package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.chainer.ChainerFile;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.traced.Weights;
import dev.entrepot.zoo.convert.KnownNetworks.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Weights of Chainer's own networks without source; others are named with their source, {@code nets.py:Net}. */
final class ChainerFramework implements SourceFramework {

    @Override
    public String name() {
        return "chainer";
    }

    @Override
    public boolean runsSource() {
        return true;
    }

    /** A file of arrays may be anybody's, so only known networks are taken for Chainer's. */
    @Override
    public Optional<String> form(ByteSource file) {
        return ChainerFile.recognise(file).isPresent()
                        && known(file, ImportOptions.DEFAULT).isPresent()
                ? Dialect.CHAINER.form(file)
                : Optional.empty();
    }

    private static Optional<Known> known(ByteSource file, ImportOptions options) {
        return KnownNetworks.of(Dialect.CHAINER.weights(file, options).tensors());
    }

    @Override
    public Imported load(List<ByteSource> files, ImportOptions options) {
        ByteSource file = files.get(0);
        if (files.size() > 1) {
            throw ModelException.malformed(files.get(1).at(0), "file", "is a second file of weights, one is expected");
        }
        Weights weights = Dialect.CHAINER.weights(file, options);
        Known known = KnownNetworks.of(weights.tensors())
                .orElseThrow(() -> ModelException.unsupported(
                        file.at(0),
                        "file",
                        "holds weights of no network that is known here; name its source too, such as nets.py:Net"));
        ImportOptions told =
                options.inputs().stream().anyMatch(InputSpec::staysInput) ? options : withImages(known, options);
        Imported imported =
                TracedSource.imported(Dialect.CHAINER, known.expression(), List.of(known.source()), weights, told);
        String taken = file.name() + ": recognised as " + known.expression();
        return imported.withWarnings(List.of(known.warning().isEmpty() ? taken : taken + ", " + known.warning()));
    }

    private static ImportOptions withImages(Known known, ImportOptions options) {
        List<InputSpec> inputs = new ArrayList<>(options.inputs());
        inputs.add(0, known.input());
        return options.withInputs(inputs);
    }
}
