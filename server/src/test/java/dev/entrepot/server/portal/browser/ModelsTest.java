package dev.entrepot.server.portal.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** From the gallery to a model, to its graph, and to trying it. */
class ModelsTest {

    @TempDir
    private static Path folder;

    private static Portal portal;
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        portal = Portal.open(folder);
        browser = portal.browser().on(Browser.Screen.DESKTOP);
    }

    @AfterAll
    static void close() {
        if (portal != null) {
            portal.close();
        }
    }

    @Test
    void the_gallery_leads_to_a_model_and_to_its_graph() {
        browser.to("/");
        browser.find(".crate h2 a").click();
        browser.await("the model's page", () -> browser.path().startsWith("/models/samples/digits-caffe"));
        // What strangers call their models is text.
        assertThat(browser.text("h1")).isEqualTo("Digits <script>alert(1)</script>");
        assertThat(browser.text("main")).contains("Proven", "prob", "data");

        browser.find("a[href$='/graph']").click();
        browser.await("the graph's page", () -> browser.path().endsWith("/graph"));
        browser.await("the drawing", () -> browser.find(".tools").isDisplayed());
        assertThat(browser.all("[data-canvas] canvas")).isNotEmpty();
        int nodes = browser.all("[data-nodes] > li").size();
        assertThat(nodes).isEqualTo(14);
        browser.find("#filter").sendKeys("conv1");
        browser.await("fewer nodes", () -> shownNodes() < nodes);
        assertThat(shownNodes()).isPositive();
        assertThat(browser.complaints()).isEmpty();
    }

    private static long shownNodes() {
        return browser.all("[data-nodes] > li").stream()
                .filter(WebElement::isDisplayed)
                .count();
    }

    /** Strokes are given as points on a square of 100 by 100. */
    @ParameterizedTest
    @CsvSource({"1, 34 30 52 10 52 92", "7, 22 12 78 12 42 92", "3, 24 12 74 12 46 42 72 56 72 80 46 92 22 82"})
    void a_digit_that_is_drawn_is_recognised(int digit, String stroke) {
        browser.to("/models/samples/digits-caffe");
        browser.await("the pad", () -> browser.find("canvas.pad").isDisplayed());

        draw(stroke.split(" "));

        browser.await("five guesses", () -> browser.all("[data-guesses] li").size() == 5);
        assertThat(browser.text("[data-guesses] li")).startsWith("digit-" + digit);
        assertThat(browser.text("[data-status]")).contains("digit-" + digit);
        assertThat(browser.complaints()).isEmpty();
    }

    private static void draw(String[] numbers) {
        WebElement pad = browser.find("canvas.pad");
        Actions hand = new Actions(browser.driver(), Duration.ofMillis(20));
        for (int i = 0; i < numbers.length; i += 2) {
            hand.moveToElement(pad, offset(numbers[i], pad), offset(numbers[i + 1], pad));
            if (i == 0) {
                hand.clickAndHold();
            }
        }
        hand.release().perform();
    }

    /** From the middle of the pad, as the driver counts. */
    private static int offset(String hundredth, WebElement pad) {
        return (Integer.parseInt(hundredth) - 50) * pad.getSize().getWidth() / 100;
    }
}
