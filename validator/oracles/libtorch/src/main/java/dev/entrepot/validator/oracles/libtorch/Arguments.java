package dev.entrepot.validator.oracles.libtorch;

import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Argument;
import org.bytedeco.pytorch.FunctionSchema;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.StringIValueMap;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch.TypeKind;

/**
 * What {@code forward} is called with.
 *
 * @param positional the first arguments
 * @param keywords the others
 */
record Arguments(IValueVector positional, StringIValueMap keywords) {

    /**
     * Gives inputs to arguments: by name where every name is an argument's, otherwise in order. The tensors of a list are called {@code
     * NAME.0}, {@code NAME.1} and so on. Where a number is wanted, the tensor's one element is given.
     *
     * @throws RefusedException if an input fits no argument
     */
    static Arguments of(JitModule module, Map<String, Tensor> inputs) throws RefusedException {
        Map<String, TypeKind> declared = declared(module);
        var arguments = new Arguments(new IValueVector(), new StringIValueMap());
        Map<String, List<Tensor>> lists = lists(declared, inputs);
        boolean named = inputs.keySet().stream()
                .allMatch(name -> declared.containsKey(name) || lists.containsKey(listName(name)));
        if (!named) {
            arguments.addInOrder(declared, inputs);
            return arguments;
        }
        for (Map.Entry<String, TypeKind> argument : declared.entrySet()) {
            String name = argument.getKey();
            if (lists.containsKey(name)) {
                arguments.keywords.put(new BytePointer(name), list(lists.getOrDefault(name, List.of())));
            } else if (inputs.containsKey(name)) {
                arguments.keywords.put(new BytePointer(name), value(argument.getValue(), name, inputs.get(name)));
            }
        }
        return arguments;
    }

    private void addInOrder(Map<String, TypeKind> declared, Map<String, Tensor> inputs) throws RefusedException {
        List<TypeKind> kinds = List.copyOf(declared.values());
        if (kinds.size() == 1 && kinds.get(0) == TypeKind.ListType) {
            positional.push_back(list(List.copyOf(inputs.values())));
            return;
        }
        if (inputs.size() > kinds.size()) {
            throw new RefusedException("forward takes " + declared.keySet() + ", given are " + inputs.keySet());
        }
        int next = 0;
        for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
            positional.push_back(value(kinds.get(next++), input.getKey(), input.getValue()));
        }
    }

    private static Map<String, TypeKind> declared(JitModule module) {
        FunctionSchema schema = module.get_method("forward").function().getSchema();
        Argument arguments = schema.arguments();
        var declared = new LinkedHashMap<String, TypeKind>();
        for (long i = 1; i < arguments.limit(); i++) {
            Argument argument = arguments.getPointer(i);
            declared.put(
                    argument.name().getString(), argument.type().get().kind().intern());
        }
        return declared;
    }

    private static Map<String, List<Tensor>> lists(Map<String, TypeKind> declared, Map<String, Tensor> inputs) {
        var lists = new LinkedHashMap<String, List<Tensor>>();
        inputs.forEach((name, tensor) -> {
            String list = listName(name);
            if (declared.get(list) == TypeKind.ListType) {
                lists.computeIfAbsent(list, key -> new ArrayList<>()).add(tensor);
            }
        });
        return lists;
    }

    private static String listName(String input) {
        return input.replaceFirst("\\.\\d+$", "");
    }

    private static IValue list(List<Tensor> tensors) throws RefusedException {
        var list = new GenericList(new Type.TypePtr(TensorType.get().get()));
        for (Tensor tensor : tensors) {
            list.push_back(new IValue(TorchTensors.toTorch(tensor)));
        }
        return new IValue(list);
    }

    private static IValue value(TypeKind wanted, String name, Tensor tensor) throws RefusedException {
        org.bytedeco.pytorch.Tensor value = TorchTensors.toTorch(tensor);
        return switch (wanted) {
            case TensorType, OptionalType -> new IValue(value);
            case IntType -> new IValue(value.item_long());
            case FloatType -> new IValue(value.item_double());
            case BoolType -> new IValue(value.item_bool());
            default -> throw new RefusedException("argument \"" + name + "\" is a " + wanted + ", not a tensor");
        };
    }
}
