package dev.entrepot.traced;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceExpressionTest {

    @Test
    void a_call_follows_the_file() {
        assertThat(SourceExpression.parse("dir/nets.py:resnet(n=3)"))
                .contains(new SourceExpression("dir/nets.py", "resnet(n=3)"));
    }

    @Test
    void a_file_alone_is_none() {
        assertThat(SourceExpression.parse("nets.py")).isEmpty();
        assertThat(SourceExpression.parse("nets.py:")).isEmpty();
        assertThat(SourceExpression.parse("model.pt")).isEmpty();
    }
}
