package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.AllowedGlobals.Meaning;
import dev.entrepot.formats.torch.TorchValue.Dict;
import dev.entrepot.formats.torch.TorchValue.Name;
import dev.entrepot.formats.torch.TorchValue.Sequence;
import dev.entrepot.formats.torch.TorchValue.StorageValue;
import dev.entrepot.formats.torch.TorchValue.TensorValue;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What torch/_utils.py's rebuild functions make of their arguments. Every offset, size and stride is checked. */
final class TensorRebuilds {

    private final Arguments arguments;
    private final Outside outside;

    TensorRebuilds(Arguments arguments, Outside outside) {
        this.arguments = arguments;
        this.outside = outside;
    }

    TorchValue rebuild(Meaning meaning) {
        return new TensorValue(
                switch (meaning) {
                    case REBUILD_TENSOR -> tensor();
                    case REBUILD_TENSOR_V3 -> tensorOfType();
                    case REBUILD_PARAMETER -> parameter();
                    case REBUILD_QTENSOR -> quantized();
                    default -> throw new IllegalArgumentException(meaning + " rebuilds no tensor");
                });
    }

    /** {@code (storage, offset, size, stride[, requires_grad, hooks[, metadata]])}. */
    private TorchTensor tensor() {
        Storage storage = storage();
        TorchDtype dtype = storage.dtype()
                .orElseThrow(() -> ModelException.malformed(
                        arguments.where(), "tensor", "is made of a storage without an element type"));
        requireNoView(6);
        return gradients(view(storage, dtype));
    }

    /** {@code (storage, offset, size, stride, requires_grad, hooks, dtype[, metadata])}. */
    private TorchTensor tensorOfType() {
        requireNoView(7);
        return gradients(view(storage(), dtype(6)));
    }

    /** {@code (tensor, requires_grad, hooks[, state])}. */
    private TorchTensor parameter() {
        if (arguments.value(0) instanceof TensorValue data) {
            return data.tensor().asParameter(arguments.flag(1));
        }
        if (arguments.value(0) instanceof TorchValue.Opaque opaque) {
            throw ModelException.unsupported(arguments.where(), "parameter", opaque.reason());
        }
        throw arguments.wrong(0, "a tensor");
    }

    /** {@code (storage, offset, size, stride, (scheme, ...), requires_grad, hooks)}. */
    private TorchTensor quantized() {
        Storage storage = storage();
        TorchDtype dtype = storage.dtype()
                .filter(TorchDtype::isQuantized)
                .orElseThrow(() -> ModelException.malformed(
                        arguments.where(), "quantized tensor", "has a storage that is not quantized"));
        TorchTensor tensor = view(storage, dtype);
        Arguments parameters = arguments.nested(4);
        if (!(parameters.value(0) instanceof Name scheme)) {
            throw parameters.wrong(0, "a quantization scheme");
        }
        TorchTensor.Quantization quantization = switch (scheme.name()) {
            case "torch.per_tensor_affine", "torch.per_tensor_symmetric" ->
                new TorchTensor.PerTensor(parameters.number(1), parameters.whole(2));
            case "torch.per_channel_affine", "torch.per_channel_symmetric" -> perChannel(parameters, tensor, false);
            case "torch.per_channel_affine_float_qparams" -> perChannel(parameters, tensor, true);
            default ->
                throw ModelException.unsupported(
                        arguments.where(), "quantized tensor", "has the scheme " + scheme.name());
        };
        return tensor.withQuantization(quantization).withGradients(arguments.flag(5));
    }

    private TorchTensor.Quantization perChannel(Arguments parameters, TorchTensor tensor, boolean floats) {
        Shape shape = tensor.tensor().shape();
        long axis = parameters.whole(3);
        if (axis < 0 || axis >= shape.rank()) {
            throw ModelException.malformed(
                    arguments.where(), "quantized tensor", "of shape " + shape + " has no axis " + axis);
        }
        long size = shape.dim((int) axis).size();
        return new TorchTensor.PerChannel(
                channels(parameters, 1, size), channels(parameters, 2, size), (int) axis, floats);
    }

    /** Scales or zero points: a tensor, or a list of numbers in old files. */
    private Tensor channels(Arguments parameters, int index, long size) {
        Tensor values;
        if (parameters.value(index) instanceof TensorValue tensor) {
            values = tensor.tensor().tensor();
        } else {
            List<Double> numbers = new ArrayList<>();
            for (TorchValue item : parameters.items(index)) {
                if (item instanceof TorchValue.Float number) {
                    numbers.add(number.value());
                } else if (item instanceof TorchValue.Int number) {
                    numbers.add(number.value().doubleValue());
                } else {
                    throw parameters.wrong(index, "a list of numbers");
                }
            }
            double[] array = numbers.stream().mapToDouble(Double::doubleValue).toArray();
            values = Tensor.of(Shape.of(array.length), array);
        }
        if (values.shape().rank() != 1 || values.elementCount() != size) {
            throw ModelException.malformed(
                    arguments.where(),
                    "quantized tensor",
                    "has scales or zero points of shape " + values.shape() + ", should be [" + size + "]");
        }
        return values;
    }

    private TorchTensor view(Storage storage, TorchDtype dtype) {
        return Views.view(
                storage, dtype, arguments.whole(1), arguments.sizes(2), arguments.sizes(3), arguments.where());
    }

    private TorchTensor gradients(TorchTensor tensor) {
        return arguments.count() > 4 ? tensor.withGradients(arguments.flag(4)) : tensor;
    }

    private TorchDtype dtype(int index) {
        if (arguments.value(index) instanceof Name name && name.dtype().isPresent()) {
            return name.dtype().get();
        }
        throw arguments.wrong(index, "an element type");
    }

    /** A conjugated or negated view does not hold what it shows. */
    private void requireNoView(int metadata) {
        boolean altered = arguments.count() > metadata
                && arguments.value(metadata) instanceof Dict flags
                && flags.byText().values().stream()
                        .anyMatch(flag -> flag instanceof TorchValue.Bool bool && bool.value());
        if (altered) {
            throw ModelException.unsupported(
                    arguments.where(),
                    "tensor",
                    "is a conjugated or negated view; call resolve_conj() or resolve_neg()");
        }
    }

    private Storage storage() {
        TorchValue value = arguments.value(0);
        if (value instanceof Sequence) {
            value = outside.resolve(value, arguments.where());
        }
        if (value instanceof StorageValue storage) {
            return storage.storage();
        }
        if (value instanceof TorchValue.Opaque opaque) {
            throw ModelException.unsupported(arguments.where(), "tensor", opaque.reason());
        }
        throw arguments.wrong(0, "a storage");
    }
}
