package dev.entrepot.validator.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PowerMeterTest {

    @Test
    void different_values_have_power() {
        Power power = power(Tensor.vector(1f, 2f, 2f, -3f));

        assertThat(power.isDegenerate()).isFalse();
        assertThat(power.distinct()).isEqualTo(3);
        assertThat(power.least()).isEqualTo(-3);
        assertThat(power.greatest()).isEqualTo(2);
    }

    @Test
    void zeros_have_none() {
        assertThat(power(Tensor.vector(0, -0f, 0)).weakness()).isEqualTo("all of its 3 elements are 0");
    }

    @Test
    void a_constant_within_its_tolerance_has_none() {
        assertThat(power(Tensor.vector(0.25f, 0.25001f)).weakness())
                .startsWith("its 2 elements lie between 0.25 and 0.25");
        assertThat(power(Tensor.vector(0.25f, 0.26f)).isDegenerate()).isFalse();
    }

    @Test
    void one_number_per_set_is_judged_over_all_sets() {
        assertThat(power(Tensor.scalar(1f), Tensor.scalar(0f)).isDegenerate()).isFalse();
        assertThat(power(Tensor.scalar(.7f), Tensor.scalar(.7f)).isDegenerate()).isTrue();
    }

    @Test
    void a_single_number_has_power_unless_it_is_0_or_1() {
        assertThat(power(Tensor.scalar(.7f)).isDegenerate()).isFalse();
        assertThat(power(Tensor.scalar(1f)).weakness())
                .isEqualTo("it is a single 1.0, which many wrong models give too");
    }

    @Test
    void nothing_and_nothing_finite_have_none() {
        assertThat(power(Tensor.of(Shape.of(0), new float[0])).weakness()).isEqualTo("it has no elements");
        assertThat(power(Tensor.vector(Float.NaN, Float.NaN)).weakness()).isEqualTo("none of its 2 elements is finite");
    }

    @Test
    void whole_numbers_are_counted() {
        Power power = power(Tensor.vector(3L, 3L, -4L));

        assertThat(power.floatingPoint()).isFalse();
        assertThat(power.distinct()).isEqualTo(2);
        assertThat(power.least()).isEqualTo(-4);
        assertThat(power(Tensor.vector(3L, 3L)).weakness()).isEqualTo("all of its 2 elements are the same");
    }

    private static Power power(Tensor... references) {
        PowerMeter meter = new PowerMeter("y", Tolerance.standard(DataType.FLOAT));
        for (Tensor reference : references) {
            meter.add(reference);
        }
        return meter.power();
    }
}
