/**
 * From a state_dict to a module tree: what a family of networks expects under which key, and what it reads off the shapes.
 *
 * <p>A {@link dev.entrepot.importers.torch.modules.state.Blueprint} describes a module; built at a
 * {@link dev.entrepot.importers.torch.modules.state.StateKeys place} of a state_dict it takes its tensors, or says which key does not fit.
 * {@link dev.entrepot.importers.torch.modules.state.Layers} has those of torch.nn. This package knows no family and computes nothing.
 */
@NullMarked
package dev.entrepot.importers.torch.modules.state;

import org.jspecify.annotations.NullMarked;
