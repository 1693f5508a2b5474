from torch.nn import DataParallel

DistributedDataParallel = DataParallel
