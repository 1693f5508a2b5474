package dev.entrepot.server.portal.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of the documentation; {@code tools/pictures} runs it. */
@EnabledIfSystemProperty(named = "entrepot.pictures", matches = ".+", disabledReason = "tools/pictures runs it")
class PicturesTest {

    private static final String MODEL = "/models/samples/digits-caffe";
    private static final int MOST_BYTES = 150_000;
    private static final long LONGEST = 1400;

    @TempDir
    private Path folder;

    @Test
    void pictures_of_every_page_are_taken() throws IOException, InterruptedException {
        Path target = Files.createDirectories(Path.of(System.getProperty("entrepot.pictures")));
        try (Portal portal = Portal.withSamples(folder)) {
            Browser browser = portal.browser();
            String done = portal.converted(portal.digits(), List.of(portal.reference()), "");
            String failed = portal.converted(
                    List.of(portal.file("odd.prototxt", ConvertingTest.UNKNOWN_LAYERS)), List.of(), "");
            take(browser.on(Browser.Screen.DESKTOP).to("/"), target, "gallery");
            browser.to(MODEL);
            browser.find("[data-sample='7']").click();
            browser.await("the guesses", () -> browser.all("[data-guesses] li").size() == 5);
            take(browser, target, "model");
            browser.to(MODEL + "/versions/1/graph");
            browser.await("the drawing", () -> browser.find(".tools").isDisplayed());
            take(browser, target, "graph");
            take(browser.to("/convert"), target, "convert");
            take(browser.to("/jobs/" + done), target, "job");
            take(browser.on(Browser.Screen.PHONE).to("/jobs/" + done), target, "job-phone");
            take(browser.on(Browser.Screen.DARK_PHONE).to(MODEL), target, "phone-dark");
            take(browser.on(Browser.Screen.DARK).to("/jobs/" + failed), target, "reasons-dark");
        }
    }

    private static void take(Browser browser, Path target, String name) throws IOException {
        byte[] png = Palette.reduced(browser.picture(LONGEST));
        assertThat(png.length).as("bytes of " + name).isLessThan(MOST_BYTES);
        Files.write(target.resolve(name + ".png"), png);
    }
}
