package dev.entrepot.importers.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Dim;
import org.junit.jupiter.api.Test;

class SizeExprTest {

    private final SizeExpr n = SizeExpr.of(new Atom.Axis("N", 1, Value.NONE, 0));
    private final SizeExpr h = SizeExpr.of(new Atom.Axis("H", 1, Value.NONE, 2));
    private final SizeExpr found = SizeExpr.of(new Atom.Axis("found", 0, Value.NONE, 0));

    @Test
    void expressions_that_are_equal_in_normal_form_are_equal() {
        assertThat(n.plus(h).times(n.minus(h))).isEqualTo(n.times(n).minus(h.times(h)));
        assertThat(n.plus(SizeExpr.of(2)).minus(n)).isEqualTo(SizeExpr.of(2));
        assertThat(n.minus(n)).isEqualTo(SizeExpr.ZERO);
    }

    @Test
    void a_product_is_divided_by_its_factors() {
        SizeExpr windows = n.times(h).times(SizeExpr.of(49));

        assertThat(windows.floorDividedBy(h.times(SizeExpr.of(7)))).isEqualTo(n.times(SizeExpr.of(7)));
        assertThat(windows.modulo(SizeExpr.of(7))).isEqualTo(SizeExpr.ZERO);
        assertThat(n.times(SizeExpr.of(2)).floorDividedBy(SizeExpr.of(4)).isNumber())
                .isFalse();
    }

    @Test
    void numbers_divide_as_in_python() {
        assertThat(SizeExpr.of(-7).floorDividedBy(SizeExpr.of(2))).isEqualTo(SizeExpr.of(-4));
        assertThat(SizeExpr.of(-7).modulo(SizeExpr.of(2))).isEqualTo(SizeExpr.ONE);
        assertThat(SizeExpr.of(7).modulo(SizeExpr.of(-2))).isEqualTo(SizeExpr.of(-1));
    }

    @Test
    void the_size_of_an_input_is_positive_and_a_found_one_may_be_zero() {
        assertThat(n.sign()).hasValue(1);
        assertThat(n.times(h).minus(SizeExpr.ONE).isNeverNegative()).isTrue();
        assertThat(n.negated().sign()).hasValue(-1);
        assertThat(n.minus(h).sign()).isEmpty();
        assertThat(n.minus(SizeExpr.ONE).sign()).isEmpty();
        assertThat(found.sign()).isEmpty();
        assertThat(found.isNeverNegative()).isTrue();
        assertThat(found.plus(SizeExpr.ONE).sign()).hasValue(1);
    }

    @Test
    void the_smaller_and_the_larger_are_found_where_that_can_be_told() {
        assertThat(n.min(n.plus(SizeExpr.ONE))).isEqualTo(n);
        assertThat(n.max(n.plus(SizeExpr.ONE))).isEqualTo(n.plus(SizeExpr.ONE));
        assertThat(n.min(h)).hasToString("min(N, H)");
    }

    @Test
    void a_dimension_is_named_by_its_expression() {
        assertThat(SizeExpr.of(3).toDim()).isEqualTo(Dim.of(3));
        assertThat(n.toDim()).isEqualTo(Dim.of("N"));
        assertThat(h.plus(SizeExpr.ONE).floorDividedBy(SizeExpr.of(2)).toDim())
                .isEqualTo(Dim.of("floor_divide(H + 1, 2)"));
        assertThat(n.times(SizeExpr.of(60)).plus(SizeExpr.of(4))).hasToString("60*N + 4");
        assertThat(h.minus(SizeExpr.of(3))).hasToString("H - 3");
    }

    @Test
    void a_long_expression_is_a_short_name_and_another_one_another() {
        SizeExpr once = nested(h);
        SizeExpr other = nested(h.plus(SizeExpr.ONE));

        assertThat(once.toString()).hasSizeGreaterThan(1024);
        assertThat(once.toDim().toString())
                .hasSize(160)
                .startsWith("floor_divide(max(floor_divide(max(")
                .isEqualTo(nested(h).toDim().toString())
                .isNotEqualTo(other.toDim().toString());
    }

    private SizeExpr nested(SizeExpr size) {
        SizeExpr expression = size;
        for (int i = 0; i < 60; i++) {
            expression = expression.max(n.times(SizeExpr.of(i + 2L))).floorDividedBy(SizeExpr.of(7));
        }
        return expression;
    }

    @Test
    void an_expression_that_doubles_again_and_again_is_refused() {
        assertThatThrownBy(() -> {
                    for (SizeExpr size = h; ; ) {
                        size = size.floorDividedBy(SizeExpr.of(2)).max(size.floorDividedBy(SizeExpr.of(3)));
                    }
                })
                .isInstanceOf(SizeArithmeticException.class)
                .hasMessageContaining("the limit is 2000");
        assertThatThrownBy(() -> {
                    for (SizeExpr size = n.plus(h).plus(found); ; ) {
                        size = size.times(size);
                    }
                })
                .isInstanceOf(SizeArithmeticException.class)
                .hasMessageContaining("the limit is 4096 terms");
    }
}
