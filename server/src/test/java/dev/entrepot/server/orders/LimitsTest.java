package dev.entrepot.server.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.server.Ordering;
import dev.entrepot.server.Running;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.server.config.ServerLimits;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.zoo.ZooSettings;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {

    @TempDir
    Path data;

    @TempDir
    Path folder;

    @Test
    void a_full_queue_is_told_with_the_time_to_come_back() throws Exception {
        try (Running server =
                Running.on(writable().withLimits(ServerLimits.DEFAULT.withWaitingJobs(2)), Ordering.NOBODY_WORKS)) {
            String order = Ordering.sample(server, folder, "");
            HttpResponse<String> first = Ordering.convert(server, with(order, 1));
            Ordering.convert(server, with(order, 2));
            HttpResponse<String> third = Ordering.convert(server, with(order, 3));

            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
            assertThat(Running.json(third).get("kind").asText()).isEqualTo("too-many-requests");
            // An order that joins a job needs no place.
            assertThat(Ordering.convert(server, with(order, 1)).statusCode()).isEqualTo(202);
            server.bean(Jobs.class).cancel(Running.json(first).get("id").asText(), "test");
            assertThat(Ordering.convert(server, with(order, 3)).statusCode()).isEqualTo(202);
        }
    }

    @Test
    void a_full_disk_is_told() throws Exception {
        ZooSettings roomy = ZooSettings.in(data);
        String order;
        try (Running server = Running.on(writable(), Ordering.NOBODY_WORKS)) {
            order = Ordering.sample(server, folder, "");
        }
        ZooSettings full = new ZooSettings(data, roomy.database(), Long.MAX_VALUE / 2, roomy.clock());
        try (Running server = Running.on(writable().withZoo(full), Ordering.NOBODY_WORKS)) {
            HttpResponse<String> upload = server.send(server.to("/api/v1/uploads?name=x")
                    .header("Content-Type", "application/octet-stream")
                    .POST(BodyPublishers.ofByteArray(new byte[1000])));

            assertThat(upload.statusCode()).as(upload.body()).isEqualTo(507);
            assertThat(Running.json(upload).get("kind").asText()).isEqualTo("storage-full");
            // Whose files are in the store already still is served.
            assertThat(Ordering.convert(server, order).statusCode()).isEqualTo(202);
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
        }
    }

    private ServerConfig writable() {
        return ServerConfig.onLoopback(0, data).withAnonymous(Anonymous.WRITE);
    }

    private static String with(String order, int number) {
        return order.substring(0, order.length() - 1) + ",\"weights_key\":\"" + number + "\"}";
    }
}
