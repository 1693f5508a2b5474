"""Normalisations with running statistics, and those of an instance. Source: torch/nn/modules/batchnorm.py, instancenorm.py."""
import torch.nn.functional as F
from torch._core import Parameter, _BY_NAME, promise, filled
from torch.nn.modules.conv import _Lazy
from torch.nn.modules.module import Module


def _statistic(size, fill):
    kind = _BY_NAME["float32"]
    return promise([size], kind, fill, lambda: filled([size], fill, kind)._ref)


class _NormBase(Module):
    _version = 2

    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None):
        super().__init__()
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        self.affine, self.track_running_stats = affine, track_running_stats
        for name, fill in (("weight", 1.0), ("bias", 0.0)):
            self.register_parameter(name, Parameter.of((num_features,), fill) if affine else None)
        for name, fill in (("running_mean", 0.0), ("running_var", 1.0)):
            self.register_buffer(name, _statistic(num_features, fill) if track_running_stats else None)
        count = _BY_NAME["int64"]
        self.register_buffer(
            "num_batches_tracked", promise([], count, 0, lambda: filled([], 0, count)._ref) if track_running_stats else None)

    def reset_parameters(self):
        pass

    reset_running_stats = reset_parameters

    def _check_input_dim(self, input):
        pass


class _BatchNorm(_NormBase):
    def forward(self, input):
        self._check_input_dim(input)
        of_batch = self.training or self.running_mean is None
        return F.batch_norm(
            input, self.running_mean, self.running_var, self.weight, self.bias, of_batch, self.momentum or 0.0, self.eps)


class BatchNorm1d(_BatchNorm):
    pass


class BatchNorm2d(_BatchNorm):
    pass


class BatchNorm3d(_BatchNorm):
    pass


class SyncBatchNorm(_BatchNorm):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, process_group=None, **_):
        super().__init__(num_features, eps, momentum, affine, track_running_stats)

    @classmethod
    def convert_sync_batchnorm(cls, module, process_group=None):
        return module


class _InstanceNorm(_NormBase):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None):
        super().__init__(num_features, eps, momentum, affine, track_running_stats)

    def forward(self, input):
        of_input = self.training or not self.track_running_stats
        return F.instance_norm(
            input, self.running_mean, self.running_var, self.weight, self.bias, of_input, self.momentum or 0.0, self.eps)


class InstanceNorm1d(_InstanceNorm):
    pass


class InstanceNorm2d(_InstanceNorm):
    pass


class InstanceNorm3d(_InstanceNorm):
    pass


LazyBatchNorm1d = LazyBatchNorm2d = LazyBatchNorm3d = LazyInstanceNorm1d = LazyInstanceNorm2d = LazyInstanceNorm3d = _Lazy
