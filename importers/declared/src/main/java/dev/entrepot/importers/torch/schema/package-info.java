/**
 * PyTorch's operators as data: which arguments, defaults, aliases and results each overload of each operator has.
 *
 * <p>{@link AtenSchemas} is the way in; {@link Upgraders} tells what operators meant in TorchScript files of older format versions. Both
 * read text resources made by a script from PyTorch's own registry; nothing here is typed by hand. This package must not know tensors,
 * graphs, files or what any operator computes.
 */
@NullMarked
package dev.entrepot.importers.torch.schema;

import org.jspecify.annotations.NullMarked;
