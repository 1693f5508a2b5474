package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.Problems;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.onnx.io.WrittenModel;
import dev.entrepot.onnx.opset.Opsets;
import dev.entrepot.traced.SourceExpression;
import dev.entrepot.zoo.convert.Conversion.ModelFile;
import dev.entrepot.zoo.convert.Conversion.Port;
import dev.entrepot.zoo.convert.Conversion.Source;
import dev.entrepot.zoo.convert.Conversion.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Converts source files to an ONNX file. */
public final class Converter {

    private Converter() {}

    /**
     * Recognises, reads, lowers, checks and writes. The target appears when it is complete; if anything fails, nothing is left behind.
     *
     * @throws dev.entrepot.bytes.ModelException with everything that is wrong with the model
     * @throws IOException if a file cannot be read or written
     */
    public static Conversion convert(ConversionRequest request) throws IOException {
        try (SourceFiles files = SourceFiles.open(request.sources());
                FileDigests digests = FileDigests.start(files.paths())) {
            SourceFramework framework = framework(request, files);
            requireValues(framework, files, request.options());
            Imported imported = framework.load(files.sources(), request.options());
            Model model = inOpset(request.opset(), files.sources().get(0).name(), imported.model());
            WrittenModel written = OnnxWriter.write(model, request.target(), request.externalData());
            return result(request, framework, files.sources(), imported, model, written, digests.await());
        }
    }

    /** The frameworks whose files can come in. */
    public static List<String> frameworks() {
        return Frameworks.names();
    }

    /** Texts and lists are for source; a declared network has tensors and numbers. */
    private static void requireValues(SourceFramework framework, SourceFiles files, ImportOptions options) {
        Problems problems = new Problems();
        for (InputSpec input : options.inputs()) {
            if (input.isForSource() && !framework.runsSource()) {
                problems.unsupported(
                        files.sources().get(0).at(0),
                        "input \"" + input.name() + "\"",
                        "is to be " + input.literal().orElseThrow()
                                + ", which only a parameter of Python source can be; a model of " + framework.name()
                                + " has tensors and numbers");
            }
        }
        problems.throwIfAny();
    }

    private static Model inOpset(long opset, String name, Model house) {
        Checker.require(name, house);
        if (opset == Model.HOUSE_OPSET) {
            return house;
        }
        Model older = Opsets.fromHouse(name, house, opset);
        Checker.require(name, older);
        return older;
    }

    private static SourceFramework framework(ConversionRequest request, SourceFiles files) {
        if (files.expression().isPresent()) {
            SourceExpression expression = files.expression().get();
            Dialect dialect = request.framework()
                    .flatMap(Dialect::named)
                    .orElseGet(() -> Dialect.of(expression, files.sources()));
            return new TracedSource(expression, dialect);
        }
        return request.framework().map(Frameworks::named).orElseGet(() -> Frameworks.of(files.sources()));
    }

    private static Conversion result(
            ConversionRequest request,
            SourceFramework framework,
            List<ByteSource> files,
            Imported imported,
            Model model,
            WrittenModel written,
            List<String> digests) {
        Graph graph = imported.model().graph();
        List<SourceFile> sourceFiles = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            sourceFiles.add(new SourceFile(files.get(i).name(), digests.get(i)));
        }
        String format = files.stream()
                .map(file -> framework.form(file).orElse(framework.name()))
                .sorted()
                .collect(Collectors.joining("+"));
        ModelFile file = new ModelFile(
                request.target(),
                written.model().sha256(),
                written.bytes(),
                model.opset(),
                model.graph().nodes().size(),
                model.graph().parameterCount());
        return new Conversion(
                file,
                new Source(framework.name(), format, sourceFiles),
                graph.inputs().stream().map(Port::of).toList(),
                graph.outputs().stream().map(Port::of).toList(),
                imported.warnings(),
                imported.approximations(),
                imported.dropped());
    }
}
