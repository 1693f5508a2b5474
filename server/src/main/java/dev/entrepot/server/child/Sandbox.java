package dev.entrepot.server.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A sandbox by bubblewrap: no network, no processes but its own, and a file system that holds Java, this program, what native libraries need and the
 * job's folder, of which {@code out} and {@code tmp} can be written to.
 */
final class Sandbox {

    private static final Path BWRAP = Path.of("/usr/bin/bwrap");
    private static final long PATIENCE_SECONDS = 20;
    private static final List<Path> SYSTEM =
            Stream.of("/lib", "/lib32", "/lib64", "/bin", "/sbin").map(Path::of).toList();
    private static final List<String> OF_LINKER = List.of("/etc/ld.so.cache", "/etc/alternatives");
    private static final List<String> DEVICES = List.of(
            "/dev/nvidiactl",
            "/dev/nvidia-uvm",
            "/dev/nvidia-uvm-tools",
            "/dev/nvidia0",
            "/dev/nvidia1",
            "/dev/nvidia2",
            "/dev/nvidia3",
            "/dev/nvidia4",
            "/dev/nvidia5",
            "/dev/nvidia6",
            "/dev/nvidia7");

    private static final String MOST_IN_MEMORY = Long.toString(1L << 30);

    /** Files and folders that a child reads, as far as they exist. */
    private final Set<Path> readable;

    private Sandbox(Set<Path> readable) {
        this.readable = readable;
    }

    /** The sandbox for this program on this machine. */
    static Sandbox ofThisProgram() {
        Set<Path> readable = new LinkedHashSet<>();
        Path home = Path.of(System.getProperty("java.home"));
        readable.add(home);
        linkedFrom(home, readable);
        OF_LINKER.forEach(file -> readable.add(Path.of(file)));
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                classPath(Path.of(entry).toAbsolutePath(), readable);
            }
        }
        readable.removeIf(path -> path.startsWith("/usr"));
        return new Sandbox(readable);
    }

    /** Debian keeps a JDK's configuration below /etc, and links to it. */
    private static void linkedFrom(Path home, Set<Path> readable) {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isSymbolicLink)::iterator) {
                Path target = file.toRealPath();
                if (!target.startsWith(home)) {
                    Path parent = target.getParent();
                    readable.add(Files.isDirectory(target) || parent == null ? target : parent);
                }
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // A link that leads nowhere here leads nowhere there.
        }
    }

    /** An entry of the class path, and the jars that its manifest names. */
    private static void classPath(Path entry, Set<Path> readable) {
        readable.add(entry);
        if (!Files.isRegularFile(entry)) {
            return;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String more = manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
            for (String name : more == null ? new String[0] : more.trim().split("\\s+")) {
                Path folder = Path.of(entry.toUri().resolve(name)).getParent();
                if (folder != null) {
                    readable.add(folder);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // What is no jar names no others.
        }
    }

    /** Whether it works here: it may be installed and yet not be allowed. */
    boolean works() {
        if (!Files.isExecutable(BWRAP)) {
            return false;
        }
        try {
            Path folder = Files.createTempDirectory("entrepot-probe");
            try {
                List<String> words = new ArrayList<>(words(folder, Map.of("LC_ALL", "C.UTF-8"), Devices.NONE));
                words.add(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
                words.add("-version");
                Process process = new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                process.destroyForcibly();
                return ended && process.exitValue() == 0;
            } finally {
                Files.delete(folder);
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether a child may use graphics cards. */
    enum Devices {
        NONE,
        CUDA
    }

    /** The words that put whatever command follows into the sandbox with a job's folder. */
    List<String> words(JobFolder folder, Map<String, String> variables, Devices devices, Optional<Path> archive) {
        List<String> words = words(folder.path(), variables, devices);
        archive.ifPresent(file -> words.addAll(List.of("--ro-bind", file.toString(), file.toString())));
        List<String> own = List.of(
                "--bind",
                folder.out().toString(),
                folder.out().toString(),
                "--bind",
                folder.tmp().toString(),
                folder.tmp().toString(),
                "--remount-ro",
                "/",
                "--chdir",
                folder.out().toString());
        words.addAll(own);
        return words;
    }

    private List<String> words(Path folder, Map<String, String> variables, Devices devices) {
        List<String> words = new ArrayList<>(List.of(
                BWRAP.toString(),
                "--unshare-all",
                "--die-with-parent",
                "--new-session",
                "--clearenv",
                "--ro-bind",
                "/usr",
                "/usr"));
        for (Path path : SYSTEM) {
            system(path, words);
        }
        words.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--size", MOST_IN_MEMORY, "--tmpfs", "/tmp"));
        if (devices == Devices.CUDA) {
            DEVICES.forEach(device -> words.addAll(List.of("--dev-bind-try", device, device)));
            words.addAll(List.of("--ro-bind-try", "/sys", "/sys"));
        }
        // Folders before what lies in them.
        for (Path path : new TreeSet<>(readable)) {
            if (!Files.exists(path)) {
                continue;
            }
            words.addAll(List.of("--ro-bind", path.toString(), path.toString()));
        }
        for (Path cache : ChildCommand.caches()) {
            String place = cache.toString();
            // What has never been unpacked on this machine is unpacked into memory.
            words.addAll(
                    Files.isDirectory(cache)
                            ? List.of("--ro-bind", place, place)
                            : List.of("--size", MOST_IN_MEMORY, "--tmpfs", place));
        }
        words.addAll(List.of("--ro-bind", folder.toString(), folder.toString()));
        variables.forEach((name, value) -> words.addAll(List.of("--setenv", name, value)));
        return words;
    }

    /** Where /lib and its like are links into /usr, they are links there too. */
    private static void system(Path path, List<String> words) {
        try {
            if (Files.isSymbolicLink(path)) {
                words.addAll(List.of("--symlink", Files.readSymbolicLink(path).toString(), path.toString()));
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                words.addAll(List.of("--ro-bind", path.toString(), path.toString()));
            }
        } catch (IOException e) {
            // Then there is none.
        }
    }
}
