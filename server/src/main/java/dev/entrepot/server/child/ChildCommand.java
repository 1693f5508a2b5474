package dev.entrepot.server.child;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a child's JVM is started. */
final class ChildCommand {

    private static final long MIB = 1L << 20;
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final String SILENT = "org.slf4j.nop.NOPServiceProvider";
    /** What a child inherits: where native libraries and caches are, and how Java talks to CUDA. */
    private static final List<String> VARIABLES = List.of(
            "PATH",
            "HOME",
            "XDG_CACHE_HOME",
            "ENTREPOT_ORT_NATIVES",
            "LD_LIBRARY_PATH",
            "CUDA_VISIBLE_DEVICES",
            "NVIDIA_TF32_OVERRIDE",
            "NVIDIA_VISIBLE_DEVICES",
            "OMP_NUM_THREADS");

    private final ChildLimits limits;

    ChildCommand(ChildLimits limits) {
        this.limits = limits;
    }

    /** The words of the command that starts Java for a job's folder. */
    List<String> java(JobFolder folder, ChildOrder order, List<String> archive) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-Xmx" + limits.heapBytes() / MIB + "m");
        words.add("-XX:MaxDirectMemorySize=" + limits.directBytes() / MIB + "m");
        words.add("-XX:+ExitOnOutOfMemoryError");
        words.add("-XX:+UseSerialGC");
        if (order.runsOnce()) {
            // What the second compiler would make of it comes too late.
            words.add("-XX:TieredStopAtLevel=1");
        }
        words.add("-XX:-UsePerfData");
        words.add("-XX:-CreateCoredumpOnCrash");
        words.add("-XX:ErrorFile=" + folder.tmp().resolve("hs_err.log"));
        words.addAll(archive);
        // The JVM's own warnings belong on standard error, and that the archive does not fit is none.
        words.add("-Xlog:disable");
        words.add("-Xlog:all=warning,cds*=off:stderr");
        if (Runtime.version().feature() >= 23) {
            words.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (Runtime.version().feature() >= 22) {
            words.add("--enable-native-access=ALL-UNNAMED");
        }
        words.add("-Djava.io.tmpdir=" + folder.tmp());
        words.add("-Duser.home=" + System.getProperty("user.home"));
        if (ChildCommand.class.getClassLoader().getResource(SILENT.replace('.', '/') + ".class") != null) {
            words.add("-Dslf4j.provider=" + SILENT);
        }
        words.add("-Dslf4j.internal.verbosity=WARN");
        words.add(Child.class.getName());
        words.add(folder.path().toString());
        words.add(Long.toString(Math.max(1, limits.wall().toMillis() * 9 / 10)));
        return words;
    }

    /** What limits whatever command follows; empty where nothing can. */
    List<String> limits(ChildOrder order) {
        if (!Files.isExecutable(PRLIMIT)) {
            return List.of();
        }
        List<String> words = new ArrayList<>(List.of(PRLIMIT.toString()));
        // CUDA reserves more addresses than any limit that would hold others.
        if (!order.usesCuda()) {
            words.add("--as=" + limits.addressBytes());
        }
        words.add("--cpu=" + limits.wall().toSeconds() * Runtime.getRuntime().availableProcessors());
        words.add("--nofile=" + limits.files());
        words.add("--fsize=" + limits.fileBytes());
        words.add("--core=0");
        return words;
    }

    /** What lets others go first, whatever command follows; empty where nothing does. */
    static List<String> nice() {
        return Files.isExecutable(NICE) ? List.of(NICE.toString(), "-n", "19") : List.of();
    }

    /** Where libraries keep what they have unpacked; a child reads it, and unpacks in vain what is not there. */
    static List<Path> caches() {
        String chosen = System.getenv("XDG_CACHE_HOME");
        Path home = Path.of(System.getProperty("user.home"));
        Path cache = chosen == null || chosen.isEmpty() ? home.resolve(".cache") : Path.of(chosen);
        String natives = System.getenv("ENTREPOT_ORT_NATIVES");
        List<Path> caches = new ArrayList<>(List.of(
                cache.resolve("entrepot"), cache.resolve("org.graalvm.polyglot"), home.resolve(".javacpp/cache")));
        if (natives != null && !natives.isEmpty()) {
            caches.add(Path.of(natives).toAbsolutePath());
        }
        return caches;
    }

    /** The variables of a child. The class path is one of them, because it may be longer than ONNX Runtime likes a command line to be. */
    static Map<String, String> environment(JobFolder folder) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String name : VARIABLES) {
            String value = System.getenv(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        variables.put("CLASSPATH", System.getProperty("java.class.path"));
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("TMPDIR", folder.tmp().toString());
        return variables;
    }
}
