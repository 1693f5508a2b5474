package dev.entrepot.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.zoo.catalogue.AuditEntry;
import dev.entrepot.zoo.catalogue.ValidationRun;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.Manifest;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.publish.Candidate;
import dev.entrepot.zoo.publish.NotProvenException;
import dev.entrepot.zoo.publish.Publication;
import dev.entrepot.zoo.publish.Publisher.Sources;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.recipe.Reproduction;
import dev.entrepot.zoo.sample.Sample;
import dev.entrepot.zoo.store.Blob;
import dev.entrepot.zoo.store.CorruptBlobException;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ZooTest extends WithZoo {

    @Test
    void a_published_model_is_there_with_all_that_is_known_of_it() throws IOException {
        Version version = publish(2);

        assertThat(version.name()).hasToString("tests/scaling@1");
        assertThat(version.aliases()).containsExactly("latest");
        assertThat(version.files())
                .extracting(VersionFile::path)
                .containsExactly(
                        "model.onnx",
                        "recipe.json",
                        "reference/test_data_set_0/input_0.pb",
                        "reference/test_data_set_0/output_0.pb",
                        "source/scaling.onnx",
                        "test_data_set_0/input_0.pb",
                        "test_data_set_0/output_0.pb");
        assertThat(version.record().facts().operators()).containsExactly(Map.entry("Mul", 1L));
        assertThat(version.record().facts().opset()).isEqualTo(20);
        assertThat(version.record().facts().precision()).isEqualTo("float32");
        assertThat(version.record().source().framework()).isEqualTo("onnx");
        assertThat(version.record().card()).isEqualTo(CARD);
        ValidationRun run = zoo.catalogue().validations(version).get(0);
        assertThat(run.passed()).isTrue();
        assertThat(run.model()).isEqualTo(version.record().facts().sha256());
        assertThat(run.greatest("max_abs")).hasValue(0.0);
        assertThat(zoo.catalogue().madeFrom("tests/other@1")).containsExactly(version.name());
        assertThat(zoo.catalogue().trail("tests/scaling", 10))
                .extracting(AuditEntry::actor, AuditEntry::deed, AuditEntry::subject)
                .containsExactly(tuple("test", "publish", "tests/scaling@1"));
        assertThat(zoo.verify()).satisfies(found -> {
            assertThat(found.sound()).isTrue();
            assertThat(found.versions()).isEqualTo(1);
        });
    }

    @Test
    void a_model_that_gives_other_numbers_is_not_published() throws IOException {
        ImportRequest wrong = Scaling.request(folder.resolve("in"), 2, 3);

        assertThatThrownBy(() -> zoo.publish(wrong, Publication.of(NAME, CARD, "test"), validator))
                .isInstanceOf(NotProvenException.class)
                .hasMessageContaining("tests/scaling is not published: its validation says fail_conversion");

        assertThat(zoo.catalogue().versions(NAME)).isEmpty();
        assertThat(folder.resolve("data/work")).isEmptyDirectory();
    }

    @Test
    void a_report_about_another_model_proves_nothing() throws IOException {
        ImportRequest good = Scaling.request(folder.resolve("good"), 2, 2);
        ImportRequest other = Scaling.request(folder.resolve("other"), 3, 3);
        Candidate.prepare(good, folder.resolve("candidate"), validator);
        Candidate.prepare(other, folder.resolve("another"), validator);
        Files.copy(
                folder.resolve("another/model.onnx"),
                folder.resolve("candidate/model.onnx"),
                StandardCopyOption.REPLACE_EXISTING);
        Candidate forged = Candidate.read(folder.resolve("candidate"));

        assertThatThrownBy(() -> zoo.publish(forged, Sources.of(good), Publication.of(NAME, CARD, "test")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was validated");
        assertThat(zoo.catalogue().versions(NAME)).isEmpty();
    }

    @Test
    void a_candidate_reads_nothing_outside_its_folder() throws IOException {
        ImportRequest request = Scaling.request(folder.resolve("good"), 2, 2);
        Candidate.prepare(request, folder.resolve("candidate"), validator);
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.delete(folder.resolve("candidate/model.onnx"));
        Files.createSymbolicLink(folder.resolve("candidate/model.onnx"), secret);
        Candidate linked = Candidate.read(folder.resolve("candidate"));

        assertThatThrownBy(() -> zoo.publish(linked, Sources.of(request), Publication.of(NAME, CARD, "test")))
                .hasMessage("model.onnx is a link");
    }

    @Test
    void a_candidate_cannot_pass_off_a_file_as_its_source() throws IOException {
        Candidate.prepare(Scaling.request(folder.resolve("good"), 2, 2), folder.resolve("candidate"), validator);
        Path description = folder.resolve("candidate/candidate.json");
        Files.writeString(description, Files.readString(description).replace("\"test_data\"", "\"source\""));

        assertThatThrownBy(() -> Candidate.read(folder.resolve("candidate")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the files of a candidate are");
    }

    @Test
    void what_another_process_prepared_is_published_from_blobs_alone() throws IOException {
        ImportRequest request = Scaling.request(folder.resolve("in"), 2, 2);
        for (Path file : List.of(
                request.sources().get(0),
                request.reference().resolve("test_data_set_0/input_0.pb"),
                request.reference().resolve("test_data_set_0/output_0.pb"))) {
            zoo.blobs().put(file);
        }
        Candidate.prepare(request, folder.resolve("candidate"), validator);

        Version version = zoo.publish(
                Candidate.read(folder.resolve("candidate")), Sources.STORED, Publication.of(NAME, CARD, "test"));

        assertThat(version).isEqualTo(publish(2));
    }

    @Test
    void garbage_is_what_no_version_report_or_holder_needs() throws IOException {
        Version first = publish(2);
        Version second = publish(3);
        zoo.catalogue().remove(second.name(), "test");
        Digest held = zoo.blobs().put(new byte[] {1}).digest();
        Digest expired = zoo.blobs().put(new byte[] {2}).digest();
        zoo.catalogue().hold("job/1", Set.of(held), null);
        zoo.catalogue().hold("job/2", Set.of(expired), Instant.now().minusSeconds(1));
        assertThat(zoo.collectGarbage(Duration.ofHours(1)).deleted()).isZero();
        makeOld();

        // The model, which is its own source, its manifest, recipe, report and expected output, and the blob whose time
        // is over.
        assertThat(zoo.collectGarbage(Duration.ofHours(1)).deleted()).isEqualTo(6);

        assertThat(zoo.verify().sound()).isTrue();
        assertThat(zoo.blobs().find(held)).isPresent();
        zoo.unpack(first, folder.resolve("out"));
        zoo.catalogue().release("job/1");
        assertThat(zoo.collectGarbage(Duration.ofHours(1)).deleted()).isEqualTo(1);
    }

    @Test
    void an_unpacked_version_is_one_of_onnx_backend_tests() throws IOException {
        zoo.unpack(publish(2), folder.resolve("out"));

        assertThat(validator
                        .validate(folder.resolve("out/model.onnx"), folder.resolve("out"))
                        .passed())
                .isTrue();
    }

    @Test
    void damage_is_found_and_never_served() throws IOException {
        Version version = publish(2);
        Path model = folder.resolve("data/blobs/sha256")
                .resolve(place(version.record().facts().sha256()));
        Files.write(model, new byte[] {0}, StandardOpenOption.APPEND);

        assertThatThrownBy(() -> zoo.open(version, "model.onnx")).isInstanceOf(CorruptBlobException.class);

        // An ONNX model in the house opset is its own source.
        String blob = ", " + version.record().facts().sha256() + ", is missing";
        assertThat(zoo.verify().faults())
                .containsExactly("tests/scaling@1: model.onnx" + blob, "tests/scaling@1: source/scaling.onnx" + blob);
        publish(2);
        assertThat(zoo.verify().sound()).isTrue();
    }

    @Test
    void a_recipe_followed_again_gives_the_same_files_and_a_change_is_reported() throws IOException {
        Version version = publish(2);

        Reproduction again = zoo.reproduce(version);

        assertThat(again.same()).isTrue();
        assertThat(again.files()).isEqualTo(3);

        // A version that claims another output than its recipe gives.
        Digest other = zoo.blobs().put(new byte[] {7}).digest();
        List<VersionFile> files = version.files().stream()
                .map(file -> file.path().equals("test_data_set_0/output_0.pb")
                        ? new VersionFile(file.path(), other, 1, file.role())
                        : file)
                .toList();
        Reproduction changed =
                Reproduction.of(Manifest.of(version.record(), files), zoo.blobs(), folder.resolve("again"));
        assertThat(changed.changes()).singleElement().satisfies(change -> {
            assertThat(change.path()).isEqualTo("test_data_set_0/output_0.pb");
            assertThat(change.was()).isEqualTo(other.toString());
        });
    }

    @Test
    void the_bundled_samples_come_in_once_and_pass() throws IOException {
        List<String> progress = new ArrayList<>();
        Validator whole = new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT);

        List<SampleImport> first = SampleImport.all(zoo, () -> whole, progress::add);
        List<SampleImport> again = SampleImport.all(
                zoo,
                () -> {
                    throw new AssertionError("nothing is left to validate");
                },
                progress::add);

        assertThat(progress).hasSize(Sample.ALL.size());
        assertThat(first).allSatisfy(each -> {
            assertThat(each.report().passed()).isTrue();
            Version version = each.version().orElseThrow();
            assertThat(version.number()).isEqualTo(1);
            assertThat(zoo.catalogue().validations(version).get(0).greatest("top1_agree"))
                    .hasValue(1.0);
        });
        assertThat(again).isEqualTo(first);
        assertThat(zoo.verify().sound()).isTrue();
        for (SampleImport each : first) {
            assertThat(zoo.reproduce(each.version().orElseThrow()).changes())
                    .as(each.sample().name())
                    .isEmpty();
        }
    }

    private void makeOld() throws IOException {
        try (Stream<Blob> all = zoo.blobs().list()) {
            for (Blob blob : all.toList()) {
                Files.setLastModifiedTime(
                        folder.resolve("data/blobs/sha256").resolve(place(blob.digest())),
                        FileTime.from(Instant.now().minus(Duration.ofDays(2))));
            }
        }
    }

    private static Path place(Digest digest) {
        String hex = digest.hex();
        return Path.of(hex.substring(0, 2), hex.substring(2, 4), hex);
    }
}
