from timm.data import *  # noqa: F403
