package dev.entrepot.server.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.server.Digits;
import dev.entrepot.server.Running;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first page, and what all pages share. */
class GalleryTest {

    @TempDir
    static Path data;

    private static Running server;

    @BeforeAll
    static void start() throws Exception {
        Digits.publish(data);
        server = Running.on(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_card_shows_what_a_model_is() throws Exception {
        HttpResponse<String> page = server.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.body())
                .contains("<html lang=\"en\">", "<title>Models · Entrepot</title>", "<main id=\"main\"")
                .contains("href=\"/models/samples/digits-caffe\"", "samples/digits-caffe@1", "5.51 k", "Proven")
                .contains("1 model");
    }

    @Test
    void a_title_is_text() throws Exception {
        assertThat(server.get("/").body())
                .contains("Digits &lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void what_is_searched_for_stands_in_the_field_as_text() throws Exception {
        String page = server.get("/?q=%22%3E%3Cimg%20src=x%3E").body();

        assertThat(page).contains("value=\"&#34;>&lt;img src=x>\"").doesNotContain("<img src=x");
    }

    @Test
    void a_search_that_finds_nothing_says_what_to_do() throws Exception {
        assertThat(server.get("/?q=nothing-is-called-this").body())
                .contains("Nothing fits", "0 models found", "Show all models");
    }

    @Test
    void a_choice_stays_chosen_and_can_be_taken_back() throws Exception {
        String page = server.get("/?framework=caffe&q=&order=newest").body();

        assertThat(page)
                .containsPattern(
                        "<input type=\"checkbox\" id=\"framework-[0-9a-f]+\" name=\"framework\" value=\"caffe\" checked>")
                .contains("<option value=\"newest\" selected>", "1 model found", "Clear all");
    }

    @Test
    void an_empty_zoo_says_what_to_do(@TempDir Path empty) throws Exception {
        try (Running other = Running.on(empty)) {
            assertThat(other.get("/").body()).contains("The zoo is empty", "href=\"/convert\"");
        }
    }

    @Test
    void a_search_that_cannot_be_understood_is_told_on_a_page() throws Exception {
        HttpResponse<String> page = server.get("/?limit=x", "Accept", "text/html");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("<p class=\"eyebrow\">400</p>", "the search cannot be understood");
    }

    @Test
    void what_is_not_there_is_told_on_a_page_and_its_words_are_text() throws Exception {
        HttpResponse<String> page = server.get("/nothing/%3Cscript%3Ealert(1)%3C/script%3E", "Accept", "text/html");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is no such thing").doesNotContain("<script>");
    }

    @Test
    void what_pages_load_is_there() throws Exception {
        for (String path : new String[] {
            "/assets/entrepot.css",
            "/assets/mark.svg",
            "/webjars/htmx.org/dist/htmx.min.js",
            "/webjars/htmx.org/dist/ext/sse.js",
            "/webjars/cytoscape/dist/cytoscape.min.js",
            "/webjars/dagre/dist/dagre.min.js"
        }) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
        }
    }
}
