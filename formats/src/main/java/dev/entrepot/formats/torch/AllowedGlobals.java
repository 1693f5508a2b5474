package dev.entrepot.formats.torch;

import dev.entrepot.formats.pickle.PickleValue.Global;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that have a meaning here: an allow-list, never a block list.
 *
 * <p>Source: torch/_weights_only_unpickler.py, _get_allowed_globals; NumPy's and Python's own names for arrays and containers.
 */
final class AllowedGlobals {

    /** What a name means. */
    enum Meaning {
        REBUILD_TENSOR,
        REBUILD_TENSOR_V3,
        REBUILD_PARAMETER,
        REBUILD_QTENSOR,
        REBUILD_FROM_TYPE,
        REBUILD_DEVICE_TENSOR,
        REBUILD_UNSTORED,
        PARAMETER,
        TORCH_NAME,
        STORAGE,
        SIZE,
        DEVICE,
        LAYOUT,
        TYPE_TAG,
        FIRST_ARGUMENT,
        DICT,
        LIST,
        TUPLE,
        SET,
        COMPLEX,
        ENCODE,
        BYTES,
        RECONSTRUCT,
        NUMPY_RECONSTRUCT,
        NUMPY_FROM_BUFFER,
        NUMPY_SCALAR,
        NUMPY_DTYPE,
        PYTHON_TYPE
    }

    private static final Map<String, Meaning> TABLE = Map.ofEntries(
            Map.entry("torch._utils._rebuild_tensor", Meaning.REBUILD_TENSOR),
            Map.entry("torch._utils._rebuild_tensor_v2", Meaning.REBUILD_TENSOR),
            Map.entry("torch._utils._rebuild_tensor_v3", Meaning.REBUILD_TENSOR_V3),
            Map.entry("torch._utils._rebuild_parameter", Meaning.REBUILD_PARAMETER),
            Map.entry("torch._utils._rebuild_parameter_with_state", Meaning.REBUILD_PARAMETER),
            Map.entry("torch._utils._rebuild_qtensor", Meaning.REBUILD_QTENSOR),
            Map.entry("torch._utils._rebuild_device_tensor_from_numpy", Meaning.REBUILD_DEVICE_TENSOR),
            Map.entry("torch._utils._rebuild_device_tensor_from_cpu_tensor", Meaning.REBUILD_DEVICE_TENSOR),
            Map.entry("torch._utils._rebuild_xla_tensor", Meaning.REBUILD_DEVICE_TENSOR),
            Map.entry("torch._utils._rebuild_sparse_tensor", Meaning.REBUILD_UNSTORED),
            Map.entry("torch._utils._rebuild_nested_tensor", Meaning.REBUILD_UNSTORED),
            Map.entry("torch._utils._rebuild_meta_tensor_no_storage", Meaning.REBUILD_UNSTORED),
            Map.entry("torch._utils._rebuild_wrapper_subclass", Meaning.REBUILD_UNSTORED),
            Map.entry("torch._tensor._rebuild_from_type_v2", Meaning.REBUILD_FROM_TYPE),
            Map.entry("torch._tensor._rebuild_from_type", Meaning.REBUILD_FROM_TYPE),
            Map.entry("torch.tensor._rebuild_from_type", Meaning.REBUILD_FROM_TYPE),
            Map.entry("torch.nn.parameter.Parameter", Meaning.PARAMETER),
            Map.entry("torch.nn.parameter.Buffer", Meaning.PARAMETER),
            Map.entry("torch.autograd.variable.Variable", Meaning.PARAMETER),
            Map.entry("torch.Tensor", Meaning.TORCH_NAME),
            Map.entry("torch._tensor.Tensor", Meaning.TORCH_NAME),
            Map.entry("torch.storage.UntypedStorage", Meaning.STORAGE),
            Map.entry("torch.storage._UntypedStorage", Meaning.STORAGE),
            Map.entry("torch.UntypedStorage", Meaning.STORAGE),
            Map.entry("torch.storage.TypedStorage", Meaning.STORAGE),
            Map.entry("torch.Size", Meaning.SIZE),
            Map.entry("torch.device", Meaning.DEVICE),
            Map.entry("torch.serialization._get_layout", Meaning.LAYOUT),
            Map.entry("torch.jit._pickle.restore_type_tag", Meaning.TYPE_TAG),
            Map.entry("torch.jit._pickle.build_intlist", Meaning.FIRST_ARGUMENT),
            Map.entry("torch.jit._pickle.build_tensorlist", Meaning.FIRST_ARGUMENT),
            Map.entry("torch.jit._pickle.build_doublelist", Meaning.FIRST_ARGUMENT),
            Map.entry("torch.jit._pickle.build_boollist", Meaning.FIRST_ARGUMENT),
            Map.entry("collections.OrderedDict", Meaning.DICT),
            Map.entry("collections.Counter", Meaning.DICT),
            Map.entry("builtins.dict", Meaning.DICT),
            Map.entry("collections.defaultdict", Meaning.DICT),
            Map.entry("builtins.list", Meaning.LIST),
            Map.entry("builtins.tuple", Meaning.TUPLE),
            Map.entry("builtins.set", Meaning.SET),
            Map.entry("builtins.frozenset", Meaning.SET),
            Map.entry("builtins.complex", Meaning.COMPLEX),
            Map.entry("_codecs.encode", Meaning.ENCODE),
            Map.entry("builtins.bytearray", Meaning.BYTES),
            Map.entry("builtins.bytes", Meaning.BYTES),
            Map.entry("copyreg._reconstructor", Meaning.RECONSTRUCT),
            Map.entry("numpy.core.multiarray._reconstruct", Meaning.NUMPY_RECONSTRUCT),
            Map.entry("numpy.core.numeric._frombuffer", Meaning.NUMPY_FROM_BUFFER),
            Map.entry("numpy.core.multiarray.scalar", Meaning.NUMPY_SCALAR),
            Map.entry("numpy.dtype", Meaning.NUMPY_DTYPE),
            Map.entry("numpy.ndarray", Meaning.PYTHON_TYPE),
            Map.entry("builtins.object", Meaning.PYTHON_TYPE),
            Map.entry("builtins.int", Meaning.PYTHON_TYPE),
            Map.entry("builtins.float", Meaning.PYTHON_TYPE),
            Map.entry("builtins.str", Meaning.PYTHON_TYPE),
            Map.entry("builtins.bool", Meaning.PYTHON_TYPE));

    /** Python 2's names for modules, and NumPy 1's for NumPy 2's. Source: Lib/_compat_pickle.py. */
    private static final Map<String, String> MODULES = Map.of(
            "__builtin__", "builtins",
            "copy_reg", "copyreg",
            "numpy._core.multiarray", "numpy.core.multiarray",
            "numpy._core.numeric", "numpy.core.numeric");

    private static final Set<String> TORCH_NAMES = Set.of(
            "per_tensor_affine",
            "per_tensor_symmetric",
            "per_channel_affine",
            "per_channel_symmetric",
            "per_channel_affine_float_qparams",
            "contiguous_format",
            "channels_last",
            "channels_last_3d",
            "preserve_format",
            "strided",
            "sparse_coo",
            "sparse_csr",
            "sparse_csc",
            "sparse_bsr",
            "sparse_bsc");

    private static final Pattern STORAGE = Pattern.compile("torch(?:\\.cuda)?\\.(\\w+)(Storage|Tensor)");
    private static final Pattern CLASS = Pattern.compile("torch\\.nn\\.(modules|quantized|qat|intrinsic)\\..*"
            + "|torch\\.ao\\.nn\\..*|torch\\.jit\\._script\\..*|__torch__(\\.[\\w.]*)?");

    private AllowedGlobals() {}

    /** The name with today's module names. */
    static String canonical(Global global) {
        return MODULES.getOrDefault(global.module(), global.module()) + "." + global.name();
    }

    static Optional<Meaning> meaning(Global global) {
        String name = canonical(global);
        Meaning known = TABLE.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (storageType(name).isPresent()) {
            return Optional.of(name.endsWith("Storage") ? Meaning.STORAGE : Meaning.TORCH_NAME);
        }
        boolean torchName = global.module().equals("torch")
                && (TORCH_NAMES.contains(global.name())
                        || TorchDtype.ofTorchName(global.name()).isPresent());
        return torchName ? Optional.of(Meaning.TORCH_NAME) : Optional.empty();
    }

    /** The element type in {@code torch.FloatStorage}, {@code torch.cuda.HalfStorage}, {@code torch.LongTensor}. */
    static Optional<TorchDtype> storageType(String name) {
        Matcher matcher = STORAGE.matcher(name);
        return matcher.matches() ? TorchDtype.ofStorageName(matcher.group(1)) : Optional.empty();
    }

    static GlobalUse.Verdict verdict(Global global) {
        if (meaning(global).isPresent()) {
            return GlobalUse.Verdict.ALLOWED;
        }
        return CLASS.matcher(global.qualifiedName()).matches() && !global.name().contains(".")
                ? GlobalUse.Verdict.NAMED
                : GlobalUse.Verdict.NOT_ALLOWED;
    }

    /** All names with their verdicts, in the order of their first use. */
    static List<GlobalUse> uses(List<Global> globals) {
        Map<String, GlobalUse> uses = new LinkedHashMap<>();
        for (Global global : globals) {
            uses.merge(
                    global.qualifiedName(),
                    new GlobalUse(global.qualifiedName(), verdict(global), 1, global.where()),
                    (old, again) -> new GlobalUse(old.name(), old.verdict(), old.uses() + 1, old.first()));
        }
        return new ArrayList<>(uses.values());
    }
}
