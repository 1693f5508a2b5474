package dev.entrepot.formats.torch.exported;

import static dev.entrepot.formats.torch.exported.ArgumentReader.argument;
import static dev.entrepot.formats.torch.exported.ArgumentReader.tensor;
import static dev.entrepot.formats.torch.exported.DocumentFields.list;
import static dev.entrepot.formats.torch.exported.DocumentFields.listOrNone;
import static dev.entrepot.formats.torch.exported.DocumentFields.mapOrNone;
import static dev.entrepot.formats.torch.exported.DocumentFields.text;
import static dev.entrepot.formats.torch.exported.DocumentFields.union;
import static dev.entrepot.formats.torch.exported.DocumentFields.unknown;

import dev.entrepot.formats.json.JsonValue;
import dev.entrepot.formats.torch.exported.DocumentFields.Choice;
import java.util.List;
import java.util.Map;

/** Reads what inputs and outputs stand for, and how modules were called. */
final class SignatureReader {

    private SignatureReader() {}

    static GraphModule graphModule(JsonValue object) {
        GraphModule module = new GraphModule(
                GraphReader.graph(object.member("graph")), signature(object.member("signature")), callGraph(object));
        requireFit(object, "inputs", module.graph().inputs(), module.signature().inputSpecs());
        requireFit(
                object, "outputs", module.graph().outputs(), module.signature().outputSpecs());
        return module;
    }

    private static void requireFit(JsonValue object, String what, List<Argument> values, List<?> specs) {
        if (values.size() != specs.size()) {
            throw DocumentFields.malformed(
                    object,
                    "graph module",
                    "has " + values.size() + " " + what + ", but its signature tells of " + specs.size());
        }
    }

    private static GraphSignature signature(JsonValue object) {
        return new GraphSignature(
                list(object.member("input_specs"), SignatureReader::input),
                list(object.member("output_specs"), SignatureReader::output));
    }

    private static InputSpec input(JsonValue object) {
        Choice choice = union(object, "input spec");
        JsonValue spec = choice.value();
        return switch (choice.tag()) {
            case "user_input" -> new InputSpec.UserInput(argument(spec.member("arg")));
            case "parameter" -> new InputSpec.Parameter(tensor(spec.member("arg")), text(spec, "parameter_name"));
            case "buffer" ->
                new InputSpec.Buffer(
                        tensor(spec.member("arg")),
                        text(spec, "buffer_name"),
                        spec.member("persistent").asBool());
            case "tensor_constant" ->
                new InputSpec.TensorConstant(tensor(spec.member("arg")), text(spec, "tensor_constant_name"));
            case "custom_obj" ->
                new InputSpec.CustomObj(
                        tensor(spec.member("arg")),
                        ArgumentReader.className(spec.member("arg")),
                        text(spec, "custom_obj_name"));
            case "token" -> new InputSpec.Token(tensor(spec.member("arg")));
            case "constant_input" -> new InputSpec.ConstantInput(text(spec, "name"), argument(spec.member("value")));
            default -> throw unknown(object, "input spec", choice);
        };
    }

    private static OutputSpec output(JsonValue object) {
        Choice choice = union(object, "output spec");
        JsonValue spec = choice.value();
        JsonValue arg = spec.member("arg");
        return switch (choice.tag()) {
            case "user_output" -> new OutputSpec.UserOutput(argument(arg));
            case "loss_output" -> new OutputSpec.LossOutput(tensor(arg));
            case "buffer_mutation" -> new OutputSpec.BufferMutation(tensor(arg), text(spec, "buffer_name"));
            case "parameter_mutation" -> new OutputSpec.ParameterMutation(tensor(arg), text(spec, "parameter_name"));
            case "gradient_to_parameter" ->
                new OutputSpec.GradientToParameter(tensor(arg), text(spec, "parameter_name"));
            case "gradient_to_user_input" ->
                new OutputSpec.GradientToUserInput(tensor(arg), text(spec, "user_input_name"));
            case "user_input_mutation" -> new OutputSpec.UserInputMutation(tensor(arg), text(spec, "user_input_name"));
            case "token" -> new OutputSpec.Token(tensor(arg));
            default -> throw unknown(object, "output spec", choice);
        };
    }

    private static List<ModuleCallEntry> callGraph(JsonValue module) {
        Map<String, List<String>> tupleFields = mapOrNone(
                module, "treespec_namedtuple_fields", tuple -> listOrNone(tuple, "field_names", JsonValue::asText));
        return listOrNone(
                module,
                "module_call_graph",
                entry -> new ModuleCallEntry(
                        text(entry, "fqn"), entry.find("signature").map(call -> call(call, tupleFields))));
    }

    private static ModuleCallEntry.Signature call(JsonValue object, Map<String, List<String>> tupleFields) {
        return new ModuleCallEntry.Signature(
                TreeSpec.read(object.member("in_spec"), tupleFields),
                TreeSpec.read(object.member("out_spec"), tupleFields),
                listOrNone(object, "forward_arg_names", JsonValue::asText));
    }
}
