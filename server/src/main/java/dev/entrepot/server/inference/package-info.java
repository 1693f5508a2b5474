/**
 * The Open Inference Protocol, version 2, over REST: requests and answers, in JSON and with binary tensors.
 *
 * <p>Source: kserve/open-inference-protocol specification/protocol/inference_rest.md, and Triton's extensions binary_tensor_data, classification,
 * model_repository and statistics (triton-inference-server/server docs/protocol). Which models there are is asked of
 * {@link dev.entrepot.server.inference.ServedModels}; this package knows neither the catalogue nor the disk.
 */
@NullMarked
package dev.entrepot.server.inference;

import org.jspecify.annotations.NullMarked;
