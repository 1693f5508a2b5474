package dev.entrepot.server.work;

import dev.entrepot.server.child.ChildLauncher;
import dev.entrepot.server.child.ClassArchive;
import dev.entrepot.server.work.WorkSettings.Sandboxed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The launcher of a worker's children, made when the first is wanted: what the machine allows takes a moment to find out. */
final class Launch {

    private final WorkSettings settings;
    private final Optional<ClassArchive> archive;
    private @Nullable ChildLauncher launcher;

    Launch(WorkSettings settings, Optional<ClassArchive> archive) {
        this.settings = settings;
        this.archive = archive;
    }

    synchronized ChildLauncher launcher() {
        ChildLauncher found = launcher;
        if (found == null) {
            found = settings.sandboxed() == Sandboxed.NEVER
                    ? ChildLauncher.ofProcesses(settings.limits(), archive)
                    : ChildLauncher.best(settings.limits(), archive);
            launcher = found;
        }
        return found;
    }
}
