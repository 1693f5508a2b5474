package dev.entrepot.formats.torch;

import dev.entrepot.bytes.SourceLocation;

/** Finds what a pickle names by persistent id: storages, mostly. */
@FunctionalInterface
interface Outside {

    /**
     * What an id stands for.
     *
     * @param id the id, already understood
     * @param where where it is used
     * @throws dev.entrepot.bytes.ModelException if there is no such thing
     */
    TorchValue resolve(TorchValue id, SourceLocation where);
}
