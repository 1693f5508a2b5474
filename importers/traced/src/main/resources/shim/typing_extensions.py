from typing import *  # noqa: F403
from typing import __getattr__  # noqa: F401
