from timm.layers import *  # noqa: F403
