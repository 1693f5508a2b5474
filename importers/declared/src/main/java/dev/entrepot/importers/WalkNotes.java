package dev.entrepot.importers;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where a walk over a program stands, and what it found on its way: problems, to be reported all at once, and what users should know. */
public final class WalkNotes {

    private final String part;
    private final Problems problems = new Problems();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> approximations = new LinkedHashSet<>();
    private SourceLocation where;
    private String layer = "";

    /**
     * Nothing found yet.
     *
     * @param part what the framework calls a part of a network, such as {@code module} or {@code link}
     * @param where the file
     */
    public WalkNotes(String part, SourceLocation where) {
        this.part = part;
        this.where = where;
    }

    /** The place in the source that the walk comes to. */
    public void at(SourceLocation place) {
        where = place;
    }

    /** The place in the source. */
    public SourceLocation where() {
        return where;
    }

    /** The part of the network that the walk comes to; empty for the network itself. */
    public void layer(String path) {
        layer = path;
    }

    /** The part of the network. */
    public String layer() {
        return layer;
    }

    /** The source contradicts itself here. */
    public ModelException malformed(String what, String why) {
        return ModelException.malformed(where, shown(what), why);
    }

    /** The source means something sound that has no form here. */
    public ModelException unsupported(String what, String why) {
        return ModelException.unsupported(where, shown(what), why);
    }

    /** The source asks for more than a limit allows. */
    public ModelException limitExceeded(String what, String why) {
        return ModelException.limitExceeded(where, shown(what), why);
    }

    /** Whether nothing wrong was noted. */
    public boolean isClean() {
        return problems.isEmpty();
    }

    /** Notes what is wrong, to be reported with all else. */
    public void note(ModelException problem) {
        problems.addAll(problem);
    }

    /** @throws ModelException with all that was noted, if anything was */
    public void throwIfAny() {
        problems.throwIfAny();
    }

    /** What is computed is only close to what the source means. */
    public void approximation(String what, String why) {
        approximations.add(where + ": " + shown(what) + ": " + why);
    }

    /** Something the user should know. */
    public void warn(String what, String why) {
        warnings.add(where + ": " + shown(what) + ": " + why);
    }

    /** What was odd. */
    public List<String> warnings() {
        return new ArrayList<>(warnings);
    }

    /** What is only close. */
    public List<String> approximations() {
        return new ArrayList<>(approximations);
    }

    private String shown(String what) {
        return layer.isEmpty() ? what : part + " \"" + layer + "\" (" + what + ")";
    }
}
