package dev.entrepot.onnx.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A table of operators, each with all its versions.
 *
 * <p>The table stays text: an operator is looked up there by bisection and read when it is first asked for. Safe for use by many threads.
 * The domain {@code ai.onnx} is accepted everywhere and is the same as the empty one.
 */
public final class Operators {

    /** Operators are parted by empty lines; an operator's place is that of the empty line before it. */
    private static final String START = "\n\nop ";

    private final String text;

    /** What has been asked for, by where it starts. */
    private final Map<Integer, Operator> known = new ConcurrentHashMap<>();

    /** A table of this text, in the grammar at the head of {@code operators.txt}, sorted by domain, name and version. */
    Operators(String text) {
        this.text = text;
    }

    /**
     * ONNX's own operators, of the release named in the table's first line.
     *
     * <p>Operators that ONNX dropped while they were experimental, such as ATen, Crop and ScaledTanh, are not among them.
     */
    public static Operators onnx() {
        return Onnx.TABLE;
    }

    /**
     * The operator of this name as a model has it that imports version {@code opset} of the domain: its newest version not newer than that.
     * Deprecated ones are found too, as such.
     *
     * @return empty if the domain does not have the operator at that version
     */
    public Optional<Operator> find(String domain, String name, long opset) {
        List<Integer> versions = versions(domain, name);
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (sinceVersion(versions.get(i)) <= opset) {
                return Optional.of(operator(versions.get(i)));
            }
        }
        return Optional.empty();
    }

    /** All versions of an operator, oldest first; empty if the domain has no such operator. */
    public List<Operator> history(String domain, String name) {
        return versions(domain, name).stream().map(this::operator).toList();
    }

    /** The names of a domain's operators of all versions; empty for an unknown domain. */
    public SortedSet<String> names(String domain) {
        SortedSet<String> names = new TreeSet<>();
        for (String[] head : heads()) {
            if (head[0].equals(writtenDomain(domain))) {
                names.add(head[1]);
            }
        }
        return names;
    }

    /** The domains, the empty one for ai.onnx. */
    public SortedSet<String> domains() {
        SortedSet<String> domains = new TreeSet<>();
        for (String[] head : heads()) {
            domains.add(domain(head[0]));
        }
        return domains;
    }

    /** The newest operator set of the domain that brought an operator; 0 for an unknown domain. */
    public int latestOpset(String domain) {
        int latest = 0;
        for (String[] head : heads()) {
            if (head[0].equals(writtenDomain(domain))) {
                latest = Math.max(latest, Integer.parseInt(head[2]));
            }
        }
        return latest;
    }

    /** The domain of an operator whose domain the table writes so. */
    static String domain(String written) {
        return written.equals("ai.onnx") ? "" : written;
    }

    private static String writtenDomain(String domain) {
        return domain.isEmpty() ? "ai.onnx" : domain;
    }

    /** Where the versions of an operator start, oldest first. */
    private List<Integer> versions(String domain, String name) {
        String key = writtenDomain(domain).concat(" ").concat(name).concat(" ");
        List<Integer> versions = new ArrayList<>();
        int at = firstNotBefore(key);
        while (at >= 0 && isNamed(head(at), writtenDomain(domain), name)) {
            versions.add(at);
            at = text.indexOf(START, at + 1);
        }
        return versions;
    }

    private static boolean isNamed(String[] head, String domain, String name) {
        return head[0].equals(domain) && head[1].equals(name);
    }

    private int sinceVersion(int at) {
        return Integer.parseInt(head(at)[2]);
    }

    private Operator operator(int at) {
        Operator asked = known.get(at);
        if (asked != null) {
            return asked;
        }
        int end = text.indexOf(START, at + 1);
        Operator operator = OperatorParser.parse(text.substring(at + 2, end < 0 ? text.length() : end));
        known.put(at, operator);
        return operator;
    }

    /** Where the first operator starts whose domain, name and version do not sort before the key; -1 if there is none. */
    private int firstNotBefore(String key) {
        int low = 0;
        int high = text.length();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int at = text.indexOf(START, middle);
            if (at >= 0 && isBefore(at + START.length(), key)) {
                low = at + 1;
            } else {
                high = middle;
            }
        }
        return text.indexOf(START, low);
    }

    private boolean isBefore(int at, String key) {
        return text.substring(at, Math.min(text.length(), at + key.length())).compareTo(key) < 0;
    }

    /** Domain, name and version of every operator in the table. */
    private List<String[]> heads() {
        List<String[]> heads = new ArrayList<>();
        for (int at = text.indexOf(START); at >= 0; at = text.indexOf(START, at + 1)) {
            heads.add(head(at));
        }
        return heads;
    }

    private String[] head(int at) {
        int start = at + START.length();
        return text.substring(start, text.indexOf('\n', start)).split(" ");
    }

    /** Holds the table so that it is loaded on the first use. */
    private static final class Onnx {
        static final Operators TABLE = new Operators(resource("operators.txt"));

        private static String resource(String name) {
            try (InputStream in = Operators.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("no resource " + name);
                }
                return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
