package dev.entrepot.formats.torch;

/** The forms that PyTorch files come in. */
public enum TorchForm {
    /** A tar archive of three members, written before 0.1.10. */
    TAR("tar archive (before 0.1.10)"),
    /** Five pickles in a row and then the storages, written from 0.1.10 to 1.5, and later on request. */
    LEGACY("legacy pickle stream (0.1.10 to 1.5)"),
    /** {@code torch.save}'s zip archive, since 1.6. */
    ZIP("zip archive (1.6 and later)"),
    /** {@code torch.jit.save}'s zip archive: objects, constants and code. */
    TORCHSCRIPT("TorchScript archive"),
    /** A TorchScript archive with byte code for the lite interpreter. */
    MOBILE("TorchScript archive for mobile"),
    /** {@code torch.export.save}'s archive of 2.1 to 2.6. */
    EXPORTED("exported program (2.1 to 2.6)"),
    /** {@code torch.export.save}'s archive since 2.7. */
    PT2("PT2 archive (2.7 and later)"),
    /** {@code torch.package}'s archive: source files and pickles; it can be looked at only. */
    PACKAGE("torch.package archive"),
    /** A safetensors file. */
    SAFETENSORS("safetensors"),
    /** A pickle that PyTorch did not write, such as one of NumPy arrays. */
    PICKLE("plain pickle");

    private final String title;

    TorchForm(String title) {
        this.title = title;
    }

    /** The form's name for people. */
    public String title() {
        return title;
    }
}
