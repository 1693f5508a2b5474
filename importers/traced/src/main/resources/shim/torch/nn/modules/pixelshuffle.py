from torch.nn.modules.shaping import *  # noqa: F403
