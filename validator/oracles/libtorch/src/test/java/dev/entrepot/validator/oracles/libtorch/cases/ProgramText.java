package dev.entrepot.validator.oracles.libtorch.cases;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.TorchProgram;
import dev.entrepot.validator.oracles.libtorch.fuzz.Numbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code program.py}: TorchScript methods, and comments that say what the program is given.
 *
 * <pre>
 * # input x: float32[1, 3, 5, 5]
 * # input places: int64[4] from 0 to 2
 * # parameter weight: float32[2, 3, 3, 3]
 * # buffer mean: float32[2] values 0.5 -1
 * # frozen
 * def forward(self, x, places):
 *   ...
 * </pre>
 *
 * Without {@code from} or {@code values} numbers are normal ones; all are seeded by the case's name.
 *
 * @param program the program
 * @param inputs the inputs by name
 */
record ProgramText(TorchProgram program, Map<String, Tensor> inputs) {

    private static final Pattern GIVEN =
            Pattern.compile("(?m)^# (input|parameter|buffer) (\\w+): (\\w+)\\[([\\d, ]*)\\](?: (from|values) (.+))?$");
    private static final Pattern FROZEN = Pattern.compile("(?m)^# frozen$");

    /** @throws IllegalArgumentException if a type is unknown */
    static ProgramText read(String text, long seed) {
        var numbers = new Numbers(seed);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        Map<String, Tensor> buffers = new LinkedHashMap<>();
        Matcher lines = GIVEN.matcher(text);
        while (lines.find()) {
            Map<String, Tensor> kind = switch (lines.group(1)) {
                case "input" -> inputs;
                case "parameter" -> parameters;
                default -> buffers;
            };
            kind.put(lines.group(2), tensor(lines, numbers));
        }
        var form = FROZEN.matcher(text).find() ? TorchProgram.Form.FROZEN : TorchProgram.Form.SCRIPTED;
        return new ProgramText(new TorchProgram(text, parameters, buffers, form), inputs);
    }

    private static Tensor tensor(Matcher line, Numbers numbers) {
        DataType type = DataType.ofNumpyName(line.group(3))
                .orElseThrow(() -> new IllegalArgumentException("no element type is called " + line.group(3)));
        long[] sizes = Arrays.stream(line.group(4).split(","))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        String how = line.group(5);
        if (how == null) {
            return numbers.normal(type, Shape.of(sizes));
        }
        double[] stated = Arrays.stream(line.group(6).strip().split("[ ,]+(?:to )?"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return how.equals("from")
                ? numbers.between(type, Shape.of(sizes), stated[0], stated[1])
                : Numbers.repeated(type, Shape.of(sizes), stated);
    }
}
