package dev.entrepot.zoo.convert;

import dev.entrepot.importers.caffe.LayerTable;
import dev.entrepot.importers.caffe.Support;
import dev.entrepot.importers.chainer.functions.FunctionTable;
import dev.entrepot.importers.torch.operators.AtenTable;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of one layer type or operator of a framework.
 *
 * @param framework the framework
 * @param name the exact spelling of the layer type or operator
 * @param status {@code converted}, {@code reduced}, {@code dropped} or {@code refused}
 * @param reason what is left of it, or why not; empty if it is converted
 */
public record Coverage(String framework, String name, String status, String reason) {

    /** All of every framework, from the tables that do the work. */
    public static List<Coverage> all() {
        List<Coverage> all = new ArrayList<>();
        LayerTable.all().forEach((type, support) -> all.add(of(type, support)));
        for (String function : FunctionTable.names()) {
            String refusal = FunctionTable.refusal(function).orElse("");
            all.add(new Coverage("chainer", function, refusal.isEmpty() ? "converted" : "refused", refusal));
        }
        for (String operator : AtenTable.names()) {
            String refusal = AtenTable.refusal(operator).orElse("");
            all.add(new Coverage("pytorch", operator, refusal.isEmpty() ? "converted" : "refused", refusal));
        }
        return all;
    }

    private static Coverage of(String type, Support support) {
        if (support instanceof Support.Reduced reduced) {
            return new Coverage("caffe", type, "reduced", "training or feeding; " + reduced.meaning() + " is kept");
        } else if (support instanceof Support.Dropped dropped) {
            return new Coverage("caffe", type, "dropped", dropped.reason());
        } else if (support instanceof Support.Refused refused) {
            return new Coverage("caffe", type, "refused", refused.reason());
        }
        return new Coverage("caffe", type, "converted", "");
    }
}
