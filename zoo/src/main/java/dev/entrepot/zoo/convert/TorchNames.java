package dev.entrepot.zoo.convert;

import dev.entrepot.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Weights that were trained in PyTorch under the paths that Chainer gives the same network: layouts are the same, names differ by rule.
 *
 * <p>torchvision's ResNets of bottlenecks are known beside: {@code layer1.0.downsample.0} is {@code res2/0/conv4} in Chainer's example.
 */
final class TorchNames {

    /** What the user should know. Source: chainer/sequential.py, insert, which numbers a third link before the second. */
    static final String NOTE =
            "names of PyTorch were taken for paths of Chainer; a chainer.Sequential of three or more links numbers"
                    + " them in another order than PyTorch's, so its weights do not go to the same layers";

    private static final Map<String, String> NORMALIZATION = Map.of(
            "weight",
            "gamma",
            "bias",
            "beta",
            "running_mean",
            "avg_mean",
            "running_var",
            "avg_var",
            "num_batches_tracked",
            "N");
    private static final Map<String, String> OTHERS = Map.of("weight", "W", "bias", "b");

    private TorchNames() {}

    /** The same tensors under Chainer's paths. */
    static Map<String, Tensor> toChainer(Map<String, Tensor> state) {
        Set<String> normalizations = state.keySet().stream()
                .filter(name -> name.endsWith(".running_mean"))
                .map(TorchNames::module)
                .collect(Collectors.toSet());
        boolean bottlenecks = state.containsKey("layer1.0.conv3.weight");
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        state.forEach((name, tensor) -> {
            String module = module(name);
            String last = name.substring(module.isEmpty() ? 0 : module.length() + 1);
            Map<String, String> words = normalizations.contains(module) ? NORMALIZATION : OTHERS;
            String path = bottlenecks ? resNetPath(module) : module.replace('.', '/');
            renamed.put((path.isEmpty() ? "" : path + "/") + words.getOrDefault(last, last), tensor);
        });
        return renamed;
    }

    private static String module(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(0, dot);
    }

    private static String resNetPath(String module) {
        String path = module.replace('.', '/');
        if (path.matches("layer[1-4]/.*")) {
            path = "res" + (path.charAt(5) - '0' + 1) + path.substring(6);
        }
        return path.replace("downsample/0", "conv4").replace("downsample/1", "bn4");
    }
}
