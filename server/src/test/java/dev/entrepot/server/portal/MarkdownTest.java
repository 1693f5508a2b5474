package dev.entrepot.server.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards are strangers' texts. */
class MarkdownTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<ScRiPt src=//evil.example/x.js></sCrIpT>",
                "<img src=x onerror=alert(1)>",
                "![x](x\"onerror=\"alert(1))",
                "![x](javascript:alert(1))",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt&#58;alert(1))",
                "[x](java\tscript:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "[x](vbscript:msgbox(1))",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<a href='&#106;avascript:alert(1)'>x</a>",
                "<a href=\"https://example.org\" onclick=\"alert(1)\">x</a>",
                "<svg onload=alert(1)>",
                "<svg><script>alert(1)</script></svg>",
                "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
                "<iframe src=\"https://example.org\"></iframe>",
                "<object data=x></object><embed src=x>",
                "<form action=//evil.example><input name=q></form>",
                "<style>body{display:none}</style>",
                "<p style=\"position:fixed\">x</p>",
                "<link rel=stylesheet href=//evil.example>",
                "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
                "<base href=//evil.example>",
                "<body onload=alert(1)>",
                "<details open ontoggle=alert(1)>",
                "<video src=x onerror=alert(1)>",
                "<div hx-get=\"/api/v1/tokens\" hx-trigger=\"load\">x</div>",
                "<p data-copy=\"x\" class=\"notice\" id=\"main\">x</p>",
                "```\n</code></pre><script>alert(1)</script>\n```",
                "`</code><script>alert(1)</script>`",
                "| a |\n|---|\n| <script>alert(1)</script> |",
                "<<script>script>alert(1)<</script>/script>",
                "<!--><script>alert(1)</script-->",
            })
    void nothing_that_runs_or_loads_comes_through(String markdown) {
        String html = Markdown.html(markdown).toLowerCase(Locale.ROOT);

        assertThat(html)
                .doesNotContainPattern(
                        "<(script|img|svg|math|iframe|object|embed|form|input|style|link|meta|base|body|details|video|div)")
                .doesNotContainPattern("<[^>]*\\s(on\\w+|style|class|id|src|hx-\\w+|data-\\w+)\\s*=")
                .doesNotContainPattern("href=\"\\s*(javascript|vbscript|data)");
    }

    @Test
    void what_a_card_is_made_of_comes_through() {
        assertThat(Markdown.html("# A\n\n## B\n\n### C\n\n*a* **b** `c`\n\n- d\n\n1. e\n\n> f\n\n| g |\n|---|\n| h |"))
                .contains(
                        "<h3>A</h3>", "<h3>B</h3>", "<h4>C</h4>", "<em>a</em>", "<strong>b</strong>", "<code>c</code>")
                .contains("<li>d</li>", "<li>e</li>", "<blockquote>", "<th>g</th>", "<td>h</td>");
    }

    @Test
    void a_link_leads_away_without_lending_our_name() {
        assertThat(Markdown.html("[paper](https://example.org/a?b=1&c=2)"))
                .contains("href=\"https://example.org/a?b&#61;1&amp;c&#61;2\"")
                .containsPattern("rel=\"[^\"]*nofollow[^\"]*\"")
                .containsPattern("rel=\"[^\"]*noopener[^\"]*\"");
    }
}
