package dev.entrepot.onnx.io;

/**
 * How much a model may ask of the reader. What is above a limit is refused with a message that names it.
 *
 * @param modelBytes the length of the model's file, without external data
 * @param nodes the nodes of all graphs and functions together
 * @param functions the model-local functions
 * @param graphDepth how deep subgraphs may be nested; 0 allows none
 * @param typeDepth how deep types may be nested, as in a sequence of optional tensors
 * @param rank the dimensions of a tensor
 * @param dimension the size of one dimension of a tensor
 * @param nameBytes the UTF-8 bytes of one name
 * @param textBytes the UTF-8 bytes of one string attribute, doc string or metadata value
 * @param totalTextBytes the UTF-8 bytes of all names and texts together
 * @param attributeElements the numbers or strings in one list attribute
 * @param items everything that is kept in memory: messages, names, texts, list elements; the elements of numeric tensors stay in the file
 */
public record ReadLimits(
        long modelBytes,
        int nodes,
        int functions,
        int graphDepth,
        int typeDepth,
        int rank,
        long dimension,
        int nameBytes,
        int textBytes,
        long totalTextBytes,
        int attributeElements,
        int items) {

    /** For a stranger's model. */
    public static final ReadLimits STRICT = new ReadLimits(
            Integer.MAX_VALUE,
            50_000,
            1_000,
            8,
            16,
            16,
            Integer.MAX_VALUE,
            1 << 10,
            1 << 20,
            64L << 20,
            1 << 18,
            2_000_000);

    /** These limits with another number of nodes. */
    public ReadLimits withNodes(int newNodes) {
        return new ReadLimits(
                modelBytes,
                newNodes,
                functions,
                graphDepth,
                typeDepth,
                rank,
                dimension,
                nameBytes,
                textBytes,
                totalTextBytes,
                attributeElements,
                items);
    }

    /** These limits with another number of items. */
    public ReadLimits withItems(int newItems) {
        return new ReadLimits(
                modelBytes,
                nodes,
                functions,
                graphDepth,
                typeDepth,
                rank,
                dimension,
                nameBytes,
                textBytes,
                totalTextBytes,
                attributeElements,
                newItems);
    }
}
