package dev.entrepot.validator.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastWordsTest {

    @Test
    void a_failed_check_of_glog_is_the_reason_without_time_and_thread() {
        String log = """
                WARNING: Logging before InitGoogleLogging() is written to STDERR
                F1121 05:00:00.449993 12569 insert_splits.cpp:29] Unknown bottom blob 'data' (layer 'x', bottom index 0)
                *** Check failure stack trace: ***
                """;
        assertThat(LastWords.of(log))
                .isEqualTo("insert_splits.cpp:29: Unknown bottom blob 'data' (layer 'x', bottom index 0)");
    }

    @Test
    void a_complaint_of_the_parser_comes_before_the_check_that_it_failed() {
        String log = """
                [libprotobuf ERROR google/protobuf/text_format.cc:312] Error parsing text-format caffe.NetParameter: 2:6: no
                F1121 05:00:00.449993 1 upgrade_proto.cpp:88] Check failed: ReadProtoFromTextFile(param_file, param) \n\
                """;
        assertThat(LastWords.of(log))
                .isEqualTo("google/protobuf/text_format.cc:312: Error parsing text-format caffe.NetParameter: 2:6: no"
                        + " / upgrade_proto.cpp:88: Check failed: ReadProtoFromTextFile(param_file, param)");
    }

    @Test
    void without_a_known_reason_the_last_lines_are_told() {
        assertThat(LastWords.of("a\nb\nc\n\nd\ne\nf\n")).isEqualTo("b / c / d / e / f");
        assertThat(LastWords.of("")).isEqualTo("the process ended without a word");
    }
}
