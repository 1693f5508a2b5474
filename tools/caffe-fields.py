#!/usr/bin/env python3
"""Make the table of Caffe's field numbers from the .proto files of Caffe and its forks.

    tools/caffe-fields.py DIALECT=FILE.proto@@ORIGIN... > formats/src/main/resources/dev/entrepot/formats/caffe/fields.txt

The first dialect is written whole; of the others only what differs from it. Only facts are taken over: field numbers, names, types,
whether a field repeats, and enum constants; only of messages that a net can hold.
"""
import re
import sys

ROOTS = ("NetParameter",)

# OpenCV's reader renumbered the layers it knows; the rest of its file says what the forks say.
# Source: opencv/opencv modules/dnn/src/caffe/opencv-caffe.proto
OPENCV = """
message LayerParameter {
  optional DetectionOutputParameter detection_output_param = 147;
  optional PermuteParameter permute_param = 148;
  optional NormalizeBBoxParameter norm_param = 149;
  optional PriorBoxParameter prior_box_param = 150;
  optional ProposalParameter proposal_param = 201;
  optional PSROIPoolingParameter psroi_pooling_param = 10002;
  optional ROIPoolingParameter roi_pooling_param = 8266711;
}
message PermuteParameter { repeated uint32 order = 1; }
message NormalizeBBoxParameter {
  optional bool across_spatial = 1; optional FillerParameter scale_filler = 2;
  optional bool channel_shared = 3; optional float eps = 4;
}
message PriorBoxParameter {
  enum CodeType { CORNER = 1; CENTER_SIZE = 2; }
  optional float min_size = 1; optional float max_size = 2; repeated float aspect_ratio = 3; optional bool flip = 4;
  optional bool clip = 5; repeated float variance = 6; optional uint32 img_size = 7; optional uint32 img_h = 8;
  optional uint32 img_w = 9; optional float step = 10; optional float step_h = 11; optional float step_w = 12;
  optional float offset = 13; repeated float offset_h = 14; repeated float offset_w = 15; repeated float width = 16;
  repeated float height = 17;
}
message DetectionOutputParameter {
  optional uint32 num_classes = 1; optional bool share_location = 2; optional int32 background_label_id = 3;
  optional NonMaximumSuppressionParameter nms_param = 4; optional SaveOutputParameter save_output_param = 5;
  optional PriorBoxParameter.CodeType code_type = 6; optional int32 keep_top_k = 7;
  optional bool variance_encoded_in_target = 8; optional float confidence_threshold = 9; optional bool normalized_bbox = 10;
}
message NonMaximumSuppressionParameter {
  optional float nms_threshold = 1; optional int32 top_k = 2; optional float eta = 3;
}
message SaveOutputParameter {
  optional string output_directory = 1; optional string output_name_prefix = 2; optional string output_format = 3;
  optional string label_map_file = 4; optional string name_size_file = 5; optional uint32 num_test_image = 6;
}
message DropoutParameter { optional float dropout_ratio = 1; optional bool scale_train = 2; }
message BatchNormParameter {
  optional bool use_global_stats = 1; optional float moving_average_fraction = 2; optional float eps = 3;
  optional bool scale_bias = 7;
}
message ProposalParameter {
  optional uint32 feat_stride = 1; optional uint32 base_size = 2; optional uint32 min_size = 3; repeated float ratio = 4;
  repeated float scale = 5; optional uint32 pre_nms_topn = 6; optional uint32 post_nms_topn = 7; optional float nms_thresh = 8;
}
message PSROIPoolingParameter {
  required float spatial_scale = 1; required int32 output_dim = 2; required int32 group_size = 3;
}
message ROIPoolingParameter {
  optional uint32 pooled_h = 1; optional uint32 pooled_w = 2; optional float spatial_scale = 3;
}
"""


def parse(text):
    """{message: {number: (repeated, type, name)}}, {enum: {number: name}}, both by full name."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"//[^\n]*", "", text)
    tokens = re.findall(r'"[^"]*"|\'[^\']*\'|[A-Za-z_][\w.]*|-?\d[\w.+-]*|[{}=;\[\],<>-]', text)
    messages, enums = {}, {}
    at = 0

    def skip_statement(i):
        while tokens[i] != ";":
            i += 1
        return i + 1

    def message(i, scope):
        full = ".".join(scope)
        fields = messages.setdefault(full, {})
        while tokens[i] != "}":
            word = tokens[i]
            if word == "message":
                i = message(i + 3, scope + [tokens[i + 1]])
            elif word == "enum":
                i = enum(i + 3, scope + [tokens[i + 1]])
            elif word in ("optional", "required", "repeated"):
                kind, name, number = tokens[i + 1], tokens[i + 2], int(tokens[i + 4])
                fields[number] = (word == "repeated", kind, name)
                i = skip_statement(i)
            else:
                i = skip_statement(i)
        return i + 1

    def enum(i, scope):
        constants = enums.setdefault(".".join(scope), {})
        while tokens[i] != "}":
            if tokens[i + 1] == "=":
                constants.setdefault(int(tokens[i + 2]), tokens[i])
            i = skip_statement(i)
        return i + 1

    while at < len(tokens):
        if tokens[at] == "message":
            at = message(at + 3, [tokens[at + 1]])
        elif tokens[at] == "enum":
            at = enum(at + 3, [tokens[at + 1]])
        else:
            at += 1
    return messages, enums


def resolve(messages, enums):
    """Give every field's type its full name."""
    known = set(messages) | set(enums)
    for full, fields in messages.items():
        for number, (repeated, kind, name) in fields.items():
            scope = full.split(".")
            while scope and ".".join(scope + [kind]) not in known:
                scope.pop()
            if ".".join(scope + [kind]) in known:
                kind = ".".join(scope + [kind])
            fields[number] = (repeated, kind.removeprefix("caffe."), name)


def reachable(messages, roots):
    seen, todo = set(), list(roots)
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        todo += [kind for _, kind, _ in messages.get(name, {}).values()]
    return seen


def print_dialect(messages, enums, wanted, base_messages, base_enums):
    for full in sorted(wanted & set(messages)):
        base = base_messages.get(full, {})
        lines = [(n, f) for n, f in sorted(messages[full].items()) if base.get(n) != f]
        if lines or full not in base_messages:
            print("message", full)
            for number, (repeated, kind, name) in lines:
                print(f"{number} {kind}{'*' if repeated else ''} {name}")
    for full in sorted(wanted & set(enums)):
        if enums[full] != base_enums.get(full):
            print("enum", full, *(f"{name}={number}" for number, name in sorted(enums[full].items())))


def main():
    print("# Made by tools/caffe-fields.py; do not edit. A dialect after the first says only what differs from the first.")
    base_messages, base_enums = {}, {}
    sources = [(dialect, open(file).read(), origin) for dialect, file, origin in map(split, sys.argv[1:])]
    sources.append(("opencv", OPENCV, "opencv/opencv"))
    for dialect, text, origin in sources:
        messages, enums = parse(text)
        if base_messages:
            for full, fields in base_messages.items():
                messages.setdefault(full, dict(fields))
            for full, constants in base_enums.items():
                enums.setdefault(full, constants)
        resolve(messages, enums)
        print("dialect", dialect, origin)
        print_dialect(messages, enums, reachable(messages, ROOTS), base_messages, base_enums)
        base_messages, base_enums = base_messages or messages, base_enums or enums


def split(argument):
    dialect, rest = argument.split("=", 1)
    file, origin = rest.rsplit("@@", 1)
    return dialect, file, origin


if __name__ == "__main__":
    main()
