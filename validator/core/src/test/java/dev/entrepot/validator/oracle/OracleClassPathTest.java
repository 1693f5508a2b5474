package dev.entrepot.validator.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OracleClassPathTest {

    private static final String NOWHERE = "dev.entrepot.validator.oracles.none.Main";

    @TempDir
    Path oracles;

    @AfterEach
    void forget() {
        System.clearProperty(OracleClassPath.PROPERTY);
    }

    @Test
    void a_folder_of_jars_is_found_by_the_oracles_name() throws IOException {
        Path folder = Files.createDirectory(oracles.resolve("mxnet"));
        Files.createFile(folder.resolve("mxnet.jar"));
        System.setProperty(OracleClassPath.PROPERTY, oracles.toString());
        assertThat(OracleClassPath.find("mxnet", NOWHERE)).contains(new OracleClassPath(folder.resolve("*") + ""));
    }

    @Test
    void a_folder_without_jars_holds_no_oracle() throws IOException {
        Files.createDirectory(oracles.resolve("mxnet"));
        System.setProperty(OracleClassPath.PROPERTY, oracles.toString());
        assertThat(OracleClassPath.find("mxnet", NOWHERE)).isEmpty();
    }

    @Test
    void an_oracle_on_our_own_class_path_is_found_by_its_class() {
        assertThat(OracleClassPath.find("none", OracleClassPathTest.class.getName()))
                .contains(new OracleClassPath(System.getProperty("java.class.path")));
    }
}
