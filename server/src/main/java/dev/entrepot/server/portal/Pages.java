package dev.entrepot.server.portal;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** Makes pages from templates. They were compiled with the server, so nothing is read or compiled when a page is made. */
@Singleton
public final class Pages {

    private static final MediaType HTML = MediaType.of("text/html;charset=utf-8");

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    /**
     * A page with status 200.
     *
     * @param template the template's file in {@code src/main/jte}, without its ending
     * @param page what its parameter {@code page} is
     */
    public MutableHttpResponse<String> page(String template, Object page) {
        return HttpResponse.ok(html(template, page)).contentType(HTML).header("Cache-Control", "no-cache");
    }

    /** The same as text. */
    public String html(String template, Object page) {
        StringOutput html = new StringOutput(16 << 10);
        templates.render(template + ".jte", page, html);
        return html.toString().stripLeading();
    }
}
