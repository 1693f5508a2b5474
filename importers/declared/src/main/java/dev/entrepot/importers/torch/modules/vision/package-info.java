/**
 * torchvision's networks for classification and segmentation, and ResNets for CIFAR: the forward of each class, and what each family looks
 * like in a state_dict.
 *
 * <p>Widths, depths, groups and heads are read off keys and shapes; strides, paddings, activations and the like are those that torchvision
 * publishes for that structure, and a structure that is not published is no member of the family. Nothing here computes: all arithmetic is
 * calls of ATen's operators. This package knows no file.
 */
@NullMarked
package dev.entrepot.importers.torch.modules.vision;

import org.jspecify.annotations.NullMarked;
