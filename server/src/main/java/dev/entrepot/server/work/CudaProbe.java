package dev.entrepot.server.work;

import dev.entrepot.server.child.ChildEnd;
import dev.entrepot.server.child.ChildLauncher;
import dev.entrepot.server.child.ChildWatch;
import dev.entrepot.server.child.JobFolder;
import dev.entrepot.zoo.WorkFolder;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.entry.EntryJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether models run on CUDA here: libraries may be there and not load, or load and find no card. Only running one tells. */
final class CudaProbe {

    private static final Logger LOG = LoggerFactory.getLogger(CudaProbe.class);
    private static final Path DRIVER = Path.of("/dev/nvidiactl");

    private final Zoo zoo;
    private final Launch launch;
    private final BooleanSupplier stopping;

    CudaProbe(Zoo zoo, Launch launch, BooleanSupplier stopping) {
        this.zoo = zoo;
        this.launch = launch;
        this.stopping = stopping;
    }

    /** Whether there is a driver at all; without one there is nothing to try. */
    static boolean isWorthwhile() {
        return Files.exists(DRIVER);
    }

    /** Runs a bundled model on CUDA as a job would. */
    boolean works() {
        try (WorkFolder work = zoo.workFolder()) {
            JobFolder folder = SampleChild.layOut(
                    SampleChild.named("digits-caffe"), work.path().resolve("job"), "cuda");
            ChildLauncher launcher = launch.launcher();
            ChildEnd end = launcher.run(folder, new Quiet());
            boolean works = end.kind() == ChildEnd.Kind.DONE
                    && folder.result().failure() == null
                    && EntryJson.tree(folder.report())
                            .at("/runs/0/device/kind")
                            .asText()
                            .equals("cuda");
            LOG.info("CUDA {} here {}", works ? "works" : "does not work", end.detail());
            return works;
        } catch (IOException e) {
            LOG.info("CUDA was not tried: {}", e.getMessage());
            return false;
        }
    }

    /** Nobody waits for this child. */
    private final class Quiet implements ChildWatch {
        @Override
        public void progress(String stage, String text) {
            LOG.debug("{}: {}", stage, text);
        }

        @Override
        public boolean shouldStop() {
            return stopping.getAsBoolean();
        }
    }
}
