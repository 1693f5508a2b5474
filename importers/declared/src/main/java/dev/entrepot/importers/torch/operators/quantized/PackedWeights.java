package dev.entrepot.importers.torch.operators.quantized;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;

/**
 * The weights of a quantized convolution or linear layer, with what else PyTorch packs with them. Source:
 * aten/src/ATen/native/quantized/PackedParams.h.
 *
 * @param weight what the quantized weight stands for
 * @param bias the bias or None
 * @param prepacking the call that packed them, which knows strides, pads, dilations and groups
 */
record PackedWeights(IValue weight, IValue bias, AtenCall prepacking) implements IValue.Opaque {}
