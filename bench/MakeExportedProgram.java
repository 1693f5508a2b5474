import dev.entrepot.formats.zip.Compression;
import dev.entrepot.formats.zip.ZipWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Makes VGG-16 as torch.export writes it, with random weights and a symbolic batch: {@code MakeExportedProgram TARGET}. The document has
 * what PyTorch 2.13's own has for torchvision's vgg16, but for stack traces.
 */
final class MakeExportedProgram {

    private static final String ROOT = "vgg16/";
    private static final String CPU = "\"requires_grad\": false, \"device\": {\"type\": \"cpu\", \"index\": null}";

    private final List<String> parameters = new ArrayList<>();
    private final List<long[]> shapes = new ArrayList<>();
    private final List<String> nodes = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private String last = "x";
    private long[] size = {3, 224, 224};

    public static void main(String[] arguments) throws IOException {
        MakeExportedProgram program = new MakeExportedProgram();
        program.vgg16();
        program.write(Path.of(arguments[0]));
    }

    private void vgg16() {
        int[][] blocks = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
        int index = 0;
        value("x");
        for (int[] block : blocks) {
            for (int i = 0; i < block[1]; i++, index += 2) {
                String module = "features." + index;
                long[] weight = {block[0], size[0], 3, 3};
                size = new long[] {block[0], size[1], size[2]};
                weighted("conv2d", module, "Conv2d", "input", weight,
                        ints("stride", 1, 1) + ints("padding", 1, 1));
                relu("features." + (index + 1));
            }
            size = new long[] {size[0], size[1] / 2, size[2] / 2};
            node("max_pool2d.default", "features." + index++, "MaxPool2d", tensor("self", last)
                    + ints("kernel_size", 2, 2) + ints("stride", 2, 2));
        }
        node("adaptive_avg_pool2d.default", "avgpool", "AdaptiveAvgPool2d", tensor("self", last) + ints("output_size", 7, 7));
        size = new long[] {512 * 7 * 7};
        node("flatten.using_ints", "", "VGG", tensor("self", last) + number("start_dim", 1));
        long[] widths = {4096, 4096, 1000};
        for (int i = 0; i < widths.length; i++) {
            long[] shape = {widths[i], size[0]};
            size = new long[] {widths[i]};
            weighted("linear", "classifier." + 3 * i, "Linear", "input", shape, "");
            if (i < 2) {
                relu("classifier." + (3 * i + 1));
                node("dropout.default", "classifier." + (3 * i + 2), "Dropout", tensor("input", last)
                        + argument("p", "{\"as_float\": 0.5}") + argument("train", "{\"as_bool\": false}"));
            }
        }
    }

    private void relu(String module) {
        node("relu_.default", module, "ReLU", tensor("self", last));
    }

    private void weighted(String operator, String module, String type, String input, long[] shape, String more) {
        parameter(module + ".weight", shape);
        parameter(module + ".bias", shape[0]);
        node(operator + ".default", module, type, tensor(input, last) + tensor("weight", graphName(module + ".weight"))
                + tensor("bias", graphName(module + ".bias")) + more);
    }

    private void parameter(String name, long... shape) {
        parameters.add(name);
        shapes.add(shape);
        values.add("\"" + graphName(name) + "\": " + meta(sizes(shape), strides(shape)));
    }

    private static String graphName(String parameter) {
        return "p_" + parameter.replace('.', '_');
    }

    private void node(String operator, String module, String type, String inputs) {
        last = operator.substring(0, operator.indexOf('.')) + "_" + nodes.size();
        nodes.add("{\"target\": \"torch.ops.aten." + operator + "\", \"inputs\": [" + inputs.substring(2) + "], \"outputs\": [{\"as_tensor\": {\"name\": \""
                + last + "\"}}], \"metadata\": {\"nn_module_stack\": \"L__self__,,torchvision.models.vgg.VGG"
                + (module.isEmpty() ? "" : ";L__self__" + module + "," + module + ",torch.nn.modules." + type)
                + "\"}, \"is_hop_single_tensor_return\": null, \"name\": \"" + last + "\"}");
        value(last);
    }

    private void value(String name) {
        String batch = "{\"as_expr\": {\"expr_str\": \"Symbol('s77', positive=True, integer=True)\", \"hint\": {\"as_int\": 2}}}";
        values.add("\"" + name + "\": " + meta(batch + ", " + sizes(size), strides(LongStream.concat(LongStream.of(2), Arrays.stream(size)).toArray())));
    }

    private static String meta(String sizes, String strides) {
        return "{\"dtype\": 7, \"sizes\": [" + sizes + "], " + CPU + ", \"strides\": [" + strides
                + "], \"storage_offset\": {\"as_int\": 0}, \"layout\": 7}";
    }

    private static String sizes(long... sizes) {
        return Arrays.stream(sizes).mapToObj(size -> "{\"as_int\": " + size + "}").collect(Collectors.joining(", "));
    }

    private static String strides(long... sizes) {
        long[] strides = new long[sizes.length];
        long stride = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= sizes[i];
        }
        return sizes(strides);
    }

    private static String tensor(String name, String value) {
        return argument(name, "{\"as_tensor\": {\"name\": \"" + value + "\"}}");
    }

    private static String ints(String name, long a, long b) {
        return argument(name, "{\"as_ints\": [" + a + ", " + b + "]}");
    }

    private static String number(String name, long value) {
        return argument(name, "{\"as_int\": " + value + "}");
    }

    private static String argument(String name, String value) {
        return ", {\"name\": \"" + name + "\", \"arg\": " + value + ", \"kind\": 1}";
    }

    private String document() {
        String names = parameters.stream().map(MakeExportedProgram::graphName)
                .map(name -> "{\"as_tensor\": {\"name\": \"" + name + "\"}}").collect(Collectors.joining(", "));
        String specs = parameters.stream()
                .map(name -> "{\"parameter\": {\"arg\": {\"name\": \"" + graphName(name) + "\"}, \"parameter_name\": \"" + name + "\"}}")
                .collect(Collectors.joining(", "));
        String x = "{\"as_tensor\": {\"name\": \"x\"}}";
        String output = "{\"as_tensor\": {\"name\": \"" + last + "\"}}";
        return "{\"graph_module\": {\"graph\": {\"inputs\": [" + names + ", " + x + "], \"outputs\": [" + output + "], \"nodes\": ["
                + String.join(", ", nodes) + "], \"tensor_values\": {" + String.join(", ", values)
                + "}, \"sym_int_values\": {}, \"sym_bool_values\": {}, \"is_single_tensor_return\": false}, \"signature\": {\"input_specs\": ["
                + specs + ", {\"user_input\": {\"arg\": " + x + "}}], \"output_specs\": [{\"user_output\": {\"arg\": " + output
                + "}}]}, \"module_call_graph\": []}, \"opset_version\": {\"aten\": 10}, \"range_constraints\": {\"s77\": {\"min_val\": 2,"
                + " \"max_val\": null}}, \"schema_version\": {\"major\": 8, \"minor\": 20}, \"verifiers\": [\"TRAINING\"], \"torch_version\":"
                + " \"2.13.0\"}";
    }

    private String config() {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            entries.add("\"" + parameters.get(i) + "\": {\"path_name\": \"weight_" + i + "\", \"is_param\": true, \"use_pickle\": false,"
                    + " \"tensor_meta\": " + meta(sizes(shapes.get(i)), strides(shapes.get(i))) + "}");
        }
        return "{\"config\": {" + String.join(", ", entries) + "}}";
    }

    private void write(Path target) throws IOException {
        try (FileChannel out = FileChannel.open(
                target, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ZipWriter zip = new ZipWriter(out);
            for (int i = 0; i < parameters.size(); i++) {
                long bytes = 4 * Arrays.stream(shapes.get(i)).reduce(1, Math::multiplyExact);
                long seed = i + 1;
                zip.add(ROOT + "data/weights/weight_" + i, Compression.STORED, bytes, to -> random(seed, bytes, to));
            }
            text(zip, "data/weights/model_weights_config.json", config());
            text(zip, "data/constants/model_constants_config.json", "{\"config\": {}}");
            text(zip, "models/model.json", document());
            text(zip, "archive_format", "pt2");
            text(zip, "archive_version", "0");
            text(zip, "byteorder", "little");
            text(zip, ".data/version", "3\n");
            zip.finish();
        }
    }

    private static void text(ZipWriter zip, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        zip.add(ROOT + name, Compression.STORED, bytes.length, out -> out.write(ByteBuffer.wrap(bytes)));
    }

    /** Small numbers around zero, the same for the same seed. */
    private static void random(long seed, long bytes, WritableByteChannel out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        long state = seed * 0x9E3779B97F4A7C15L + 1;
        for (long left = bytes; left > 0; left -= chunk.limit()) {
            chunk.clear().limit((int) Math.min(left, chunk.capacity()));
            while (chunk.hasRemaining()) {
                state ^= state << 13;
                state ^= state >>> 7;
                state ^= state << 17;
                chunk.putFloat((int) state * 0x1p-36f);
            }
            chunk.flip();
            while (chunk.hasRemaining()) {
                out.write(chunk);
            }
        }
    }
}
