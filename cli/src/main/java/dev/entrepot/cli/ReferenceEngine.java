package dev.entrepot.cli;

import dev.entrepot.validator.oracle.CaffeOracle;
import dev.entrepot.validator.oracle.Oracle;
import dev.entrepot.validator.oracle.OracleClassPath;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.TorchOracle;
import java.io.IOException;
import java.util.Optional;

/** The genuine frameworks that compute reference outputs. */
enum ReferenceEngine {
    /** BVLC Caffe 1.0. */
    CAFFE,
    /** OpenCV's reader of Caffe files. */
    OPENCV,
    /** libtorch, for TorchScript. */
    LIBTORCH;

    /** @throws IOException if the framework is not installed, or there is no place for temporary files */
    Oracle start(OracleLimits limits) throws IOException {
        return switch (this) {
            case CAFFE -> new CaffeOracle(CaffeOracle.Engine.CAFFE, installed(CaffeOracle.find()), limits);
            case OPENCV -> new CaffeOracle(CaffeOracle.Engine.OPENCV, installed(CaffeOracle.find()), limits);
            case LIBTORCH -> new TorchOracle(installed(TorchOracle.find()), limits);
        };
    }

    private static OracleClassPath installed(Optional<OracleClassPath> found) throws IOException {
        return found.orElseThrow(() ->
                new IOException("the genuine framework is not installed: no oracles folder beside the application"));
    }
}
