package dev.entrepot.formats.torch.script;

import dev.entrepot.formats.torch.CodeFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The code of an archive: classes and functions by qualified name. A file is parsed when something in it is first asked for; {@code
 * __torch__.a.b.C} is class C of {@code code/__torch__/a/b.py}.
 */
public final class CompilationUnit {

    private static final String FOLDER = "code/";
    private static final String SUFFIX = ".py";

    private final Map<String, CodeFile> files;
    private final Map<String, SourceUnit> parsed = new HashMap<>();

    private CompilationUnit(Map<String, CodeFile> files) {
        this.files = files;
    }

    /** The code of these files; those outside {@code code/} are no TorchScript. */
    public static CompilationUnit of(List<CodeFile> code) {
        Map<String, CodeFile> files = new LinkedHashMap<>();
        for (CodeFile file : code) {
            if (file.path().startsWith(FOLDER) && file.path().endsWith(SUFFIX)) {
                String path = file.path().substring(FOLDER.length(), file.path().length() - SUFFIX.length());
                files.put(path.replace('/', '.'), file);
            }
        }
        return new CompilationUnit(files);
    }

    /** The modules by qualified name, in the archive's order. */
    public List<String> modules() {
        return List.copyOf(files.keySet());
    }

    /**
     * One file.
     *
     * @param module its qualified name, such as {@code __torch__.torch.nn.functional}
     * @throws dev.entrepot.bytes.ModelException if it cannot be parsed
     */
    public Optional<SourceUnit> unit(String module) {
        CodeFile file = files.get(module);
        if (file == null) {
            return Optional.empty();
        }
        return Optional.of(parsed.computeIfAbsent(module, name -> SourceUnit.parse(file.path(), file.text())));
    }

    /** The class of this qualified name. */
    public Optional<ClassDefinition> classNamed(String qualified) {
        return unit(module(qualified))
                .flatMap(unit -> Optional.ofNullable(unit.classes().get(ownName(qualified))));
    }

    /** The function of this qualified name. */
    public Optional<FunctionDefinition> functionNamed(String qualified) {
        return unit(module(qualified))
                .flatMap(unit -> Optional.ofNullable(unit.functions().get(ownName(qualified))));
    }

    private static String module(String qualified) {
        return qualified.substring(0, Math.max(0, qualified.lastIndexOf('.')));
    }

    private static String ownName(String qualified) {
        return qualified.substring(qualified.lastIndexOf('.') + 1);
    }
}
