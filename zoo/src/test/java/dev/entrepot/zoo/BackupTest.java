package dev.entrepot.zoo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.zoo.catalogue.Version;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackupTest extends WithZoo {

    @Test
    void a_backup_taken_while_models_come_in_is_a_whole_zoo() throws Exception {
        Version first = publish(2);
        zoo.blobs().put(new byte[] {1});
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Future<Integer> publishing = threads.submit(() -> {
            int factor = 3;
            while (!enough.get()) {
                publish(factor++);
            }
            return factor;
        });
        Path file = folder.resolve("backup.zip");

        Backup written = Backup.write(zoo, file);
        enough.set(true);
        publishing.get();
        threads.shutdown();
        Backup restored = Backup.restore(file, ZooSettings.in(folder.resolve("restored")));

        assertThat(restored).isEqualTo(written);
        assertThat(written.catalogue()).isTrue();
        try (Zoo other = Zoo.open(folder.resolve("restored"))) {
            assertThat(other.verify().faults()).isEmpty();
            Version again = other.catalogue().get(first.name());
            assertThat(again.digest()).isEqualTo(first.digest());
            assertThat(again.content()).isEqualTo(first.content());
        }
        assertThat(folder.resolve("data/work")).isEmptyDirectory();
    }

    @Test
    void a_zoo_that_is_there_is_not_overwritten() throws IOException {
        publish(2);
        Path file = folder.resolve("backup.zip");
        Backup.write(zoo, file);

        assertThatThrownBy(() -> Backup.restore(file, ZooSettings.in(folder.resolve("data"))))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void a_damaged_backup_makes_no_zoo() throws IOException {
        publish(2);
        Path file = folder.resolve("backup.zip");
        Backup.write(zoo, file);
        String bytes = Files.readString(file, ISO_8859_1);
        assertThat(bytes).contains("entrepot-recipe/1");
        Files.writeString(file, bytes.replace("entrepot-recipe/1", "entrepot-recipe/2"), ISO_8859_1);

        assertThatThrownBy(() -> Backup.restore(file, ZooSettings.in(folder.resolve("restored"))))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("restored/catalogue.mv.db")).doesNotExist();
    }
}
