package dev.entrepot.server.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.Digits;
import dev.entrepot.server.Running;
import io.micronaut.http.HttpRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model's pages, of digits whose title is an attack. */
class ModelPageTest {

    private static final String MODEL = "/models/" + Digits.NAME;
    private static final String GRAPH = MODEL + "/versions/1/graph";

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
    void a_model_shows_its_proof_in_words_and_numbers() throws Exception {
        String page = get(MODEL);

        assertThat(page)
                .contains("Every output lies within its bound", "the only output is within its tolerance")
                .contains("max(1e-5, 1e-4 × |reference|)", "<dd>320</dd>", "100.0 %", "in the server's own process")
                .contains("<svg class=\"plot\"", "<svg class=\"plot square\"", "onnxruntime");
    }

    @Test
    void a_model_shows_its_ports_facts_source_recipe_and_versions() throws Exception {
        assertThat(get(MODEL))
                .contains("<code>data</code>", "[N, 1, 8, 8]", "<code>prob</code>", "[N, 10]")
                .contains("5,507", "Conv&#8239;×&#8239;2", "Apache-2.0", "deploy.prototxt", "digits.caffemodel")
                .contains("entrepot zoo reproduce samples/digits-caffe@1", "<span class=\"chip\">latest</span>")
                .contains("normalization (std 255)", "<li class=\"chip\">digit-9</li>");
    }

    @Test
    void its_files_can_be_got() throws Exception {
        String page = get(MODEL);
        Matcher links =
                Pattern.compile("<a href=\"(/api/v1/models/[^\"]+)\" download>").matcher(page);

        int files = 0;
        while (links.find()) {
            assertThat(server.get(links.group(1)).statusCode())
                    .as(links.group(1))
                    .isEqualTo(200);
            files++;
        }
        assertThat(files).isEqualTo(7);
    }

    @Test
    void netron_is_told_where_this_server_is() throws Exception {
        assertThat(get(MODEL))
                .contains("https://netron.app/?url=http%3A%2F%2F127.0.0.1%3A"
                        + server.uri().getPort()
                        + "%2Fapi%2Fv1%2Fmodels%2Fsamples%2Fdigits-caffe%2Fversions%2F1%2Ffiles%2Fmodel.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {MODEL, MODEL + "@latest", MODEL + "@1", MODEL + "/versions/1", MODEL + "/versions/latest"})
    void a_version_has_several_addresses(String address) throws Exception {
        assertThat(get(address)).contains("samples/digits-caffe@1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/models/samples/nothing",
                MODEL + "/versions/7",
                MODEL + "@never",
                "/models/samples/nothing/versions/1/graph"
            })
    void what_is_not_there_is_not_found(String address) throws Exception {
        HttpResponse<String> page = server.get(address, "Accept", "text/html");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    }

    @Test
    void the_list_of_nodes_has_source_layers_shapes_and_attributes() throws Exception {
        assertThat(get(GRAPH))
                .contains("14 nodes", "data-words=\"conv conv1/conv conv1 convolution\"")
                .contains("<dt>Source layer</dt><dd><code>conv1</code> (Convolution)</dd>", "deploy.prototxt")
                .contains("float32[N, 16, 8, 8]", "<dt>kernel_shape</dt>", "<dt>Weights</dt>");
    }

    @Test
    void the_graph_as_json_leads_from_the_inputs_to_the_outputs() throws Exception {
        JsonNode graph = Running.json(server.get("/api/v1" + GRAPH));

        assertThat(graph.get("nodes").size()).isEqualTo(14);
        assertThat(graph.get("inputs").get(0).get("name").asText()).isEqualTo("data");
        assertThat(graph.get("nodes").get(0).get("layer").asText()).isEqualTo("conv1");
        assertThat(graph.get("initializers").toString()).contains("float32[");
        JsonNode edges = graph.get("edges");
        assertThat(edges.get(0).toString())
                .isEqualTo("{\"from\":-1,\"to\":0,\"value\":\"data\",\"type\":\"float32[N, 1, 8, 8]\"}");
        assertThat(edges.get(edges.size() - 1).get("to").asInt()).isEqualTo(-1);
    }

    @Test
    void what_can_be_tried_says_where() throws Exception {
        assertThat(get(MODEL))
                .contains("data-infer=\"/v2/models/samples/digits-caffe/versions/1/infer\"")
                .contains("data-height=\"8\" data-width=\"8\"", "data-sample=\"9\"", "digit-0\ndigit-1");
    }

    @Test
    void the_page_about_the_api_has_lines_that_work_here() throws Exception {
        String page = get("/about");

        assertThat(page).contains("entrepot 0.", server.uri() + "/api/v1/models?q=digits", "Bearer $TOKEN");
        Matcher gets = Pattern.compile("curl (?:-C - -O )?&#39;http://[^/]+(/[^&]+)&#39;")
                .matcher(page);
        while (gets.find()) {
            assertThat(server.get(gets.group(1)).statusCode()).as(gets.group(1)).isEqualTo(200);
        }
    }

    @Test
    void a_host_that_is_none_is_not_repeated() {
        assertThat(Address.of(HttpRequest.GET("/").header("Host", "evil.example/\"><script>")))
                .isEqualTo("http://localhost");
        assertThat(Address.of(HttpRequest.GET("/").header("Host", "[::1]:8080")))
                .isEqualTo("http://[::1]:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", MODEL, GRAPH, "/about", "/nothing", "/?q=%3Cscript%3E"})
    void no_page_has_inline_script_or_style_or_asks_another_host(String address) throws Exception {
        HttpResponse<String> page = server.get(address, "Accept", "text/html");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .contains("<html lang=\"en\">", "<main id=\"main\"", "class=\"skip\"")
                .doesNotContainPattern("<script(?![^>]* src=\"/(assets|webjars)/)")
                .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=\"")
                .doesNotContainPattern("(src|<link[^>]* href)=\"(https?:)?//");
        Matcher loaded =
                Pattern.compile("(?:src|<link[^>]* href)=\"(/[^\"]+)\"").matcher(page.body());
        List<String> missing = loaded.results()
                .map(match -> match.group(1))
                .filter(path -> status(path) != 200)
                .toList();
        assertThat(missing).isEmpty();
    }

    private static int status(String path) {
        try {
            return server.get(path).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String get(String path) throws Exception {
        HttpResponse<String> page = server.get(path, "Accept", "text/html");
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("<script>alert");
        return page.body();
    }
}
