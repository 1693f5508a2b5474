package dev.entrepot.server.portal.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.entrepot.server.Running;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;

/** Debian's Chromium without a window, looking at a server. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final ChromeDriver driver;
    private final Running server;

    private Browser(ChromeDriver driver, Running server) {
        this.driver = driver;
        this.server = server;
    }

    /** Skips the test where there is no browser. */
    static void assumeInstalled() {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "no browser: " + CHROMIUM + " and " + DRIVER
                        + " (packages chromium and chromium-driver) are not both there");
    }

    /** @param profile an empty folder for all that it keeps */
    static Browser open(Running server, Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--force-color-profile=srgb",
                "--user-data-dir=" + profile.resolve("profile"));
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        // Named, so that nothing looks for a driver on the network.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        return new Browser(new ChromeDriver(service, options), server);
    }

    /** A screen. */
    enum Screen {
        DESKTOP(1280, 900, "light"),
        PHONE(390, 844, "light"),
        DARK(1280, 900, "dark"),
        DARK_PHONE(390, 844, "dark");

        private final int width;
        private final int height;
        private final String scheme;

        Screen(int width, int height, String scheme) {
            this.width = width;
            this.height = height;
            this.scheme = scheme;
        }

        boolean isPhone() {
            return width < 500;
        }
    }

    ChromeDriver driver() {
        return driver;
    }

    Browser on(Screen screen) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        screen.width,
                        "height",
                        screen.height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        screen.isPhone()));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", screen.scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        return this;
    }

    /** Goes to a page of the server. */
    Browser to(String path) {
        driver.get(server.uri() + path);
        return this;
    }

    String path() {
        return driver.getCurrentUrl().substring(server.uri().toString().length());
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** What an element says, once it is there. */
    String text(String css) {
        await(css + " to be there", () -> !all(css).isEmpty());
        return find(css).getText();
    }

    /** All that the page says. */
    String text() {
        return find("body").getText();
    }

    /** Waits until the page says something. */
    void awaitText(String css, String text) {
        await("\"" + text + "\" in " + css, () -> find(css).getText().contains(text));
    }

    /** Waits until something is so; tells the page if it never is. */
    void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
                Thread.sleep(50);
            } catch (NoSuchElementException | StaleElementReferenceException e) {
                // The page is being changed.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
        throw new AssertionError("waited in vain for " + what + " at " + path() + ":\n" + text() + "\n" + complaints());
    }

    /** What the console was told since this was asked last: errors, warnings, and what the Content-Security-Policy forbade. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** How many pixels of the page lie beyond the screen's right edge. */
    long sidewaysPixels() {
        return (Long) driver.executeScript(
                "return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth");
    }

    /** What axe-core finds wrong for those who use a keyboard or a screen reader: WCAG 2 levels A and AA. */
    List<String> barriers() {
        driver.executeScript(axe());
        Object found = driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}).then(result => done(result.violations"
                + ".flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html + ' ' + node.failureSummary))))");
        List<String> barriers = new ArrayList<>();
        ((List<?>) found).forEach(one -> barriers.add(String.valueOf(one)));
        return barriers;
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole page, or its first part if that is longer than some pixels, as a PNG. */
    byte[] picture(long longest) {
        long height = (Long) driver.executeScript("return document.documentElement.scrollHeight");
        long width = (Long) driver.executeScript("return window.innerWidth");
        Object clip = Map.of("x", 0, "y", 0, "width", width, "height", Math.min(height, longest), "scale", 1);
        Map<String, Object> shot = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "clip", clip, "captureBeyondViewport", true));
        return OutputType.BYTES.convertFromBase64Png(String.valueOf(shot.get("data")));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
