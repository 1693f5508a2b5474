/**
 * TorchScript archives to ONNX: the archive's modules become values, its forward is run, and what that returns and changes becomes outputs.
 *
 * <p>What is known while the code is read is decided at once: loops over lists unroll, conditions on shapes fold. What depends on data
 * becomes If and Loop. Code is followed in the package {@code run}; what an operator means lies in
 * {@link dev.entrepot.importers.torch.operators.AtenTable} alone.
 */
@NullMarked
package dev.entrepot.importers.torch.script;

import org.jspecify.annotations.NullMarked;
