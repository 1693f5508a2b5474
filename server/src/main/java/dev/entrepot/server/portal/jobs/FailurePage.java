package dev.entrepot.server.portal.jobs;

import dev.entrepot.server.jobs.Outcome.Failure;
import dev.entrepot.server.jobs.Outcome.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a job failed, for people.
 *
 * @param title what it comes to
 * @param detail the failure in a sentence
 * @param groups everything that is wrong, the same together
 * @param count how many problems there are
 * @param advice what to do next
 * @param text all of it as text, to be copied
 */
public record FailurePage(
        String title, String detail, List<Group> groups, int count, List<String> advice, String text) {

    /**
     * Problems of one kind with one reason.
     *
     * @param kind the kind in words
     * @param reason what is wrong
     * @param places where
     */
    public record Group(String kind, String reason, List<Place> places) {}

    /**
     * A place that something is wrong with.
     *
     * @param where such as {@code lenet.prototxt:41:3}
     * @param construct what stands there, such as a layer; may be empty
     */
    public record Place(String where, String construct) {
        static Place of(Fault fault) {
            String inside = fault.place();
            String where = inside.isEmpty() || inside.startsWith(fault.file())
                    ? inside.isEmpty() ? fault.file() : inside
                    : fault.file() + (Character.isDigit(inside.charAt(0)) ? ":" : ", ") + inside;
            return new Place(where, fault.construct());
        }
    }

    private record Key(String kind, String reason) {}

    static FailurePage of(Failure failure) {
        Map<Key, List<Place>> places = new LinkedHashMap<>();
        for (Fault fault : failure.problems()) {
            places.computeIfAbsent(new Key(fault.kind(), fault.reason()), key -> new ArrayList<>())
                    .add(Place.of(fault));
        }
        List<Group> groups = new ArrayList<>();
        places.forEach((key, where) -> groups.add(new Group(kind(key.kind), key.reason, where)));
        return new FailurePage(
                title(failure.kind()),
                failure.detail(),
                groups,
                failure.problems().size(),
                Advice.on(failure),
                text(failure));
    }

    private static String title(String kind) {
        return switch (kind) {
            case "malformed" -> "The files do not fit together or do not follow their format";
            case "unsupported" -> "The model asks for something that is not supported";
            case "limit-exceeded" -> "The model asks for more than this server allows";
            case "not-proven" -> "The model was converted, and it could not be proven right";
            case "timeout" -> "It took longer than a job may take";
            case "cancelled" -> "Called off";
            default -> "Something failed that is not the model’s fault";
        };
    }

    private static String kind(String kind) {
        return switch (kind) {
            case "malformed" -> "Malformed";
            case "unsupported" -> "Not supported";
            case "limit-exceeded" -> "Over a limit";
            default -> kind;
        };
    }

    private static String text(Failure failure) {
        StringBuilder text = new StringBuilder(failure.kind() + ": " + failure.detail() + "\n");
        for (Fault fault : failure.problems()) {
            Place place = Place.of(fault);
            text.append(place.where)
                    .append(": ")
                    .append(fault.construct().isEmpty() ? "" : fault.construct() + ": ")
                    .append(fault.reason())
                    .append(" (")
                    .append(fault.kind())
                    .append(")\n");
        }
        return text.toString();
    }
}
