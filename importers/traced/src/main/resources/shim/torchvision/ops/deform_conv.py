from torchvision.ops import *  # noqa: F403
from torchvision.ops import __getattr__  # noqa: F401
