"""Packed sequences, which have no form in ONNX."""
import _entrepot


class PackedSequence(tuple):
    pass


def _refused(name):
    def refused(*_, **__):
        raise _entrepot.SourceError("unsupported", name, "packs sequences of lengths that are data; give the layer the padded tensor")

    return refused


pack_padded_sequence, pack_sequence = _refused("pack_padded_sequence"), _refused("pack_sequence")
pad_packed_sequence, pad_sequence = _refused("pad_packed_sequence"), _refused("pad_sequence")
