/**
 * The forwards of torch.nn: what each class of modules calls, from its attributes, of whatever age they are.
 *
 * <p>An attribute that a class got later has the value here that older files meant. Nothing here computes: all arithmetic is calls of ATen's
 * operators. This package knows no file, no state_dict and no torchvision.
 */
@NullMarked
package dev.entrepot.importers.torch.modules.layers;

import org.jspecify.annotations.NullMarked;
