package dev.entrepot.server.portal.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** From dropped files to a proven model, or to reasons. */
class ConvertingTest {

    static final String UNKNOWN_LAYERS = """
            name: "odd"
            input: "data"
            input_shape { dim: 1 dim: 3 dim: 8 dim: 8 }
            layer {
              name: "twist"
              type: "Twist"
              bottom: "data"
              top: "a"
            }
            layer {
              name: "again"
              type: "Twist"
              bottom: "a"
              top: "b"
            }
            """;

    private static final String FAULTY_SOURCE = """
            import torch


            class Net(torch.nn.Module):
                def forward(self, x):
                    y = torch.relu(x)
                    return y.nonsense()
            """;

    @TempDir
    private static Path folder;

    private static Portal portal;
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        portal = Portal.open(folder);
        browser = portal.browser();
    }

    @AfterAll
    static void close() {
        if (portal != null) {
            portal.close();
        }
    }

    @BeforeEach
    void begin() {
        network(false, -1);
        browser.on(Browser.Screen.DESKTOP).to("/convert");
    }

    @Test
    void a_caffe_pair_with_its_reference_becomes_a_proven_model() throws Exception {
        choose(portal.digits());
        assertThat(browser.find("#publish").isDisplayed()).isFalse();
        browser.find("#reference").sendKeys(portal.reference().toString());
        browser.find("#model").sendKeys("tests/digits");
        browser.find("#title").sendKeys("Digits <b>dropped</b>");
        browser.find("#licence").sendKeys("Apache-2.0");

        convert();
        awaitEnd("Done");

        assertThat(browser.text(".progress")).contains("Asked for", "Taken by a worker", "Done");
        assertThat(browser.text("[aria-labelledby=proof]")).contains("Proven", "prob", "100.0 %", "within");
        assertThat(browser.text("[aria-labelledby=result]")).contains("caffe", "opset 20", "data: float32[N, 1, 8, 8]");
        assertThat(browser.text(".notice.pass")).contains("tests/digits@1");
        String address =
                String.valueOf(browser.find(".downloads a[href$='model.onnx']").getAttribute("href"));
        String path = address.substring(portal.server().uri().toString().length());
        byte[] onnx = portal.fetch(path);
        assertThat(browser.text(".downloads")).contains(Digest.of(onnx).hex());
        browser.find(".notice.pass a").click();
        browser.await("the model's page", () -> browser.path().startsWith("/models/tests/digits"));
        assertThat(browser.text()).contains("Digits <b>dropped</b>");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void without_a_reference_it_says_that_nothing_is_proven() throws Exception {
        assertThat(browser.text()).contains("Without a reference nothing is proven.");
        choose(portal.digits());

        convert();
        awaitEnd("Done");

        assertThat(browser.text()).contains("Nothing is proven.", "model.onnx");
    }

    @Test
    void layers_that_are_not_supported_are_told_with_their_lines() throws Exception {
        choose(List.of(portal.file("odd.prototxt", UNKNOWN_LAYERS)));

        convert();
        awaitEnd("Failed");

        assertThat(browser.text(".failure"))
                .contains("Not supported", "odd.prototxt:4:7", "odd.prototxt:10:7", "Twist");
        browser.find(".as-text summary").click();
        assertThat(browser.text("#reasons-text")).contains("odd.prototxt:4:7: layer \"twist\" (Twist)");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void an_error_in_python_source_is_told_with_its_line_and_can_be_mended() throws Exception {
        choose(List.of(portal.file("faulty.py", FAULTY_SOURCE)));
        convert();
        assertThat(browser.text("#rows .error")).contains("does not tell what makes the network");
        assertThat(browser.path()).isEqualTo("/convert");

        browser.find("#rows .expression").sendKeys("Net()");
        browser.find("#inputs").sendKeys("x:float32[N,3,8,8]");
        convert();
        awaitEnd("Failed");
        assertThat(browser.text(".failure")).contains("faulty.py:7", "nonsense");

        browser.find(".failure a.button").click();
        browser.await("the form once more", () -> browser.path().startsWith("/convert?job="));
        assertThat(browser.find("#rows .expression").getAttribute("value")).isEqualTo("Net()");
        assertThat(browser.find("#inputs").getAttribute("value")).isEqualTo("x:float32[N,3,8,8]");
        assertThat(browser.text("#rows .size")).isEqualTo("on the server");
        choose(List.of(portal.file("faulty.py", FAULTY_SOURCE.replace("y.nonsense()", "y"))));
        browser.find("#rows .expression").sendKeys("Net()");
        convert();
        awaitEnd("Done");
    }

    @Test
    void the_form_works_by_keyboard_alone() throws Exception {
        browser.find("#files").sendKeys(String.join("\n", names(portal.digits())));
        var body = browser.driver().switchTo().activeElement();
        browser.find("#rows li:last-child .remove").sendKeys(Keys.ENTER);
        browser.await("one file to be left", () -> browser.all("#rows li").size() == 1);
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(browser.find("#files"));
        assertThat(body).isNotNull();
        browser.find("#rows .remove").sendKeys(Keys.SPACE);
        browser.await("no file to be left", () -> browser.all("#rows li").isEmpty());
        browser.find("#go").sendKeys(Keys.ENTER);
        assertThat(browser.text("#files-error")).isEqualTo("Choose the model's files first.");
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(browser.find("#files"));
    }

    @Test
    void an_upload_goes_on_where_it_was_cut() throws Exception {
        byte[] bytes = new byte[10 << 20];
        new Random(7).nextBytes(bytes);
        Path large = Files.write(folder.resolve("large.caffemodel"), bytes);
        choose(List.of(large));
        network(false, 3 << 20);
        convert();
        browser.await(
                "some of it to be there",
                () -> browser.find("#rows .note").getText().matches("[4-9]\\.\\d MB of .*"));
        network(true, 0);
        browser.awaitText("#rows .note", "The connection was cut");
        network(false, -1);

        awaitEnd("Failed");

        assertThat(browser.text("[aria-labelledby=order]"))
                .contains(Digest.of(bytes).hex().substring(0, 16));
        browser.complaints();
    }

    @Test
    void the_list_shows_a_new_job_by_itself() throws Exception {
        browser.to("/jobs");
        String id = portal.converted(List.of(portal.file("new.prototxt", UNKNOWN_LAYERS)), List.of(), "");
        browser.await("the new job", () -> !browser.all("#job-" + id).isEmpty());
        browser.await("its end", () -> browser.text().contains("Failed"));
        browser.all(".states a").stream()
                .filter(link -> link.getText().startsWith("Failed"))
                .findFirst()
                .orElseThrow()
                .click();
        browser.await("the failed ones", () -> browser.path().equals("/jobs?state=failed"));
        browser.find("#job-" + id).click();
        browser.await("the job", () -> browser.path().equals("/jobs/" + id));
    }

    private static void choose(List<Path> files) {
        browser.find("#files").sendKeys(String.join("\n", names(files)));
        browser.await("the chosen files", () -> browser.all("#rows li").size() >= files.size());
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(Path::toString).collect(Collectors.toList());
    }

    private static void convert() {
        browser.find("#go").click();
    }

    private static void awaitEnd(String state) {
        browser.await("the job's page", () -> browser.path().startsWith("/jobs/"));
        browser.awaitText(".state", state);
    }

    /** @param bytesPerSecond how fast things are sent; -1 for as fast as can be */
    private static void network(boolean offline, int bytesPerSecond) {
        browser.driver().executeCdpCommand("Network.enable", Map.of());
        browser.driver()
                .executeCdpCommand(
                        "Network.emulateNetworkConditions",
                        Map.of(
                                "offline",
                                offline,
                                "latency",
                                0,
                                "downloadThroughput",
                                -1,
                                "uploadThroughput",
                                bytesPerSecond));
    }
}
