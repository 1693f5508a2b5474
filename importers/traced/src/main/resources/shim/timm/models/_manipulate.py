from timm.models.helpers import *  # noqa: F403
from timm.models.helpers import named_apply  # noqa: F401
