package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.Problems;
import dev.entrepot.formats.chainer.ChainerFile;
import dev.entrepot.formats.prototxt.ForeignContent;
import dev.entrepot.formats.torch.TorchFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The frameworks whose files can come in. The only such list. */
final class Frameworks {

    private static final List<SourceFramework> ALL =
            List.of(new CaffeFramework(), new ChainerFramework(), new OnnxFramework(), new TorchFramework());

    private Frameworks() {}

    /** The names as {@code --from} has them. */
    static List<String> names() {
        return ALL.stream().map(SourceFramework::name).toList();
    }

    /** @throws IllegalArgumentException if there is none of this name */
    static SourceFramework named(String name) {
        return ALL.stream()
                .filter(framework -> framework.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no framework \"" + name + "\", there are " + names()));
    }

    /**
     * The framework that all these files belong to, judged by their content.
     *
     * @throws dev.entrepot.bytes.ModelException with every file that belongs to none, or if they belong to several
     */
    static SourceFramework of(List<? extends ByteSource> files) {
        Problems problems = new Problems();
        Set<SourceFramework> found = new LinkedHashSet<>();
        for (ByteSource file : files) {
            Optional<SourceFramework> owner = ALL.stream()
                    .filter(framework -> framework.form(file).isPresent())
                    .findFirst();
            owner.ifPresentOrElse(found::add, () -> problems.malformed(file.at(0), "file", whatItIs(file)));
        }
        problems.throwIfAny();
        if (found.size() > 1) {
            String names = found.stream().map(SourceFramework::name).collect(Collectors.joining(" and "));
            problems.malformed(files.get(0).at(0), "files", "belong to " + names + ", one model is expected");
        }
        problems.throwIfAny();
        return found.iterator().next();
    }

    private static String whatItIs(ByteSource file) {
        if (file.name().endsWith(".py")) {
            return "is Python source, which does not tell what makes the network; name it, such as '" + file.name()
                    + ":resnet20()'";
        }
        if (ChainerFile.recognise(file).isPresent()) {
            return "holds arrays that are not those of a network known here; name the source that they belong to, such as 'nets.py:Net'";
        }
        return TorchFile.recognise(file)
                .map(form -> "is a PyTorch file (" + form.title() + "), which can be inspected but not converted")
                .or(() -> ForeignContent.of(file))
                .orElse("is not recognised as a model of any of " + names());
    }
}
