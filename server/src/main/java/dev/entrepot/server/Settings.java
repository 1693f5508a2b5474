package dev.entrepot.server;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.webjars.WebJarVersionLocator;

/** What Micronaut is told, all in one place. */
final class Settings {

    /** Libraries of the browser, served below {@code /webjars/NAME/} without their version. */
    private static final List<String> WEBJARS = List.of("swagger-ui", "htmx.org", "cytoscape", "dagre");

    private Settings() {}

    static Map<String, Object> of(ServerConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("micronaut.application.name", "entrepot");
        listening(config, settings);
        management(settings);
        resources(settings);
        return settings;
    }

    private static void listening(ServerConfig config, Map<String, Object> settings) {
        ServerLimits limits = config.limits();
        settings.put("micronaut.server.host", config.host());
        settings.put("micronaut.server.port", config.port() == 0 ? -1 : config.port());
        // Uploads stream, everything else is held in memory and has the smaller limit.
        settings.put("micronaut.server.max-request-size", limits.uploadBytes());
        settings.put("micronaut.server.max-request-buffer-size", limits.bodyBytes());
        settings.put("micronaut.server.idle-timeout", limits.idle());
        settings.put("micronaut.server.read-idle-timeout", limits.idle());
        settings.put("micronaut.server.netty.max-header-size", limits.headerBytes());
        settings.put("micronaut.server.netty.max-initial-line-length", limits.headerBytes());
        settings.put("micronaut.server.netty.keep-alive-on-server-error", true);
        settings.put("micronaut.server.thread-selection", "MANUAL");
        // Pages of other sites may read models from a server on this machine, as Netron does; AccessFilter keeps them
        // from more.
        settings.put("micronaut.server.cors.localhost-pass-through", true);
    }

    private static void management(Map<String, Object> settings) {
        settings.put("endpoints.all.enabled", false);
        settings.put("endpoints.health.enabled", true);
        settings.put("endpoints.health.sensitive", false);
        settings.put("endpoints.health.details-visible", "ANONYMOUS");
        settings.put("endpoints.prometheus.enabled", true);
        settings.put("endpoints.prometheus.sensitive", false);
        settings.put("micronaut.metrics.export.prometheus.enabled", true);
        settings.put("micronaut.metrics.export.prometheus.descriptions", true);
    }

    private static void resources(Map<String, Object> settings) {
        WebJarVersionLocator versions = new WebJarVersionLocator();
        for (String name : WEBJARS) {
            serve(
                    settings,
                    name,
                    "META-INF/resources/webjars/" + name + "/" + versions.version(name),
                    "/webjars/" + name);
        }
        serve(settings, "docs", "dev/entrepot/server/docs", "/docs");
        serve(settings, "assets", "dev/entrepot/server/assets", "/assets");
    }

    private static void serve(Map<String, Object> settings, String name, String folder, String path) {
        String prefix = "micronaut.router.static-resources." + name.replace('.', '-');
        settings.put(prefix + ".paths", List.of("classpath:" + folder));
        settings.put(prefix + ".mapping", path + "/**");
    }
}
