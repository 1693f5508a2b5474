package dev.entrepot.server.portal.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every page owes everybody, on every screen. */
class EveryPageTest {

    @TempDir
    private static Path folder;

    private static Portal portal;
    private static Browser browser;
    private static List<String> pages = List.of();

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        portal = Portal.open(folder);
        browser = portal.browser();
        String done = portal.converted(portal.digits(), List.of(portal.reference()), "");
        String unproven = portal.converted(portal.digits(), List.of(), "");
        String failed = portal.converted(
                List.of(portal.file(
                        "a_rather_long_name_of_a_file_that_does_not_break.prototxt", "layer { type: \"<b>\" }")),
                List.of(),
                "");
        pages = List.of(
                "/",
                "/?q=nothing-has-this-name",
                "/models/samples/digits-caffe",
                "/models/samples/digits-caffe/versions/1/graph",
                "/about",
                "/convert",
                "/convert?job=" + done,
                "/jobs",
                "/jobs?state=running",
                "/jobs/" + done,
                "/jobs/" + unproven,
                "/jobs/" + failed,
                "/docs/index.html");
    }

    @AfterAll
    static void close() {
        if (portal != null) {
            portal.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Browser.Screen.class)
    void no_page_complains_or_scrolls_sideways(Browser.Screen screen) {
        browser.on(screen);
        for (String page : pages) {
            browser.to(page);
            browser.await("the page", () -> !browser.all("main, #swagger-ui").isEmpty());
            assertThat(browser.complaints()).as("console of " + page).isEmpty();
            assertThat(browser.sidewaysPixels())
                    .as("sideways pixels of " + page)
                    .isLessThanOrEqualTo(0);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Browser.Screen.class,
            names = {"DESKTOP", "DARK_PHONE"})
    void no_page_of_ours_has_barriers(Browser.Screen screen) {
        browser.on(screen);
        for (String page : pages) {
            if (!page.startsWith("/docs")) {
                browser.to(page);
                assertThat(browser.barriers()).as("barriers of " + page).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Browser.Screen.class)
    void what_is_not_there_is_told_on_a_page(Browser.Screen screen) {
        browser.on(screen).to("/jobs/0000");
        assertThat(browser.text("main")).contains("404", "there is no such job");
        assertThat(browser.sidewaysPixels()).isLessThanOrEqualTo(0);
        browser.complaints();
    }
}
