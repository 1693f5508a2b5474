package dev.entrepot.server.portal;

/** What a validation came to, in words for people. */
public final class Verdicts {

    private Verdicts() {}

    /** One or two words. */
    public static String words(String verdict) {
        return switch (verdict) {
            case "pass" -> "Proven";
            case "fail_conversion" -> "Differs from its source";
            case "fail_runtime" -> "Runtime differs";
            case "inconclusive" -> "Inconclusive";
            case "" -> "Not validated";
            default -> verdict;
        };
    }

    /** A sentence. */
    public static String sentence(String verdict) {
        return switch (verdict) {
            case "pass" -> "Every output lies within its bound of what the source framework computed.";
            case "fail_conversion" -> "The converted model computes something else than its source did.";
            case "fail_runtime" -> "The model as written is right, but the runtime computes something else.";
            case "inconclusive" -> "The reference is not exact enough to tell.";
            default -> "Nobody has compared this version with its source.";
        };
    }

    /** The style class of its badge. */
    public static String style(String verdict) {
        return switch (verdict) {
            case "pass" -> "pass";
            case "fail_conversion", "fail_runtime" -> "fail";
            case "inconclusive" -> "open";
            default -> "none";
        };
    }
}
