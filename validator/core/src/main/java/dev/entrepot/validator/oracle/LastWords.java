package dev.entrepot.validator.oracle;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds in what a framework printed before it died the lines that say why. */
final class LastWords {

    /** {@code F1121 05:00:00.449993 12569 insert_splits.cpp:29] Unknown bottom blob}; the time and the thread say nothing. */
    private static final Pattern GLOG_FATAL = Pattern.compile("^F\\d{4} \\S+ +\\d+ ([^\\]]+)\\] (.*)$");

    /** {@code [libprotobuf ERROR google/protobuf/text_format.cc:307] Error parsing text-format caffe.NetParameter: 3:9: ...}. */
    private static final Pattern PROTOBUF_ERROR = Pattern.compile("^\\[libprotobuf (?:ERROR|FATAL) ([^\\]]+)\\] (.*)$");

    /** {@code #  SIGSEGV (0xb) at pc=0x00007f32660af349, pid=15605}, and further down the function in which it happened. */
    private static final Pattern CRASH = Pattern.compile("^# +(SIG[A-Z]+ \\(\\w+\\)).*|^# (C +\\[.*)$");

    private static final int LINES_WITHOUT_A_REASON = 5;

    private LastWords() {}

    /** The reasons in one line, or the last lines where none is known to be a reason. */
    static String of(String log) {
        List<String> lines = log.lines().toList();
        String reasons = lines.stream().flatMap(line -> reason(line).stream()).collect(Collectors.joining(" / "));
        if (!reasons.isEmpty()) {
            return reasons;
        }
        String last = lines.stream()
                .filter(line -> !line.isBlank())
                .skip(Math.max(0, lines.stream().filter(line -> !line.isBlank()).count() - LINES_WITHOUT_A_REASON))
                .collect(Collectors.joining(" / "));
        return last.isEmpty() ? "the process ended without a word" : last;
    }

    private static Optional<String> reason(String line) {
        for (Pattern pattern : List.of(PROTOBUF_ERROR, GLOG_FATAL)) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                return Optional.of(matcher.group(1) + ": " + matcher.group(2).strip());
            }
        }
        Matcher crash = CRASH.matcher(line);
        if (!crash.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(crash.group(1)).or(() -> Optional.ofNullable(crash.group(2)));
    }
}
