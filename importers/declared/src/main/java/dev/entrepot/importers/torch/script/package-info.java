/**
 * TorchScript archives to ONNX: the archive's code is interpreted, and every operator it calls grows the graph.
 *
 * <p>What is known while the code is read is decided at once: loops over lists unroll, conditions on shapes fold. What depends on data
 * becomes If and Loop. This package holds TorchScript's object model and its plain Python values; what an operator on tensors means lies
 * in {@link dev.entrepot.importers.torch.operators.AtenTable} alone.
 */
@NullMarked
package dev.entrepot.importers.torch.script;

import org.jspecify.annotations.NullMarked;
