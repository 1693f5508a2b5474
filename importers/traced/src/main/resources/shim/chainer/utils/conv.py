"""Sizes of convolutions. Source: chainer/utils/conv.py."""


def get_conv_outsize(size, k, s, p, cover_all=False, d=1):
    window = k + (k - 1) * (d - 1)
    return (size + p * 2 - window + s - 1) // s + 1 if cover_all else (size + p * 2 - window) // s + 1


def get_deconv_outsize(size, k, s, p, cover_all=False, d=1):
    window = (k - 1) * d + 1
    return s * (size - 1) + window - s + 1 - 2 * p if cover_all else s * (size - 1) + window - 2 * p
