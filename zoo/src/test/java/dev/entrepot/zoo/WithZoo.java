package dev.entrepot.zoo;

import dev.entrepot.validator.Validator;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelCard.Lineage;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.publish.Publication;
import dev.entrepot.zoo.recipe.ImportRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An open zoo in a folder of its own for each test. */
abstract class WithZoo {

    static final ModelName NAME = new ModelName("tests", "scaling");
    static final ModelCard CARD = new ModelCard(
            "Scaling",
            "Multiplies. <script>alert(1)</script>",
            "regression",
            "MIT",
            List.of("small"),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Lineage("same_as", "tests/other@1")),
            List.of());

    static Validator validator;

    @TempDir
    Path folder;

    Zoo zoo;

    @BeforeAll
    static void startRuntime() {
        validator = Scaling.validator();
    }

    @BeforeEach
    void open() throws IOException {
        zoo = Zoo.open(folder.resolve("data"));
    }

    @AfterEach
    void close() {
        zoo.close();
    }

    Version publish(float factor) throws IOException {
        ImportRequest request = Scaling.request(folder.resolve("in" + factor), factor, factor);
        return zoo.publish(request, Publication.of(NAME, CARD, "test"), validator)
                .version();
    }
}
