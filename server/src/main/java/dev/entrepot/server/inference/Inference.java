package dev.entrepot.server.inference;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.server.inference.InferRequest.Bytes;
import dev.entrepot.server.inference.InferRequest.Input;
import dev.entrepot.server.inference.InferRequest.Numbers;
import dev.entrepot.server.inference.InferRequest.Output;
import dev.entrepot.server.sessions.PoolFullException;
import dev.entrepot.server.sessions.SessionPool;
import dev.entrepot.server.sessions.WarmModel;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import dev.entrepot.validator.run.RuntimeFailure;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a request. */
@Singleton
final class Inference {

    private final SessionPool pool;

    Inference(SessionPool pool) {
        this.pool = pool;
    }

    /**
     * Runs a request.
     *
     * @param headerLength the length of the JSON object in the body; 0 if the body is the only input
     */
    InferAnswer run(ServedModel served, byte[] body, long headerLength, boolean rawIsBinary) throws IOException {
        InferRequest request = headerLength == 0 ? InferRequest.EMPTY : RequestReader.read(body, headerLength);
        try (SessionPool.Lease lease = pool.lease(served.model())) {
            WarmModel model = lease.model();
            Map<String, Tensor> inputs =
                    headerLength == 0 ? raw(served, model, body) : inputs(served, model, request.inputs());
            List<Output> wanted = request.outputs().isEmpty() ? all(model) : known(model, request.outputs());
            Map<String, Tensor> outputs =
                    model.run(inputs, wanted.stream().map(Output::name).collect(Collectors.toSet()));
            boolean binary = request.binaryByDefault() || (headerLength == 0 && rawIsBinary);
            List<InferAnswer.Output> answered = new ArrayList<>();
            for (Output output : wanted) {
                answered.add(answer(served, output, outputs.get(output.name()), binary));
            }
            return InferAnswer.of(served.name(), served.version(), request.id(), answered);
        } catch (PoolFullException e) {
            throw new ProblemException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()), Map.of("Retry-After", "1"));
        } catch (RuntimeFailure e) {
            throw new ProblemException(Kind.BAD_REQUEST, "ONNX Runtime: " + e.getMessage());
        }
    }

    private static InferAnswer.Output answer(
            ServedModel served, Output wanted, @Nullable Tensor found, boolean binaryByDefault) {
        if (found == null) {
            throw new IllegalStateException("output \"" + wanted.name() + "\" was not computed");
        }
        Tensor tensor = wanted.classes() == 0
                ? found
                : Classification.of(wanted.name(), found, wanted.classes(), served.labels());
        return new InferAnswer.Output(wanted.name(), tensor, wanted.binary().orElse(binaryByDefault));
    }

    private static List<Output> all(WarmModel model) {
        return model.outputs().stream()
                .map(output -> new Output(output.name(), Optional.empty(), 0))
                .toList();
    }

    private static List<Output> known(WarmModel model, List<Output> wanted) {
        List<String> names = model.outputs().stream().map(Value::name).toList();
        for (Output output : wanted) {
            if (!names.contains(output.name())) {
                throw bad("the model has no output \"" + output.name() + "\", its outputs are " + names);
            }
        }
        if (wanted.stream().map(Output::name).distinct().count() < wanted.size()) {
            throw bad("an output is asked for twice");
        }
        return wanted;
    }

    private static Map<String, Tensor> inputs(ServedModel served, WarmModel model, List<Input> given) {
        List<String> names = model.inputs().stream().map(Value::name).toList();
        Map<String, Input> byName = new LinkedHashMap<>();
        for (Input input : given) {
            if (!names.contains(input.name())) {
                throw bad("the model has no input \"" + input.name() + "\", its inputs are " + names);
            }
            if (byName.put(input.name(), input) != null) {
                throw bad("input \"" + input.name() + "\" is given twice");
            }
        }
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Value declared : model.inputs()) {
            Input input = byName.get(declared.name());
            if (input == null) {
                throw bad("input \"" + declared.name() + "\" is missing; the model's inputs are " + names);
            }
            inputs.put(declared.name(), fitting(declared, tensor(served, declared, input)));
        }
        return inputs;
    }

    private static Tensor tensor(ServedModel served, Value declared, Input input) {
        if (input instanceof Numbers numbers) {
            return numbers.tensor();
        }
        Bytes bytes = (Bytes) input;
        if (declared.dataType() != DataType.STRING) {
            return served.image().prepare(bytes.elements(), declared);
        }
        long[] shape = bytes.shape().stream().mapToLong(Long::longValue).toArray();
        return Tensor.of(
                Shape.of(shape),
                bytes.elements().stream()
                        .map(element -> new String(element, StandardCharsets.UTF_8))
                        .toList());
    }

    private static Tensor fitting(Value declared, Tensor tensor) {
        if (declared.dataType() != tensor.type()) {
            throw bad("input \"" + declared.name() + "\" has datatype " + Datatype.nameOf(tensor.type())
                    + ", the model takes " + Datatype.nameOf(declared.dataType()));
        }
        Shape expected = declared.shape();
        boolean fits = !expected.ranked() || expected.rank() == tensor.shape().rank();
        for (int axis = 0; fits && expected.ranked() && axis < expected.rank(); axis++) {
            Dim dim = expected.dim(axis);
            fits = !dim.isKnown() || dim.equals(tensor.shape().dim(axis));
        }
        if (!fits) {
            throw bad(
                    "input \"" + declared.name() + "\" has shape " + tensor.shape() + ", the model takes " + expected);
        }
        return tensor;
    }

    /**
     * The only input as the whole body. Of its shape one dimension may be open; an open first one beside another is a batch of one. Source: Triton
     * docs/protocol/extension_binary_data.md, "Raw Binary Request".
     */
    private static Map<String, Tensor> raw(ServedModel served, WarmModel model, byte[] body) {
        if (model.inputs().size() != 1) {
            throw bad("a raw request is for models of one input, this one has "
                    + model.inputs().size());
        }
        Value input = model.inputs().get(0);
        if (input.dataType() == DataType.STRING) {
            return Map.of(input.name(), Tensor.of(Shape.of(1), List.of(new String(body, StandardCharsets.UTF_8))));
        }
        if (Images.isEncoded(body)) {
            return Map.of(input.name(), fitting(input, served.image().prepare(List.of(body), input)));
        }
        Shape shape = rawShape(input, body.length);
        return Map.of(input.name(), new Tensor(input.dataType(), shape, TensorData.of(body)));
    }

    private static Shape rawShape(Value input, int bytes) {
        Shape shape = input.shape();
        int size = input.dataType().bits() / 8;
        if (size == 0 || !shape.ranked()) {
            throw bad("the shape of input \"" + input.name() + "\" cannot be told from a body's length");
        }
        List<Integer> open = new ArrayList<>();
        long known = size;
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (shape.dim(axis).isKnown()) {
                known = Math.multiplyExact(known, shape.dim(axis).size());
            } else {
                open.add(axis);
            }
        }
        if (open.size() == 2 && open.get(0) == 0) {
            shape = shape.with(open.remove(0), Dim.of(1));
        }
        if (open.size() > 1 || known == 0 || bytes % known != 0 || (open.isEmpty() && bytes != known)) {
            throw bad("a body of " + bytes + " bytes is no " + Datatype.nameOf(input.dataType()) + " of shape "
                    + input.shape());
        }
        return open.isEmpty() ? shape : shape.with(open.get(0), Dim.of(bytes / known));
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(Kind.BAD_REQUEST, detail);
    }
}
