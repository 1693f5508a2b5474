package dev.entrepot.traced;

import com.oracle.truffle.api.debug.DebugStackFrame;
import com.oracle.truffle.api.debug.Debugger;
import com.oracle.truffle.api.debug.DebuggerSession;
import com.oracle.truffle.api.debug.SuspendedEvent;
import dev.entrepot.bytes.SourceLocation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Engine;

/**
 * Which line of a source a thread is running. One debugger's session serves all interpreters of an engine and lives as long: code that is
 * running can only be stopped if the session was there before it, and to start or end one looks through all that the engine ever parsed.
 */
final class RunningLines {

    private static final long WAIT_MILLIS = 500;

    private final DebuggerSession session;
    private final Map<Thread, Question> questions = new ConcurrentHashMap<>();

    RunningLines(Engine engine) {
        this.session = Debugger.find(engine).startSession(this::stopped);
    }

    private record Question(Set<String> files, CompletableFuture<Optional<SourceLocation>> answer) {}

    /** The innermost line of one of these files that a thread is running; empty if it runs none, or does not stop to be asked. */
    Optional<SourceLocation> of(Thread thread, Set<String> files) throws InterruptedException {
        Question question = new Question(files, new CompletableFuture<>());
        questions.put(thread, question);
        try {
            session.suspend(thread);
            return question.answer().get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } finally {
            questions.remove(thread);
        }
    }

    private void stopped(SuspendedEvent event) {
        Question question = questions.get(Thread.currentThread());
        if (question != null) {
            question.answer().complete(place(event, question.files()));
        }
    }

    private static Optional<SourceLocation> place(SuspendedEvent event, Set<String> files) {
        for (DebugStackFrame frame : event.getStackFrames()) {
            var section = frame.getSourceSection();
            if (section != null && files.contains(section.getSource().getName())) {
                return Optional.of(SourceLocation.line(
                        section.getSource().getName(), section.getStartLine(), section.getStartColumn()));
            }
        }
        return Optional.empty();
    }
}
