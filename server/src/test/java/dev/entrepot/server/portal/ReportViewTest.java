package dev.entrepot.server.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.entrepot.zoo.entry.EntryJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportViewTest {

    private static ReportView view(String json) {
        return ReportView.of(EntryJson.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void sets_of_an_output_are_told_together() {
        OutputView output = view("{'runs':[{'outputs':["
                        + "{'set':'0','name':'y','elements':10,'mismatches':0,'pass':true,"
                        + "'vs_reference':{'max_abs':0.5,'cosine':0.9},'bound':{'atol':1e-5,'rtol':1e-4,'max_error_over_bound':0.5},"
                        + "'spread':{'equal':4,'bins':[{'at_most':1,'elements':6},{'at_most':null,'elements':0}],'sample':[[1,1],[2,2.5]]},"
                        + "'task':{'rows':1,'top1_agree':1.0}},"
                        + "{'set':'1','name':'y','elements':10,'mismatches':2,'pass':false,"
                        + "'vs_reference':{'max_abs':3,'cosine':0.7},'bound':{'max_error_over_bound':40},"
                        + "'spread':{'equal':1,'bins':[{'at_most':1,'elements':7},{'at_most':null,'elements':2}],'sample':[[0,3]]},"
                        + "'task':{'rows':3,'top1_agree':0.0}}]}]}")
                .outputs()
                .get(0);

        assertThat(output.elements()).isEqualTo(20);
        assertThat(output.mismatches()).isEqualTo(2);
        assertThat(output.maxAbsolute()).hasValue(3.0);
        assertThat(output.cosine()).hasValue(0.7);
        assertThat(output.overBound()).hasValue(40.0);
        assertThat(output.agreement()).isEqualTo(0.25);
        assertThat(output.isNear()).isFalse();
        assertThat(output.histogram().orElseThrow().bars())
                .extracting(Histogram.Bar::label, Histogram.Bar::count, Histogram.Bar::style)
                .containsExactly(tuple("equal", 5L, "equal"), tuple("1", 13L, "near"), tuple("more", 2L, "far"));
        assertThat(output.scatter().orElseThrow().dots()).hasSize(3);
    }

    @Test
    void an_output_of_whole_numbers_has_no_plots() {
        OutputView output = view("{'runs':[{'outputs':[{'name':'i','elements':3,'vs_reference':null,'spread':null,"
                        + "'bound':{'atol':0,'rtol':0,'max_error_over_bound':null},'task':null,'pass':true}]}]}")
                .outputs()
                .get(0);

        assertThat(output.histogram()).isEmpty();
        assertThat(output.scatter()).isEmpty();
        assertThat(output.maxAbsolute()).isEmpty();
    }

    @Test
    void a_model_that_could_not_be_loaded_has_no_outputs() {
        ReportView report = view("{'verdict_reason':{'text':'the model cannot be loaded'},'runs':[]}");

        assertThat(report.outputs()).isEmpty();
        assertThat(report.reason()).isEqualTo("the model cannot be loaded");
    }

    @Test
    void equal_references_still_make_a_drawing() {
        Scatter scatter = Scatter.of(List.of(new double[] {2, 2}, new double[] {2, 2}));

        assertThat(scatter.dots()).hasSize(1).allMatch(dot -> Double.isFinite(dot.x()) && Double.isFinite(dot.y()));
    }

    @Test
    void numbers_are_short() {
        assertThat(List.of(Figures.small(0), Figures.small(1e-5), Figures.small(3.58e-7), Figures.small(0.0123)))
                .containsExactly("0", "1e-5", "3.58e-7", "0.0123");
        assertThat(List.of(Figures.small(12.5), Figures.small(2e10), Figures.small(-0.5)))
                .containsExactly("12.5", "2e10", "-0.5");
        assertThat(List.of(
                        Figures.bytes(512), Figures.bytes(16_300), Figures.bytes(999_999), Figures.bytes(102_700_000)))
                .containsExactly("512 B", "16.3 kB", "1.00 MB", "103 MB");
        assertThat(List.of(Figures.roughly(950), Figures.roughly(5_507), Figures.roughly(138_000_000)))
                .containsExactly("950", "5.51 k", "138 M");
    }
}
