"""What is refused, and with which message. Shapes by blob name."""

from case import refusal


def layer(kind, parameters="", bottoms=("x",), tops=("y",), name="l"):
    wires = " ".join('bottom: "%s"' % b for b in bottoms) + " " + " ".join('top: "%s"' % t for t in tops)
    return 'layer { name: "%s" type: "%s" %s %s }' % (name, kind, wires, parameters)


S = (2, 4, 6, 8)
SSD = {"loc": (1, 40), "conf": (1, 30), "prior": (1, 2, 40)}
RPN = {"s": (1, 18, 4, 4), "d": (1, 36, 4, 4), "i": (1, 3)}

refusal("refusals/an_adaptive_threshold",
        layer("DetectionOutput", "detection_output_param { num_classes: 3 nms_param { eta: 0.9 } }", ("loc", "conf", "prior")),
        "net.prototxt:5:7: layer \"l\" (DetectionOutput): nms_param.eta 0.9 makes the threshold fall while boxes are chosen, which ONNX's NonMaxSuppression has not; 1 is",
        **SSD)
refusal("refusals/detection_output_without_classes",
        layer("DetectionOutput", "", ("loc", "conf", "prior")),
        "net.prototxt:5:7: layer \"l\" (DetectionOutput): detection_output_param.num_classes is 0, it must be above 0",
        **SSD)
refusal("refusals/detections_that_do_not_fit_their_priors",
        layer("DetectionOutput", "detection_output_param { num_classes: 4 }", ("loc", "conf", "prior")),
        "net.prototxt:5:7: layer \"l\" (DetectionOutput): bottom 1 has shape [N, 30], 10 priors and 4 classes ask for [N, 40]",
        **SSD)
refusal("refusals/refinedet_refines_its_priors_first",
        layer("DetectionOutput", "detection_output_param { num_classes: 3 }", ("loc", "conf", "prior", "a", "b")),
        "net.prototxt:7:7: layer \"l\" (DetectionOutput): has 5 bottoms; RefineDet's, which refines its priors first, is not known",
        **SSD, a=(1, 20), b=(1, 40))
refusal("refusals/python_layers_are_programs",
        layer("Python","python_param { module: 'my_layers' layer: 'Attention' param_str: \"'k': 1\" }"),
        "net.prototxt:3:7: layer \"l\" (Python): is the program my_layers.Attention, which is not in the model; known are rpn.proposal_layer.ProposalLayer",
        x=S)
refusal("refusals/a_setting_that_the_python_layer_has_not",
        layer("Python","python_param { module: 'rpn.proposal_layer' layer: 'ProposalLayer' param_str: \"'feat_stride': 16\\n'soft_nms': 1\" }", ("s","d","i")),
        "net.prototxt:5:7: layer \"l\" (Python): param_str has soft_nms, which py-faster-rcnn's layer has not",
        **RPN)
refusal("refusals/scores_that_do_not_fit_the_anchors",
        layer("Proposal", "proposal_param { ratio: 1 scale: 8 }", ("s", "d", "i")),
        "net.prototxt:5:7: layer \"l\" (Proposal): bottom 0 has shape [N, 18, 4, 4], 1 anchors ask for [1, 2, H, W]",
        **RPN)
refusal("refusals/permute_names_an_axis_twice",
        layer("Permute", "permute_param { order: 1 order: 1 }"),
        "net.prototxt:3:7: layer \"l\" (Permute): order [1, 1] does not name different axes of its bottom, [N, 4, H, W]",
        x=S)
refusal("refusals/groups_that_do_not_divide_the_channels",
        layer("ShuffleChannel", "shuffle_channel_param { group: 3 }"),
        "net.prototxt:3:7: layer \"l\" (ShuffleChannel): group 3 does not divide its 4 channels",
        x=S)
refusal("refusals/reorg_of_too_few_channels",
        layer("Reorg", "reorg_param { stride: 3 }"),
        "net.prototxt:3:7: layer \"l\" (Reorg): reorg_param.stride 3 squared does not divide the channels of its bottom, [N, 4, H, W]",
        x=S)
refusal("refusals/psroi_channels_that_do_not_fit",
        layer("PSROIPooling", "psroi_pooling_param { spatial_scale: 0.5 output_dim: 2 group_size: 3 }", ("x", "r")),
        "net.prototxt:4:7: layer \"l\" (PSROIPooling): output_dim 2 times the square of group_size 3 is not the number of channels of its bottom, [N, 4, 6, 8]",
        x=S, r=(3, 5))
refusal("refusals/roi_pooling_without_a_size",
        layer("ROIPooling", "", ("x", "r")),
        "net.prototxt:4:7: layer \"l\" (ROIPooling): pooled_h 0 and pooled_w 0 must be above 0",
        x=S, r=(3, 5))
refusal("refusals/prior_box_without_a_size",
        layer("PriorBox", "", ("x", "i")),
        "net.prototxt:4:7: layer \"l\" (PriorBox): gives 0 min_sizes and 0 max_sizes; at least one min_size, and no max_size or one for each is expected",
        x=S, i=(1, 3, 9, 9))
refusal("refusals/interp_that_would_pad",
        layer("Interp", "interp_param { pad_beg: 1 zoom_factor: 2 }"),
        "net.prototxt:3:7: layer \"l\" (Interp): pad_beg 1 and pad_end 0 must not be above 0: they cut",
        x=S)
refusal("refusals/interp_without_a_size",
        layer("Interp"),
        "net.prototxt:3:7: layer \"l\" (Interp): interp_param needs height and width, or a zoom_factor or shrink_factor of at least 1",
        x=S)
refusal("refusals/lstm_without_outputs",
        layer("LSTM", "", ("x", "m")),
        "net.prototxt:4:7: layer \"l\" (LSTM): recurrent_param.num_output is 0, it must be above 0",
        x=(3, 2, 4), m=(3, 2))
refusal("refusals/lstm_without_marks",
        layer("LSTM", "recurrent_param { num_output: 3 }"),
        "net.prototxt:3:7: layer \"l\" (LSTM): has 1 bottoms, expected are 2 or, with a static one, 3",
        x=(3, 2, 4))
refusal("refusals/a_gru_of_another_framework",
        layer("GRU", "gru_param { units: 3 }", ("x", "m")),
        "net.prototxt:4:7: layer \"l\" (GRU): gru_param belongs to a GRU whose source was never published; recurrent_param is known",
        x=(3, 2, 4), m=(3, 2))
refusal("refusals/a_pyramid_higher_than_its_plane",
        layer("SPP", "spp_param { pyramid_height: 4 }"),
        "net.prototxt:3:7: layer \"l\" (SPP): 8 bins do not fit an axis of size 6",
        x=S)
refusal("refusals/filter_with_a_top_too_many",
        layer("Filter", "", ("x", "s"), ("y", "z")),
        "net.prototxt:4:7: layer \"l\" (Filter): has 2 bottoms and 2 tops, one top for each bottom but the last is expected",
        x=S, s=(2, ))
refusal("refusals/correlation_that_leaves_nothing",
        layer("Correlation", "correlation_param { kernel_size: 1 max_displacement: 4 }", ("x", "z")),
        "net.prototxt:4:7: layer \"l\" (Correlation): kernel_size and max_displacement leave nothing of [N, 4, 6, 8]",
        x=S, z=S)
refusal("refusals/a_mean_that_is_not_finished",
        layer("DataAugmentation", "augmentation_param { recompute_mean: 1000 mean_per_pixel: false }"),
        "net.prototxt:3:7: layer \"l\" (DataAugmentation): has seen 0 of the 1000 items that its mean is made of, so each run would change it",
        x=S)
refusal("refusals/a_crop_for_training",
        layer("DataAugmentation", "augmentation_param { crop_width: 4 crop_height: 4 }"),
        "net.prototxt:3:7: layer \"l\" (DataAugmentation): cuts 4 * 4 out of its bottom, [N, 4, 6, 8]; the same size is known",
        x=S)
refusal("refusals/unpooling_of_averages",
        layer("Unpooling", "pooling_param { pool: AVE kernel_size: 2 stride: 2 }", ("x", "m")),
        "net.prototxt:4:7: layer \"l\" (Unpooling): undoes AVE pooling, which no published source does; MAX is",
        x=S, m=S)
refusal("refusals/a_layer_whose_source_is_unknown",
        layer("LSTMInfer"),
        "net.prototxt:3:7: layer \"l\" (LSTMInfer): no source of it was published; LSTM and Lstm are known",
        x=S)
refusal("refusals/all_unknown_layers_are_told_at_once",
        layer("Bogus") + "\n" + layer("PowerFile", tops=("z", ), name="m") + "\n" + layer("Im2seq", tops=("w", ), name="n"),
        "net.prototxt:3:7: layer \"l\" (Bogus): no layer of this type is known here\n"
        "net.prototxt:4:7: layer \"m\" (PowerFile): reads its shift from a file that is not in the model\n"
        "net.prototxt:5:7: layer \"n\" (Im2seq): no source of it was published; a Reshape and a Permute say the same",
        x=S)
refusal("refusals/gaussian_boxes",
        layer("Yolov3DetectionOutput", "yolov3_detection_output_param { gaussian_box: true }", ("x", "z")),
        "net.prototxt:4:7: layer \"l\" (Yolov3DetectionOutput): gaussian_box is not known; boxes without it are",
        x=S, z=S)
refusal("refusals/yolo_features_of_other_channels",
        layer("YoloDetectionOutput", "yolo_detection_output_param { num_classes: 3 num_box: 1 biases: 1 biases: 1 }"),
        "net.prototxt:3:7: layer \"l\" (YoloDetectionOutput): bottom [N, 4, H, W] has not 1 boxes of 8 channels",
        x=S)
refusal("refusals/settings_whose_defaults_were_not_published",
        layer("SimplerNMS", "simpler_nms_param { scale: 8 }", ("s", "d", "i")),
        "net.prototxt:5:7: layer \"l\" (SimplerNMS): simpler_nms_param.feat_stride must be given",
        s=(1, 6, 4, 4), d=(1, 12, 4, 4), i=(1, 3))
