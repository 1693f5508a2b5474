package dev.entrepot.importers.torch.script.run;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.script.Expression;
import dev.entrepot.formats.torch.script.Statement;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.script.values.Frame;
import dev.entrepot.importers.torch.script.values.ScriptValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.SequenceValue;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code for} and {@code while}: unrolled where it is known how often they run, else a Loop of the graph. */
final class Loops {

    private static final long MOST_ROUNDS = 20_000;

    private final Interpreter interpreter;

    Loops(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    @Nullable
    IValue run(Statement.For loop, Frame frame) {
        Optional<SizeExpr> rounds = range(loop, frame);
        if (rounds.isPresent() && !rounds.get().isNumber()) {
            Value trips = interpreter.graph().scalar(rounds.get());
            new DataLoop(interpreter, loop.where(), loop.body(), frame)
                    .run(Optional.of(trips), Optional.empty(), Optional.of(loop.target()));
            return null;
        }
        List<IValue> items = rounds.isPresent()
                ? counted(rounds.get().number().getAsLong(), loop.where())
                : items(interpreter.value(loop.iterable(), frame), loop.where());
        for (IValue item : items) {
            interpreter.assign(loop.target(), item, frame);
            @Nullable IValue returned = interpreter.run(loop.body(), frame);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    /** How often {@code for i in range(n)} runs. */
    private Optional<SizeExpr> range(Statement.For loop, Frame frame) {
        boolean range = loop.iterable() instanceof Expression.Call call
                && call.callee() instanceof Expression.Name name
                && name.name().equals("range")
                && call.positional().size() == 1;
        if (!range) {
            return Optional.empty();
        }
        IValue count = interpreter.value(
                ((Expression.Call) loop.iterable()).positional().get(0), frame);
        TorchGraph graph = interpreter.graph();
        graph.at(loop.where());
        if (count instanceof IValue.Broken) {
            graph.throwIfAny();
        }
        return Optional.of(graph.toSize(count));
    }

    private static List<IValue> counted(long rounds, SourceLocation where) {
        if (rounds > MOST_ROUNDS) {
            throw ModelException.limitExceeded(where, "for", "runs " + rounds + " times, the limit is " + MOST_ROUNDS);
        }
        List<IValue> numbers = new ArrayList<>();
        for (long i = 0; i < rounds; i++) {
            numbers.add(IValue.of(i));
        }
        return numbers;
    }

    private List<IValue> items(IValue iterable, SourceLocation where) {
        if (iterable instanceof IValue.Broken) {
            interpreter.graph().throwIfAny();
        }
        if (iterable instanceof IValue.DictValue dict) {
            return List.copyOf(dict.entries().keySet());
        }
        if (iterable instanceof SequenceValue) {
            throw ModelException.unsupported(where, "for", "goes over a list whose length depends on data");
        }
        return List.copyOf(ScriptValue.itemsOf(iterable)
                .orElseThrow(() -> ModelException.malformed(where, "for", "goes over a " + iterable.sort())));
    }

    @Nullable
    IValue run(Statement.While loop, Frame frame) {
        for (long round = 0; ; round++) {
            IValue test = interpreter.truth(interpreter.value(loop.test(), frame), loop.where());
            if (test instanceof IValue.Scalar scalar) {
                new DataLoop(interpreter, loop.where(), loop.body(), frame)
                        .run(Optional.empty(), Optional.of(Map.entry(loop.test(), scalar.value())), Optional.empty());
                return null;
            }
            if (!((IValue.Bool) test).value()) {
                return null;
            }
            if (round >= MOST_ROUNDS) {
                throw ModelException.limitExceeded(loop.where(), "while", "runs more than " + MOST_ROUNDS + " times");
            }
            @Nullable IValue returned = interpreter.run(loop.body(), frame);
            if (returned != null) {
                return returned;
            }
        }
    }
}
