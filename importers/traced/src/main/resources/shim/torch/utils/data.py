"""Data is not needed to run a network."""


class Dataset:
    def __getitem__(self, index):
        raise NotImplementedError

    def __class_getitem__(cls, kind):
        return cls


class IterableDataset(Dataset):
    pass


class TensorDataset(Dataset):
    def __init__(self, *tensors):
        self.tensors = tensors


class Sampler:
    def __init__(self, *_, **__):
        pass

    def __class_getitem__(cls, kind):
        return cls


class DataLoader:
    def __init__(self, *_, **__):
        pass

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


RandomSampler = SequentialSampler = BatchSampler = SubsetRandomSampler = WeightedRandomSampler = Sampler
ConcatDataset = Subset = Dataset


def random_split(dataset, *_, **__):
    return [dataset, dataset]


def get_worker_info():
    return None
