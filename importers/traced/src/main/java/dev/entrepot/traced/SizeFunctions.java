package dev.entrepot.traced;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.WalkNotes;
import dev.entrepot.importers.size.SizeExpr;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Arithmetic on symbolic sizes, which Python holds as opaque {@link SizeExpr}s: what {@code shim/_sizes.py} asks Java for, by name. */
public final class SizeFunctions {

    private final WalkNotes notes;
    private final Value makeSize;

    private SizeFunctions(WalkNotes notes, Value makeSize) {
        this.notes = notes;
        this.makeSize = makeSize;
    }

    /** Gives the shim its functions. */
    public static void connect(Sandbox sandbox, WalkNotes notes) {
        SizeFunctions functions = new SizeFunctions(notes, sandbox.function("_sizes", "SymInt"));
        Map<String, HostFunction> table = new LinkedHashMap<>();
        table.put("at", functions::at);
        table.put("size", functions::arithmetic);
        table.put("compare", functions::compare);
        table.put("known", arguments -> functions.known(size(arguments.get(0))));
        table.put("show", arguments -> size(arguments.get(0)).toString());
        sandbox.call(sandbox.function("_sizes", "_connect"), sandbox.dictionary(table));
    }

    private @Nullable Object at(List<Value> arguments) {
        notes.at(SourceLocation.line(
                arguments.get(0).asString(), arguments.get(1).asInt(), 1));
        return null;
    }

    private static SizeExpr size(Value argument) {
        return argument.isHostObject() ? argument.asHostObject() : SizeExpr.of(argument.asLong());
    }

    private Object arithmetic(List<Value> arguments) {
        SizeExpr left = size(arguments.get(1));
        SizeExpr right = size(arguments.get(2));
        if (right.is(0) && !"add sub mul".contains(arguments.get(0).asString())) {
            throw notes.malformed("size", "division of " + left + " by zero");
        }
        SizeExpr result = switch (arguments.get(0).asString()) {
            case "add" -> left.plus(right);
            case "sub" -> left.minus(right);
            case "mul" -> left.times(right);
            case "floordiv" -> left.floorDividedBy(right);
            case "mod" -> left.modulo(right);
            default -> throw new IllegalArgumentException(arguments.get(0).asString());
        };
        return result.isNumber() ? (Object) result.number().getAsLong() : makeSize.execute(result);
    }

    /** Whether a comparison holds; null where it does for some sizes only. */
    private @Nullable Object compare(List<Value> arguments) {
        String op = arguments.get(0).asString();
        SizeExpr left = size(arguments.get(1));
        SizeExpr right = size(arguments.get(2));
        OptionalInt sign =
                left.equals(right) ? OptionalInt.of(0) : left.minus(right).sign();
        if (sign.isPresent()) {
            return holds(op, sign.getAsInt());
        }
        boolean atLeast = left.minus(right).isNeverNegative();
        if (atLeast && (op.equals("ge") || op.equals("lt"))) {
            return op.equals("ge");
        }
        boolean atMost = right.minus(left).isNeverNegative();
        return atMost && (op.equals("le") || op.equals("gt")) ? (Object) op.equals("le") : null;
    }

    private static boolean holds(String op, int sign) {
        return switch (op) {
            case "eq" -> sign == 0;
            case "ne" -> sign != 0;
            case "lt" -> sign < 0;
            case "le" -> sign <= 0;
            case "gt" -> sign > 0;
            case "ge" -> sign >= 0;
            default -> throw new IllegalArgumentException(op);
        };
    }

    private long known(SizeExpr size) {
        return size.number()
                .orElseThrow(() -> notes.unsupported(
                        "size",
                        "a number is needed where the size is " + size + "; give the input's sizes as numbers"));
    }
}
