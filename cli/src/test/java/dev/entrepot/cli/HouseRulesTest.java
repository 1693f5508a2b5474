package dev.entrepot.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that no module can check alone; this one sees them all. */
class HouseRulesTest {

    private static final String ROOT = "dev.entrepot";

    /** Surefire runs in the module's folder. */
    private static final Path REPOSITORY = Path.of("..");

    /** Not on this module's class path, and never to be. */
    private static final List<Path> ORACLE_CLASSES = Stream.of("caffe", "libtorch")
            .map(oracle -> REPOSITORY.resolve("validator/oracles/" + oracle + "/target/classes"))
            .toList();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importLocations(locations());

    /** Libraries, and the only packages that may see them. */
    private static final Map<String, List<String>> ONLY_IN = Map.ofEntries(
            entry("com.google.protobuf..", List.of("onnx.io", "formats.caffe..", "formats.tensorflow..")),
            entry("ai.onnxruntime..", List.of("validator.run")),
            entry("org.nd4j..", List.of("validator.compare", "validator.reference")),
            entry("org.bytedeco..", List.of("validator.oracles..")),
            entry("io.jhdf..", List.of("formats.hdf5")),
            entry("picocli..", List.of("cli..")),
            entry("org.graalvm..", List.of("traced..")),
            entry("com.oracle.truffle..", List.of("traced..")),
            entry("io.micronaut..", List.of("server..")),
            entry("reactor..", List.of("server..")),
            entry("io.swagger..", List.of("server..")),
            entry("io.github.bucket4j..", List.of("server.access")),
            entry("io.micrometer..", List.of("server.tracking")),
            entry("org.webjars..", List.of("server")),
            entry("com.github.kagkarlsson..", List.of("server.work")),
            entry("gg.jte..", List.of("server.portal..")),
            entry("org.commonmark..", List.of("server.portal")),
            entry("org.owasp..", List.of("server.portal")),
            entry("org.h2..", List.of("zoo.catalogue")),
            entry("org.postgresql..", List.of("zoo.catalogue")),
            entry("com.zaxxer..", List.of("zoo.catalogue")),
            entry("org.flywaydb..", List.of("zoo.catalogue")));

    /** Packages that turn bytes into models: the same bytes give the same model, whoever asks, whenever. */
    private static final String[] READING =
            in("bytes..", "tensor..", "onnx..", "formats..", "importers..").toArray(String[]::new);

    static Stream<Map.Entry<String, List<String>>> libraries() {
        return ONLY_IN.entrySet().stream().sorted(Map.Entry.comparingByKey());
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void a_library_is_seen_only_by_the_packages_named_for_it(Map.Entry<String, List<String>> library) {
        String[] allowed = in(library.getValue().toArray(String[]::new)).toArray(String[]::new);

        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library.getKey())
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"caffe", "torch", "chainer", "keras", "tensorflow", "mxnet", "theano"})
    void a_framework_does_not_see_another_framework(String framework) {
        String own = ROOT + ".*." + framework + "..";
        String any = ROOT + ".*.[caffe|torch|chainer|keras|tensorflow|mxnet|theano]..";

        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAPackage(any)
                        .and(describe(
                                "another framework's",
                                other -> !resideInAPackage(own).test(other))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void importers_and_exporters_do_not_see_each_other() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".importers..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".exporters..")
                .allowEmptyShould(true)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".exporters..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".importers..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void only_an_oracle_sees_the_oracles() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".validator.oracles..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".validator.oracles..")
                .check(CLASSES);
    }

    @Test
    void reading_code_neither_logs_nor_prints() {
        noClasses()
                .that()
                .resideInAnyPackage(READING)
                .should(ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(READING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(READING)
                .should()
                .callMethod(System.class, "getLogger", String.class)
                .check(CLASSES);
    }

    @Test
    void reading_code_starts_no_threads() {
        // FollowingDigest is of the writer: it hashes a file while the writer still appends to it.
        noClasses()
                .that()
                .resideInAnyPackage(READING)
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".onnx.io.FollowingDigest")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.lang", "java.util.concurrent", "java.util")
                        .and(describe(
                                "threads",
                                type -> type.getSimpleName()
                                        .matches("Thread|Timer|Executor.*|ForkJoin.*|CompletableFuture"))))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(READING)
                .should()
                .callMethod(Stream.class, "parallel")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(READING)
                .should()
                .callMethod(Collection.class, "parallelStream")
                .check(CLASSES);
    }

    @Test
    void reading_code_opens_no_sockets() {
        noClasses()
                .that()
                .resideInAnyPackage(READING)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "javax.net..")
                        .or(describe(
                                "socket channels",
                                type -> type.getName().matches("java\\.nio\\.channels\\..*Socket.*"))))
                .check(CLASSES);
    }

    @Test
    void reading_code_does_not_touch_the_clock() {
        noClasses()
                .that()
                .resideInAnyPackage(READING)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.time..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Date")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }

    @Test
    void packages_form_no_cycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void every_package_says_what_it_is_and_is_null_marked() {
        assertThat(packages(CLASSES.getPackage(ROOT)))
                .filteredOn(found -> !found.getClasses().isEmpty())
                .allSatisfy(found -> assertThat(found.isAnnotatedWith(NullMarked.class))
                        .as("package-info.java of %s with @NullMarked", found.getName())
                        .isTrue());
    }

    @Test
    void names_say_what_a_thing_is() {
        classes()
                .should()
                .haveNameNotMatching(".*(Util|Utils|Helper|Helpers|Manager|Common|Base|Impl)")
                .check(CLASSES);
    }

    @Test
    void no_source_file_is_longer_than_400_lines() throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            assertThat(files.filter(HouseRulesTest::isOurSource).filter(file -> lines(file) > 400))
                    .isEmpty();
        }
    }

    private static boolean isOurSource(Path file) {
        return file.toString().endsWith(".java") && !file.toString().contains("/target/");
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JavaPackage> packages(JavaPackage top) {
        List<JavaPackage> found = new ArrayList<>(List.of(top));
        top.getSubpackages().forEach(sub -> found.addAll(packages(sub)));
        return found;
    }

    private static Set<Location> locations() {
        Set<Location> locations = new HashSet<>(Locations.ofPackage(ROOT));
        ORACLE_CLASSES.forEach(classes -> locations.add(Location.of(classes)));
        return locations;
    }

    private static List<String> in(String... packages) {
        return Stream.of(packages).map(name -> ROOT + "." + name).toList();
    }
}
