"""Optimizers are made and never run."""


class Optimizer:
    def __init__(self, params=None, *_, **__):
        self.param_groups = [{"params": list(params or ()), "lr": 0.0}]
        self.state = {}

    def step(self, *_, **__):
        pass

    zero_grad = load_state_dict = add_param_group = step

    def state_dict(self):
        return {}


SGD = Adam = AdamW = RMSprop = Adagrad = Adadelta = Adamax = NAdam = RAdam = LBFGS = ASGD = Rprop = SparseAdam = Optimizer


def __getattr__(name):
    if name in ("lr_scheduler", "optimizer", "swa_utils"):
        import sys

        __import__("torch.optim." + name)
        return sys.modules["torch.optim." + name]
    if name.startswith("__"):
        raise AttributeError(name)
    return Optimizer
