package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.SourceLocation;
import java.util.List;

/**
 * A net after Caffe's upgrades and its phase, level and stage rules, with the weights that were found for it. Every input is a layer of
 * type {@code Input}, whose shapes may be missing where no file states them.
 *
 * @param name the net's name, possibly empty
 * @param layers the layers, in the file's order
 * @param weightless names of layers of a type with learned parameters for which no file holds any
 * @param unused names of layers whose weights found no layer of that name
 * @param transforms what data layers do to images, of layers in and out of the net
 * @param warnings what a reader should know but need not stop for
 * @param files the names of the files, definition first
 */
public record CaffeNet(
        String name,
        List<CaffeLayer> layers,
        List<String> weightless,
        List<String> unused,
        List<CaffeTransform> transforms,
        List<Warning> warnings,
        List<String> files) {

    public CaffeNet {
        layers = List.copyOf(layers);
        weightless = List.copyOf(weightless);
        unused = List.copyOf(unused);
        transforms = List.copyOf(transforms);
        warnings = List.copyOf(warnings);
        files = List.copyOf(files);
    }

    /**
     * Something a reader should know.
     *
     * @param where the place in the file
     * @param text what it is
     */
    public record Warning(SourceLocation where, String text) {

        /** {@code where: text}. */
        @Override
        public String toString() {
            return where + ": " + text;
        }
    }
}
