package dev.entrepot.server.work;

import dev.entrepot.server.child.ChildLauncher;
import dev.entrepot.server.work.WorkSettings.Sandboxed;
import org.jspecify.annotations.Nullable;

/** The launcher of a worker's children, made when the first is wanted: what the machine allows takes a moment to find out. */
final class Launch {

    private final WorkSettings settings;
    private @Nullable ChildLauncher launcher;

    Launch(WorkSettings settings) {
        this.settings = settings;
    }

    synchronized ChildLauncher launcher() {
        ChildLauncher found = launcher;
        if (found == null) {
            found = settings.sandboxed() == Sandboxed.NEVER
                    ? ChildLauncher.ofProcesses(settings.limits())
                    : ChildLauncher.best(settings.limits());
            launcher = found;
        }
        return found;
    }
}
