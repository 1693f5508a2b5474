package dev.entrepot.cli;

import dev.entrepot.zoo.Backup;
import dev.entrepot.zoo.Verification;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.recipe.Reproduction;
import dev.entrepot.zoo.recipe.Reproduction.Change;
import dev.entrepot.zoo.store.GarbageCollection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The verbs of {@code entrepot zoo} that keep a zoo sound. */
final class ZooUpkeep {

    private ZooUpkeep() {}

    /** {@code zoo verify}: hash everything. */
    @Command(name = "verify", description = "Hash every blob and look whether every version is whole.")
    static final class Verify implements Callable<Integer> {

        @ParentCommand
        private ZooCommand zoo = new ZooCommand();

        @Mixin
        private ZooOptions where = new ZooOptions();

        @Override
        public Integer call() throws IOException {
            try (Zoo open = where.openExisting()) {
                Verification found = open.verify();
                List<String> lines = new ArrayList<>(found.faults());
                lines.add("%,d blobs, %,d bytes, %,d versions: %s"
                        .formatted(
                                found.blobs(),
                                found.bytes(),
                                found.versions(),
                                found.sound() ? "sound" : found.faults().size() + " faults"));
                zoo.console()
                        .result(
                                Json.of(found),
                                String.join(System.lineSeparator(), lines),
                                found.sound() ? "sound" : "damaged");
                return found.sound() ? ExitCode.DONE : ExitCode.VALIDATION_FAILED;
            }
        }
    }

    /** {@code zoo reproduce}: follow recipes again. */
    @Command(name = "reproduce", description = "Follow the recipes of versions again and compare what comes out.")
    static final class Reproduce implements Callable<Integer> {

        @ParentCommand
        private ZooCommand zoo = new ZooCommand();

        @Mixin
        private ZooOptions where = new ZooOptions();

        @Parameters(
                arity = "0..*",
                paramLabel = "NAMESPACE/NAME[@VERSION]",
                description = "The versions. Default: all.")
        private List<String> names = new ArrayList<>();

        /** A version and what came out. */
        record Outcome(String name, Reproduction reproduction) {}

        @Override
        public Integer call() throws IOException {
            List<Outcome> outcomes = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            try (Zoo open = where.openExisting()) {
                List<VersionName> wanted = names.isEmpty()
                        ? open.catalogue().allVersions()
                        : names.stream().map(ZooCommand::version).toList();
                for (VersionName name : wanted) {
                    Version version = open.catalogue().get(name);
                    zoo.console().progress("following the recipe of " + version.name() + " ...");
                    Reproduction again = open.reproduce(version);
                    outcomes.add(new Outcome(version.name().toString(), again));
                    lines.add(version.name() + ": "
                            + (again.same() ? again.files() + " files, all the same" : "differs") + ", made by "
                            + again.converterThen() + ", now by " + again.converterNow());
                    for (Change change : again.changes()) {
                        lines.add("  " + change.path() + " was " + change.was() + ", is " + change.is());
                    }
                }
            }
            boolean same =
                    outcomes.stream().allMatch(outcome -> outcome.reproduction().same());
            zoo.console()
                    .result(Json.of(outcomes), String.join(System.lineSeparator(), lines), same ? "same" : "changed");
            return same ? ExitCode.DONE : ExitCode.VALIDATION_FAILED;
        }
    }

    /** {@code zoo gc}: free room. */
    @Command(name = "gc", description = "Delete blobs that nothing needs, and what broken-off writes left.")
    static final class Collect implements Callable<Integer> {

        @ParentCommand
        private ZooCommand zoo = new ZooCommand();

        @Mixin
        private ZooOptions where = new ZooOptions();

        @Option(
                names = "--grace",
                paramLabel = "HOURS",
                defaultValue = "24",
                description = "Spare what came in within so many hours; it may be needed in a moment."
                        + " Default: ${DEFAULT-VALUE}.")
        private long hours;

        @Override
        public Integer call() throws IOException {
            if (hours < 1) {
                throw new UsageException("--grace " + hours + ": it must be at least 1");
            }
            try (Zoo open = where.openExisting()) {
                GarbageCollection done = open.collectGarbage(Duration.ofHours(hours));
                zoo.console()
                        .result(
                                Json.of(done),
                                "%,d blobs deleted, %,d bytes, %,d broken-off writes"
                                        .formatted(done.deleted(), done.bytes(), done.abandoned()),
                                Integer.toString(done.deleted()));
            }
            return ExitCode.DONE;
        }
    }

    /** {@code zoo backup}: all in one file. */
    @Command(name = "backup", description = "Write the whole zoo to a zip file, also while it is in use.")
    static final class BackUp implements Callable<Integer> {

        @ParentCommand
        private ZooCommand zoo = new ZooCommand();

        @Mixin
        private ZooOptions where = new ZooOptions();

        @Parameters(paramLabel = "FILE", description = "The zip file.")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException {
            try (Zoo open = where.openExisting()) {
                Backup written = Backup.write(open, file);
                if (!written.catalogue()) {
                    zoo.console().progress("the catalogue is in PostgreSQL and not in the file; pg_dump saves it");
                }
                zoo.console().result(answer(file, written), text(file, written), file.toString());
            }
            return ExitCode.DONE;
        }
    }

    /** {@code zoo restore}: a zoo from a file. */
    @Command(name = "restore", description = "Make a zoo of a backup, in a folder that has none.")
    static final class Restore implements Callable<Integer> {

        @ParentCommand
        private ZooCommand zoo = new ZooCommand();

        @Mixin
        private ZooOptions where = new ZooOptions();

        @Parameters(paramLabel = "FILE", description = "The zip file.")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException {
            Backup restored = Backup.restore(file, where.settings());
            zoo.console().result(answer(file, restored), text(file, restored), file.toString());
            return ExitCode.DONE;
        }
    }

    private static Object answer(Path file, Backup backup) {
        return Json.of(Map.of(
                "file", file.toString(),
                "blobs", backup.blobs(),
                "bytes", backup.bytes(),
                "catalogue", backup.catalogue()));
    }

    private static String text(Path file, Backup backup) {
        return "%s: %,d blobs, %,d bytes, %s"
                .formatted(
                        file,
                        backup.blobs(),
                        backup.bytes(),
                        backup.catalogue() ? "and the catalogue" : "no catalogue");
    }
}
