package dev.entrepot.importers.torch.modules.state;

/** A state_dict is not of the family that is tried. */
public final class Mismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Mismatch(String what) {
        super(what, null, false, false);
    }
}
