package dev.entrepot.formats.torch.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ModelException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged code is refused and nothing else. */
class ScriptMutationTest {

    private static final String CODE = """
            class Net(Module):
              __parameters__ = ["weight", ]
              weight : Tensor
              def forward(self: __torch__.Net,
                x: Tensor) -> Tensor:
                _0 = "text\\n"
                if torch.eq(torch.dim(x), 1):
                  a, b, = torch.split(x, [1, -2], dim=0)
                else:
                  for i in range(3):
                    x = torch.add(x, 1e-05)
                return annotate(Dict[str, Tensor], {"x": (x)[0:2]})
            """;

    @Test
    void damaged_code_is_parsed_or_refused() {
        long seed = 20_240_607;
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder damaged = new StringBuilder(CODE);
            for (int i = 0; i <= random.nextInt(3); i++) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.deleteCharAt(at);
                    case 1 -> damaged.insert(at, CODE.charAt(random.nextInt(CODE.length())));
                    default -> damaged.setCharAt(at, (char) (random.nextInt(128)));
                }
            }
            try {
                SourceUnit.parse("code/net.py", damaged.toString());
            } catch (ModelException e) {
                refused++;
                assertThat(e.getMessage()).as("seed %d round %d", seed, round).startsWith("code/net.py:");
            }
        }
        assertThat(refused).isPositive();
    }
}
