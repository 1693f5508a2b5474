/**
 * PyTorch networks that come as weights alone or as a pickle of the whole module, become ONNX.
 *
 * <p>{@link dev.entrepot.importers.torch.modules.ModuleImporter} is the way in. A pickle tells its classes and attributes, a state_dict only
 * keys and shapes, which {@link dev.entrepot.importers.torch.modules.Families} recognises; both give one module tree, which
 * {@link dev.entrepot.importers.torch.modules.ForwardTable} runs. What an operator computes is known to {@code importers.torch.aten} alone.
 */
@NullMarked
package dev.entrepot.importers.torch.modules;

import org.jspecify.annotations.NullMarked;
