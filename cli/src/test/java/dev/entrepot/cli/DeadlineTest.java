package dev.entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void work_that_is_done_in_time_gives_its_result() throws IOException {
        assertThat(Deadline.within(Duration.ofMinutes(1), () -> "done")).isEqualTo("done");
    }

    @Test
    void work_that_takes_too_long_is_interrupted_and_told_of_its_limit() {
        assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(20), DeadlineTest::sleep))
                .isInstanceOf(IOException.class)
                .hasMessage("not done within 0 s, the limit that --timeout sets");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static String sleep() throws IOException {
        try {
            Thread.sleep(60_000);
            return "woke by itself";
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }
}
