package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.prototxt.ProtoMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The state that decides which layers of a net are there.
 *
 * <p>Source: caffe net.cpp, FilterNet and StateMeetsRule.
 *
 * @param phase training or testing
 * @param level the level that rules compare with their bounds
 * @param stages the stages that are on
 */
public record NetState(Phase phase, int level, Set<String> stages) {

    /** Testing at level 0 without any stage: a net that is deployed. */
    public static final NetState TEST = new NetState(Phase.TEST, 0, Set.of());

    /** What a net is run for. */
    public enum Phase {
        TRAIN,
        TEST
    }

    public NetState {
        stages = Set.copyOf(stages);
    }

    /** This state with the stages that the net's own {@code state} turns on. */
    NetState with(ProtoMessage netState) {
        Set<String> more = new HashSet<>(stages);
        more.addAll(netState.strings("stage"));
        return new NetState(phase, level, more);
    }

    /** Whether a layer is there: it meets one of its include rules, or has none and meets no exclude rule. */
    boolean includes(ProtoMessage layer) {
        List<ProtoMessage> include = layer.messages("include");
        List<ProtoMessage> exclude = layer.messages("exclude");
        if (!include.isEmpty() && !exclude.isEmpty()) {
            throw ModelException.malformed(
                    layer.location("exclude"),
                    "layer \"" + layer.stringOr("name", "") + "\"",
                    "has include rules and exclude rules, it may have one or the other");
        }
        return include.isEmpty()
                ? exclude.stream().noneMatch(this::meets)
                : include.stream().anyMatch(this::meets);
    }

    private boolean meets(ProtoMessage rule) {
        return rule.enumOr("phase", phase) == phase
                && level >= rule.intOr("min_level", level)
                && level <= rule.intOr("max_level", level)
                && stages.containsAll(rule.strings("stage"))
                && rule.strings("not_stage").stream().noneMatch(stages::contains);
    }
}
