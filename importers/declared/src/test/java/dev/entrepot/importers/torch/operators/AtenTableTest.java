package dev.entrepot.importers.torch.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.importers.torch.schema.AtenSchemas;
import org.junit.jupiter.api.Test;

class AtenTableTest {

    @Test
    void every_operator_has_one_line() {
        assertThat(AtenTable.names()).hasSizeGreaterThan(600);
    }

    @Test
    void every_line_is_of_an_operator_that_pytorch_has() {
        assertThat(AtenTable.names()).allSatisfy(name -> {
            String operator = name.replace("complex ", "").split("\\.", 2)[0];
            boolean known = !AtenSchemas.overloads(operator).isEmpty()
                    || !AtenSchemas.overloads(operator + "_").isEmpty();
            assertThat(known).as(name).isTrue();
        });
    }

    @Test
    void a_refusal_says_why() {
        assertThat(AtenTable.refusal("aten::bernoulli").orElseThrow()).contains("random numbers");
        assertThat(AtenTable.refusal("aten::relu")).isEmpty();
    }
}
