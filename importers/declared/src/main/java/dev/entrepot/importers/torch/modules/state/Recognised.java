package dev.entrepot.importers.torch.modules.state;

import dev.entrepot.importers.torch.modules.tree.Module;
import java.util.List;

/**
 * A network that a state_dict turned out to be.
 *
 * @param architecture its constructor, such as {@code torchvision resnet50}
 * @param module its module tree
 * @param imageSize the height and width of the images it is made for
 * @param notes what the state_dict cannot tell or the model leaves out
 */
public record Recognised(String architecture, Module module, long imageSize, List<String> notes) {

    public Recognised {
        notes = List.copyOf(notes);
    }

    /** A network for images of 224 by 224. */
    public static Recognised of(String architecture, Module module) {
        return new Recognised(architecture, module, 224, List.of());
    }
}
