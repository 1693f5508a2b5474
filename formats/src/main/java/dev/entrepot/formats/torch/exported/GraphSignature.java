package dev.entrepot.formats.torch.exported;

import java.util.List;

/**
 * What a graph's inputs and outputs stand for, in their order. Source: schema.py, GraphSignature.
 *
 * @param inputSpecs one for each input of the graph
 * @param outputSpecs one for each output of the graph
 */
public record GraphSignature(List<InputSpec> inputSpecs, List<OutputSpec> outputSpecs) {

    public GraphSignature {
        inputSpecs = List.copyOf(inputSpecs);
        outputSpecs = List.copyOf(outputSpecs);
    }
}
