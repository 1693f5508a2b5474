package dev.entrepot.formats.pickle;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.pickle.PickleValue.Call;
import dev.entrepot.formats.pickle.PickleValue.DictValue;
import dev.entrepot.formats.pickle.PickleValue.Global;
import dev.entrepot.formats.pickle.PickleValue.ListValue;
import dev.entrepot.formats.pickle.PickleValue.None;
import dev.entrepot.formats.pickle.PickleValue.PersistentId;
import dev.entrepot.formats.pickle.PickleValue.SetValue;
import dev.entrepot.formats.pickle.PickleValue.Text;
import dev.entrepot.formats.pickle.PickleValue.TupleValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads pickles that stand one after the other.
 *
 * <p>Source: CPython Lib/pickletools.py (the instructions) and Lib/pickle.py, _Unpickler.
 */
public final class PickleReader {

    private static final int HIGHEST_PROTOCOL = 5;

    private final PickleLimits limits;
    private final ByteReader reader;
    private final List<Global> globals = new ArrayList<>();
    private final List<PersistentId> persistentIds = new ArrayList<>();
    private PickleStack stack;
    private PickleArguments arguments;
    private int protocol;
    private SourceLocation where;

    /** Starts at the source's first byte. */
    public PickleReader(ByteSource source, PickleLimits limits) {
        this.limits = limits;
        this.reader = new ByteReader(source);
        this.where = reader.here();
        this.stack = new PickleStack(limits);
        this.arguments = new PickleArguments(reader, limits);
    }

    /** The number of the next byte: the one after the last pickle's STOP. */
    public long position() {
        return reader.position();
    }

    /** The bytes that are left. */
    public long remaining() {
        return reader.remaining();
    }

    /** Every name seen so far in all pickles, also in one that turned out to be broken. */
    public List<Global> globals() {
        return Collections.unmodifiableList(globals);
    }

    /**
     * The next bytes, which are no pickle; the next pickle stands behind them.
     *
     * @throws ModelException (malformed) if there are not so many
     */
    public ByteSource take(long count) {
        return reader.slice(count);
    }

    /**
     * Reads the next pickle.
     *
     * @throws ModelException if it is malformed or exceeds a limit; the place is that of the instruction
     */
    public Pickle next() {
        stack = new PickleStack(limits);
        arguments = new PickleArguments(reader, limits);
        protocol = 0;
        int firstGlobal = globals.size();
        persistentIds.clear();
        for (long count = 0; ; count++) {
            where = reader.here();
            if (count >= limits.opcodes()) {
                throw ModelException.limitExceeded(
                        where, "pickle", "has more than " + limits.opcodes() + " instructions (limit opcodes)");
            }
            int opcode = reader.u8();
            if (opcode == '.') {
                PickleValue value = stack.result(where);
                return new Pickle(
                        value,
                        protocol,
                        globals.subList(firstGlobal, globals.size()),
                        persistentIds,
                        reader.position());
            }
            step(opcode);
        }
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> protocol(reader.u8());
            case 0x95 -> frame(reader.i64());
            case 0x96 -> stack.push(arguments.bytes(reader.i64()), where);
            case 0x97, 0x98 ->
                throw ModelException.unsupported(
                        where, "pickle", "has its buffers in another place (protocol 5, out of band)");
            case 'N' -> stack.push(None.NONE, where);
            case 0x88 -> stack.push(new PickleValue.Bool(true), where);
            case 0x89 -> stack.push(new PickleValue.Bool(false), where);
            case 'J', 'K', 'M', 'I', 'L', 0x8a, 0x8b -> stack.push(arguments.integer(opcode, where), where);
            case 'F' -> stack.push(arguments.floatLine(where), where);
            case 'G' -> stack.push(new PickleValue.Float(arguments.bigEndianDouble()), where);
            case 'X', 0x8c, 0x8d, 'V', 'S', 'T', 'U', 'B', 'C', 0x8e ->
                stack.push(arguments.string(opcode, where), where);
            case '(' -> stack.mark(where);
            case '0' -> stack.drop(where);
            case '1' -> stack.popToMark(where);
            case '2' -> stack.push(stack.peek(where), where);
            case ')' -> stack.push(new TupleValue(List.of()), where);
            case 0x85, 0x86, 0x87 -> stack.push(new TupleValue(stack.pop(opcode - 0x84, where)), where);
            case 't' -> stack.push(new TupleValue(stack.popToMark(where)), where);
            case ']' -> stack.push(new ListValue(), where);
            case 'l' -> stack.push(fill(new ListValue(), stack.popToMark(where)), where);
            case '}' -> stack.push(new DictValue(), where);
            case 'd' -> stack.push(putAll(new DictValue(), stack.popToMark(where)), where);
            case 0x8f -> stack.push(new SetValue(), where);
            case 0x91 -> stack.push(fill(new SetValue(), stack.popToMark(where)), where);
            case 'a' -> appendLast(stack.pop(1, where));
            case 'e', 0x90 -> appendLast(stack.popToMark(where));
            case 's' -> putLast(stack.pop(2, where));
            case 'u' -> putLast(stack.popToMark(where));
            case 'p', 'q', 'r', 0x94 -> stack.put(memoNumber(opcode), where);
            case 'g', 'h', 'j' -> stack.push(stack.get(memoNumber(opcode), where), where);
            case 'P' -> persistentId(new Text(arguments.line(where)));
            case 'Q' -> persistentId(stack.pop(where));
            case 'c' -> stack.push(global(arguments.line(where), arguments.line(where)), where);
            case 0x93 -> stackGlobal(stack.pop(2, where));
            case 0x82, 0x83, 0x84 ->
                throw ModelException.unsupported(
                        where, "pickle", "uses an extension code, which only the program that wrote it knows");
            case 'R' -> reduce(Call.Kind.REDUCE, stack.pop(2, where));
            case 0x81 -> reduce(Call.Kind.NEW, stack.pop(2, where));
            case 0x92 -> newWithKeywords(stack.pop(3, where));
            case 'i' -> oldInstance(global(arguments.line(where), arguments.line(where)), stack.popToMark(where));
            case 'o' -> oldObject(stack.popToMark(where));
            case 'b' -> build(stack.pop(where));
            default ->
                throw ModelException.malformed(
                        where, "pickle", "has the byte 0x%02x where an instruction should be".formatted(opcode));
        }
    }

    private void protocol(int announced) {
        if (announced > HIGHEST_PROTOCOL) {
            throw ModelException.unsupported(
                    where, "pickle", "has protocol " + announced + ", known are 0 to " + HIGHEST_PROTOCOL);
        }
        protocol = Math.max(protocol, announced);
    }

    private void frame(long length) {
        if (length < 0 || length > reader.remaining()) {
            throw ModelException.malformed(
                    where, "frame", "should have " + length + " bytes, " + reader.remaining() + " are left");
        }
    }

    private int memoNumber(int opcode) {
        return switch (opcode) {
            case 'p', 'g' -> arguments.memoLine(where);
            case 'q', 'h' -> reader.u8();
            case 'r', 'j' -> stack.requireMemoNumber(reader.u32(), where);
            default -> stack.memoSize();
        };
    }

    private void persistentId(PickleValue id) {
        PersistentId outside = new PersistentId(id, where);
        persistentIds.add(outside);
        stack.push(outside, where);
    }

    private Global global(String module, String name) {
        Global global = new Global(module, name, where);
        globals.add(global);
        return global;
    }

    private void stackGlobal(List<PickleValue> names) {
        if (!(names.get(0) instanceof Text module) || !(names.get(1) instanceof Text name)) {
            throw ModelException.malformed(
                    where, "STACK_GLOBAL", "needs two texts, got " + names.get(0) + " and " + names.get(1));
        }
        stack.push(global(module.value(), name.value()), where);
    }

    private void reduce(Call.Kind kind, List<PickleValue> parts) {
        stack.push(new Call(kind, parts.get(0), parts.get(1), null, where), where);
    }

    private void newWithKeywords(List<PickleValue> parts) {
        stack.push(new Call(Call.Kind.NEW, parts.get(0), parts.get(1), parts.get(2), where), where);
    }

    private void oldInstance(Global type, List<PickleValue> items) {
        stack.push(new Call(Call.Kind.NEW, type, new TupleValue(items), null, where), where);
    }

    private void oldObject(List<PickleValue> items) {
        if (items.isEmpty()) {
            throw ModelException.malformed(where, "OBJ", "names no class");
        }
        TupleValue rest = new TupleValue(items.subList(1, items.size()));
        stack.push(new Call(Call.Kind.NEW, items.get(0), rest, null, where), where);
    }

    private void build(PickleValue state) {
        if (!(stack.peek(where) instanceof Call call)) {
            throw ModelException.malformed(where, "BUILD", "gives a state to a " + stack.peek(where));
        }
        call.build(state);
    }

    private void appendLast(List<PickleValue> items) {
        fill(stack.peek(where), items);
    }

    private PickleValue fill(PickleValue target, List<PickleValue> items) {
        for (PickleValue item : items) {
            if (target instanceof ListValue list) {
                list.add(item);
            } else if (target instanceof SetValue set) {
                set.add(item);
            } else if (target instanceof Call call) {
                call.add(item);
            } else {
                throw ModelException.malformed(where, "APPEND", "adds an item to a " + target);
            }
        }
        return target;
    }

    private void putLast(List<PickleValue> pairs) {
        putAll(stack.peek(where), pairs);
    }

    private PickleValue putAll(PickleValue target, List<PickleValue> pairs) {
        if (pairs.size() % 2 != 0) {
            throw ModelException.malformed(where, "dictionary", "has a key without a value");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            if (target instanceof DictValue dict) {
                dict.put(pairs.get(i), pairs.get(i + 1));
            } else if (target instanceof Call call) {
                call.put(pairs.get(i), pairs.get(i + 1));
            } else {
                throw ModelException.malformed(where, "SETITEM", "puts an entry into a " + target);
            }
        }
        return target;
    }
}
