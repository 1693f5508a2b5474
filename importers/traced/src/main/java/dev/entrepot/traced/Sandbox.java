package dev.entrepot.traced;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * A Python interpreter for one network's source: no files, no processes, no sockets, no threads, no environment, no Java but the
 * functions it is given, and limits on time and memory. It keeps honest source in its place; it is no defence against an attacker, for
 * which a server needs a process.
 *
 * <p>Not safe for use by several threads.
 */
public final class Sandbox implements AutoCloseable {

    private static final HostAccess NO_JAVA = HostAccess.NONE;

    private final Context context;
    private final Watchdog watchdog;
    private final Value boot;
    private final String main;
    private final Consumer<String> printer;
    private final long mostPrinted;
    private long printed;
    private @Nullable Throwable ownFault;

    /**
     * Starts an interpreter.
     *
     * @param files the user's files; the first one is named in messages that have no place
     * @param printer takes what the source prints
     */
    public Sandbox(List<PythonFile> files, SandboxLimits limits, Consumer<String> printer) {
        this.main = files.get(0).name();
        this.printer = printer;
        this.mostPrinted = limits.printed();
        Engine engine = Engines.SHARED;
        this.context = Context.newBuilder("python")
                .engine(engine)
                .allowExperimentalOptions(true)
                // The site module only looks for packages that are not there.
                .option("python.NoSiteFlag", "true")
                .option("python.IsolateFlag", "true")
                .option("python.DontWriteBytecodeFlag", "true")
                .allowIO(IOAccess.NONE)
                .allowHostAccess(NO_JAVA)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .build();
        Set<String> names = files.stream().map(PythonFile::name).collect(Collectors.toSet());
        this.watchdog = new Watchdog(context, limits, thread -> Engines.LINES.of(thread, names));
        this.boot = start(files);
    }

    private Value start(List<PythonFile> files) {
        try {
            return within(() -> {
                String text = Shims.read("_boot.py").orElseThrow();
                context.eval(Source.newBuilder("python", text, "_boot.py").buildLiteral());
                Value bindings = context.getBindings("python");
                Value added = bindings.getMember("files").getMember("add");
                files.forEach(file -> added.executeVoid(file.name(), file.text()));
                Map<String, HostFunction> functions = new LinkedHashMap<>();
                functions.put("source", arguments -> shim(arguments.get(0).asString()));
                functions.put("printed", arguments -> {
                    print(arguments.get(0).asString());
                    return null;
                });
                bindings.getMember("start")
                        .executeVoid(dictionary(functions), list(Arrays.asList((Object[]) Shims.ROOTS)));
                return bindings;
            });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private @Nullable Object shim(String name) {
        return Shims.find(name)
                .map(found -> list(List.of(found.text(), found.file(), found.isPackage())))
                .orElse(null);
    }

    private void print(String text) {
        printed += text.length();
        if (printed > mostPrinted) {
            throw ModelException.limitExceeded(
                    SourceLocation.file(main), "print", "more than " + mostPrinted + " characters, the limit");
        }
        printer.accept(text);
    }

    /** A Python dictionary of Java functions. */
    public Value dictionary(Map<String, HostFunction> functions) {
        Value made = context.eval("python", "{}");
        Value set = made.getMember("__setitem__");
        functions.forEach((name, function) -> set.executeVoid(name, proxy(function)));
        return made;
    }

    /** A Python list. */
    public Value list(List<?> items) {
        return context.eval("python", "list").execute(ProxyArray.fromList(List.copyOf(items)));
    }

    private ProxyExecutable proxy(HostFunction function) {
        return arguments -> {
            try {
                return function.call(List.of(arguments));
            } catch (ModelException e) {
                Problem first = e.problems().get(0);
                context.getBindings("python")
                        .getMember("raise_")
                        .executeVoid(word(first.kind()), first.what(), first.why());
                throw e;
            } catch (PolyglotException e) {
                throw e;
            } catch (RuntimeException | Error e) {
                // A fault of ours: Python must not take it for one of the source's.
                ownFault = e;
                throw e;
            }
        };
    }

    /** Whether this project brings a module of this dotted name. */
    public static boolean hasShim(String module) {
        return Shims.find(module).isPresent();
    }

    /** A function of a shim's module, such as {@code run} of {@code torch._trace}. */
    public Value function(String module, String name) {
        Value found = call(boot.getMember("module"), module);
        return found.getMember(name);
    }

    /**
     * Calls a Python function.
     *
     * @throws ModelException with the place in the source, if it fails or uses up more than it may, or with all names it misses
     */
    public Value call(Value function, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = function;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return within(() -> {
            Value answer = boot.getMember("guarded").execute(all);
            if (answer.getArrayElement(0).asBoolean()) {
                return answer.getArrayElement(1);
            }
            if (ownFault != null) {
                // What is interrupted may fail in any way.
                if (watchdog.reason().isPresent() || Thread.currentThread().isInterrupted()) {
                    throw limit(watchdog.reason().orElse(Watchdog.TIME_IS_UP));
                }
                throw new IllegalStateException("a function that Python called failed", ownFault);
            }
            throw failure(answer);
        });
    }

    private ModelException failure(Value answer) {
        String file = answer.getArrayElement(2).asString();
        int line = answer.getArrayElement(3).asInt();
        SourceLocation where = line > 0 ? SourceLocation.line(file, line, 1) : SourceLocation.file(main);
        String what = answer.getArrayElement(4).asString();
        String why = answer.getArrayElement(5).asString();
        return switch (answer.getArrayElement(1).asString()) {
            case "limit" -> ModelException.limitExceeded(where, what, why);
            case "unsupported", "refused" -> ModelException.unsupported(where, what, why);
            default -> ModelException.malformed(where, what, why);
        };
    }

    /** @throws ModelException with every module and name that the source used and nobody has, and the places */
    public void requireNothingMissing() {
        Value found = boot.getMember("found_missing").execute();
        Problems problems = new Problems();
        for (long i = 0; i < found.getArraySize(); i++) {
            Value item = found.getArrayElement(i);
            String file = item.getArrayElement(0).asString();
            int line = item.getArrayElement(1).asInt();
            problems.unsupported(
                    line > 0 ? SourceLocation.line(file, line, 1) : SourceLocation.file(main),
                    item.getArrayElement(2).asString(),
                    "is not known here");
        }
        problems.throwIfAny();
    }

    /** What the user should know about the source. */
    public List<String> warnings() {
        Value found = boot.getMember("found_warnings").execute();
        return found.as(List.class).stream().map(String::valueOf).toList();
    }

    private <T> T within(Supplier<T> work) {
        try {
            return work.get();
        } catch (PolyglotException e) {
            throw mapped(e);
        } catch (OutOfMemoryError e) {
            throw limit(watchdog.reason().orElse("asks for more memory than there is"));
        }
    }

    private RuntimeException mapped(PolyglotException e) {
        if (watchdog.reason().isPresent()) {
            return limit(watchdog.reason().get());
        }
        if (e.isHostException() && e.asHostException() instanceof RuntimeException host) {
            return host;
        }
        if (e.isResourceExhausted()) {
            return limit("asks for more memory than there is, or calls itself too often");
        }
        return ModelException.unsupported(SourceLocation.file(main), "source", "cannot be run: " + e.getMessage());
    }

    private ModelException limit(String why) {
        return ModelException.limitExceeded(watchdog.place().orElse(SourceLocation.file(main)), "source", why);
    }

    private static String word(Problem.Kind kind) {
        return switch (kind) {
            case MALFORMED -> "error";
            case LIMIT_EXCEEDED -> "limit";
            case UNSUPPORTED -> "unsupported";
        };
    }

    /** Ends the interpreter. */
    @Override
    public void close() {
        watchdog.close();
        context.close(true);
    }

    /** Holds the engine, which is made on the first use and shared by all interpreters: it keeps what they have parsed. */
    private static final class Engines {
        static final Engine SHARED = Engine.newBuilder("python")
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        static final RunningLines LINES = new RunningLines(SHARED);
    }
}
