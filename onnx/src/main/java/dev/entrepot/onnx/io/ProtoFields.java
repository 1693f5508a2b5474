package dev.entrepot.onnx.io;

/** The field numbers of ONNX's messages. Source: onnx/onnx.proto. */
final class ProtoFields {

    private ProtoFields() {}

    static final class ModelProto {
        static final int IR_VERSION = 1;
        static final int PRODUCER_NAME = 2;
        static final int PRODUCER_VERSION = 3;
        static final int DOMAIN = 4;
        static final int MODEL_VERSION = 5;
        static final int DOC_STRING = 6;
        static final int GRAPH = 7;
        static final int OPSET_IMPORT = 8;
        static final int METADATA_PROPS = 14;
        static final int FUNCTIONS = 25;
    }

    static final class OperatorSetIdProto {
        static final int DOMAIN = 1;
        static final int VERSION = 2;
    }

    static final class StringStringEntryProto {
        static final int KEY = 1;
        static final int VALUE = 2;
    }

    static final class GraphProto {
        static final int NODE = 1;
        static final int NAME = 2;
        static final int INITIALIZER = 5;
        static final int DOC_STRING = 10;
        static final int INPUT = 11;
        static final int OUTPUT = 12;
        static final int VALUE_INFO = 13;
        static final int SPARSE_INITIALIZER = 15;
        static final int METADATA_PROPS = 16;
    }

    static final class ValueInfoProto {
        static final int NAME = 1;
        static final int TYPE = 2;
    }

    static final class NodeProto {
        static final int INPUT = 1;
        static final int OUTPUT = 2;
        static final int NAME = 3;
        static final int OP_TYPE = 4;
        static final int ATTRIBUTE = 5;
        static final int DOC_STRING = 6;
        static final int DOMAIN = 7;
        static final int OVERLOAD = 8;
        static final int METADATA_PROPS = 9;
    }

    static final class FunctionProto {
        static final int NAME = 1;
        static final int INPUT = 4;
        static final int OUTPUT = 5;
        static final int ATTRIBUTE = 6;
        static final int NODE = 7;
        static final int DOC_STRING = 8;
        static final int OPSET_IMPORT = 9;
        static final int DOMAIN = 10;
        static final int ATTRIBUTE_PROTO = 11;
        static final int VALUE_INFO = 12;
        static final int OVERLOAD = 13;
        static final int METADATA_PROPS = 14;
    }

    static final class AttributeProto {
        static final int NAME = 1;
        static final int F = 2;
        static final int I = 3;
        static final int S = 4;
        static final int T = 5;
        static final int G = 6;
        static final int FLOATS = 7;
        static final int INTS = 8;
        static final int STRINGS = 9;
        static final int TENSORS = 10;
        static final int GRAPHS = 11;
        static final int TP = 14;
        static final int TYPE_PROTOS = 15;
        static final int TYPE = 20;
        static final int REF_ATTR_NAME = 21;
        static final int SPARSE_TENSOR = 22;
        static final int SPARSE_TENSORS = 23;
    }

    static final class TensorProto {
        static final int DIMS = 1;
        static final int DATA_TYPE = 2;
        static final int SEGMENT = 3;
        static final int FLOAT_DATA = 4;
        static final int INT32_DATA = 5;
        static final int STRING_DATA = 6;
        static final int INT64_DATA = 7;
        static final int NAME = 8;
        static final int RAW_DATA = 9;
        static final int DOUBLE_DATA = 10;
        static final int UINT64_DATA = 11;
        static final int EXTERNAL_DATA = 13;
        static final int DATA_LOCATION = 14;
    }

    static final class TypeProto {
        static final int TENSOR_TYPE = 1;
        static final int SEQUENCE_TYPE = 4;
        static final int MAP_TYPE = 5;
        static final int OPAQUE_TYPE = 7;
        static final int SPARSE_TENSOR_TYPE = 8;
        static final int OPTIONAL_TYPE = 9;

        /** Of tensor, sparse tensor, sequence and optional types. */
        static final int ELEM_TYPE = 1;

        /** Of tensor and sparse tensor types. */
        static final int SHAPE = 2;

        static final int MAP_KEY_TYPE = 1;
        static final int MAP_VALUE_TYPE = 2;
        static final int OPAQUE_DOMAIN = 1;
        static final int OPAQUE_NAME = 2;
    }

    static final class TensorShapeProto {
        static final int DIM = 1;
        static final int DIM_VALUE = 1;
        static final int DIM_PARAM = 2;
    }
}
