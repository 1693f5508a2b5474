from torch._quiet import _Quiet as SummaryWriter  # noqa: F401
