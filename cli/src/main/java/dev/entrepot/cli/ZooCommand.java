package dev.entrepot.cli;

import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.catalogue.Search;
import dev.entrepot.zoo.catalogue.Search.Facet;
import dev.entrepot.zoo.catalogue.ValidationRun;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.catalogue.VersionSummary;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code entrepot zoo}: the zoo's own verbs, and those that look into it and name things. */
@Command(
        name = "zoo",
        description = "Keep models: list, show, add, verify, remove, export, back up.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ZooCommand.Browse.class,
            ZooCommand.Show.class,
            ZooAddCommand.class,
            ZooCommand.Export.class,
            ZooCommand.Remove.class,
            ZooCommand.Point.class,
            ZooUpkeep.Verify.class,
            ZooUpkeep.Reproduce.class,
            ZooUpkeep.Collect.class,
            ZooUpkeep.BackUp.class,
            ZooUpkeep.Restore.class
        })
final class ZooCommand implements Runnable {

    /** Who does what the command line asks for, in the audit. */
    static final String ACTOR = "cli";

    @ParentCommand
    private Entrepot entrepot = new Entrepot();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Where results go. */
    Console console() {
        return entrepot.console();
    }

    /** Without a verb there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Reads a version's name as it is given on the command line. */
    static VersionName version(String text) {
        try {
            return VersionName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** {@code zoo list}: what is there. */
    @Command(name = "list", description = "List the newest version of each model.")
    static final class Browse implements Callable<Integer> {

        @ParentCommand
        private ZooCommand zoo = new ZooCommand();

        @Mixin
        private ZooOptions where = new ZooOptions();

        @Parameters(arity = "0..*", paramLabel = "WORD", description = "Words that are said about a model.")
        private List<String> words = new ArrayList<>();

        @Option(
                names = "--with",
                paramLabel = "FACET=VALUE",
                description =
                        "Only models of this framework, task, licence, opset, namespace, operator or tag. Repeatable.")
        private List<String> facets = new ArrayList<>();

        @Override
        public Integer call() throws IOException {
            Search search = Search.ALL.withText(String.join(" ", words));
            for (String facet : facets) {
                search = chosen(search, facet);
            }
            try (Zoo open = where.openExisting()) {
                Search.Found found = open.catalogue().search(search);
                zoo.console().result(Json.of(found), table(found), names(found));
            }
            return ExitCode.DONE;
        }

        private static Search chosen(Search search, String facet) {
            int equals = facet.indexOf('=');
            for (Facet each : Facet.values()) {
                if (equals > 0 && facet.substring(0, equals).equals(each.word())) {
                    return search.with(each, facet.substring(equals + 1));
                }
            }
            throw new UsageException("--with " + facet + ": FACET=VALUE is expected, such as framework=caffe");
        }

        private static String table(Search.Found found) {
            List<List<String>> rows = new ArrayList<>();
            for (VersionSummary version : found.versions()) {
                rows.add(List.of(
                        version.model() + "@" + version.number(),
                        (version.framework() + " " + version.format()).strip(),
                        version.task(),
                        version.licence(),
                        Long.toString(version.nodes()),
                        "%,d".formatted(version.parameters()),
                        version.verdict()));
            }
            return Texts.columns(List.of("model", "source", "task", "licence", "nodes", "parameters", "verdict"), rows);
        }

        private static String names(Search.Found found) {
            return String.join(
                    System.lineSeparator(),
                    found.versions().stream()
                            .map(version -> version.model() + "@" + version.number())
                            .toList());
        }
    }

    /** {@code zoo show}: a version. */
    @Command(name = "show", description = "Show a version: its ports, files and validations.")
    static final class Show implements Callable<Integer> {

        @ParentCommand
        private ZooCommand zoo = new ZooCommand();

        @Mixin
        private ZooOptions where = new ZooOptions();

        @Parameters(
                paramLabel = "NAMESPACE/NAME[@VERSION]",
                description = "The version: a number, an alias or sha256:...")
        private String name = "";

        @Override
        public Integer call() throws IOException {
            try (Zoo open = where.openExisting()) {
                Version version = open.catalogue().get(version(name));
                List<ValidationRun> validations = open.catalogue().validations(version);
                List<VersionSummary> versions = open.catalogue().versions(version.model());
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("name", version.name().toString());
                json.put("digest", version.digest().toString());
                json.put("published", version.published());
                json.put("published_by", version.publishedBy());
                json.put("aliases", version.aliases());
                json.put("record", version.record());
                json.put("files", version.files());
                json.put("validations", validations);
                json.put("versions", versions);
                zoo.console()
                        .result(
                                Json.of(json),
                                ZooTexts.of(version, validations),
                                version.model() + "@" + version.digest());
            }
            return ExitCode.DONE;
        }
    }

    /** {@code zoo export}: a version's files. */
    @Command(
            name = "export",
            description = "Copy a version's files to a folder: model.onnx, test_data_set_N, its source and recipe.")
    static final class Export implements Callable<Integer> {

        @ParentCommand
        private ZooCommand zoo = new ZooCommand();

        @Mixin
        private ZooOptions where = new ZooOptions();

        @Parameters(index = "0", paramLabel = "NAMESPACE/NAME[@VERSION]", description = "The version.")
        private String name = "";

        @Option(
                names = {"-o", "--output"},
                required = true,
                paramLabel = "DIR",
                description = "The folder.")
        private Path folder = Path.of("");

        @Override
        public Integer call() throws IOException {
            try (Zoo open = where.openExisting()) {
                Version version = open.catalogue().get(version(name));
                open.unpack(version, folder);
                zoo.console()
                        .result(
                                Json.of(Map.of(
                                        "name", version.name().toString(),
                                        "digest", version.digest().toString(),
                                        "folder", folder.toString(),
                                        "files", version.files())),
                                version.name() + ": " + version.files().size() + " files in " + folder,
                                folder.toString());
            }
            return ExitCode.DONE;
        }
    }

    /** {@code zoo remove}: a version, or a whole model. */
    @Command(name = "remove", description = "Remove a version, or with --all every version of a model.")
    static final class Remove implements Callable<Integer> {

        @ParentCommand
        private ZooCommand zoo = new ZooCommand();

        @Mixin
        private ZooOptions where = new ZooOptions();

        @Parameters(paramLabel = "NAMESPACE/NAME[@VERSION]", description = "What to remove.")
        private String name = "";

        @Option(names = "--all", description = "All versions of the model.")
        private boolean all;

        @Override
        public Integer call() throws IOException {
            if (all == name.contains("@")) {
                throw new UsageException(
                        "name a version, such as " + version(name).model() + "@3, or a model with --all");
            }
            VersionName version = version(name);
            try (Zoo open = where.openExisting()) {
                int removed = 1;
                if (all) {
                    removed = open.catalogue().removeAll(version.model(), ACTOR);
                } else {
                    open.catalogue().remove(version, ACTOR);
                }
                zoo.console()
                        .result(
                                Json.of(Map.of("removed", name, "versions", removed)),
                                name + ": " + removed + " removed; 'zoo gc' frees their room",
                                name);
            }
            return ExitCode.DONE;
        }
    }

    /** {@code zoo alias}: a name that moves. */
    @Command(name = "alias", description = "Point an alias to a version, or delete it with --delete.")
    static final class Point implements Callable<Integer> {

        @ParentCommand
        private ZooCommand zoo = new ZooCommand();

        @Mixin
        private ZooOptions where = new ZooOptions();

        @Parameters(index = "0", paramLabel = "NAMESPACE/NAME@ALIAS", description = "The alias.")
        private String alias = "";

        @Parameters(index = "1", arity = "0..1", paramLabel = "VERSION", description = "A number or sha256:...")
        private @Nullable String target;

        @Option(names = "--delete", description = "Delete it.")
        private boolean delete;

        @Override
        public Integer call() throws IOException {
            VersionName name = version(alias);
            if (!(name.selector() instanceof Selector.Alias wanted) || wanted.equals(Selector.LATEST)) {
                throw new UsageException(alias + ": an alias is expected, and \"latest\" moves by itself");
            }
            if (delete == (target != null)) {
                throw new UsageException("name a version to point " + alias + " to, or --delete");
            }
            try (Zoo open = where.openExisting()) {
                boolean there = true;
                if (target == null) {
                    there = open.catalogue().unpoint(name.model(), wanted, ACTOR);
                } else {
                    open.catalogue().point(wanted, version(name.model() + "@" + target), ACTOR);
                }
                String text = target != null
                        ? alias + " is version " + target
                        : there ? alias + " is gone" : alias + " was not there";
                zoo.console().result(Json.of(Map.of("alias", alias, "changed", there)), text, alias);
            }
            return ExitCode.DONE;
        }
    }
}
