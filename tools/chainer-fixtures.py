"""Makes the files that the tests of formats.chainer read: what Chainer's serializers write, told after their source.

chainer/serializers/npz.py, DictionarySerializer and save_npz: numpy.savez_compressed of a flat dictionary; None becomes numpy.asarray(None).
chainer/serializers/hdf5.py, HDF5Serializer and save_hdf5: a dataset per array, gzip level 4; None becomes an empty dataset.

    python3 tools/chainer-fixtures.py formats/src/test/resources/dev/entrepot/formats/chainer     (with numpy and h5py)
"""
import sys
from pathlib import Path

import h5py
import numpy as np

LINK = {
    'conv1/W': np.arange(18, dtype=np.float32).reshape(2, 1, 3, 3),
    'conv1/b': np.array([0.5, -0.5], np.float32),
    'bn/N': np.asarray(7),
    'fc/W': None,
    'fc/b': np.zeros(4, np.float32),
}


def npz(path, arrays):
    np.savez_compressed(path, **{key: np.asarray(value) for key, value in arrays.items()})


def hdf5(path, arrays):
    with h5py.File(path, 'w') as file:
        for key, value in arrays.items():
            if value is None:
                file.create_dataset(key, data=h5py.Empty('f'))
            elif value.size <= 1:
                file.create_dataset(key, data=value)
            else:
                file.create_dataset(key, data=value, compression=4)


def below(prefix, arrays):
    return {prefix + key: value for key, value in arrays.items()}


def main(folder):
    npz(folder / 'link.npz', LINK)
    hdf5(folder / 'link.h5', LINK)
    npz(folder / 'classifier.npz', below('predictor/', LINK))
    snapshot = below('updater/model:main/predictor/', LINK)
    snapshot.update({
        'updater/iteration': np.asarray(100),
        'updater/optimizer:main/t': np.asarray(100),
        'updater/optimizer:main/predictor/conv1/b/m': np.zeros(2, np.float32),
        'updater/iterator:main/epoch': np.asarray(3),
    })
    npz(folder / 'snapshot_iter_100', snapshot)
    (folder / 'snapshot_iter_100.npz').rename(folder / 'snapshot_iter_100')
    gan = below('updater/model:generator/', LINK)
    gan.update(below('updater/model:discriminator/', LINK))
    npz(folder / 'gan.npz', gan)
    npz(folder / 'object.npz', {'a': np.array([{'os': 'system'}], dtype=object).reshape(())})


if __name__ == '__main__':
    main(Path(sys.argv[1]))
