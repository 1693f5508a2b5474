"""Makes the weights and reference outputs of the cases in importers/traced/src/test/resources/chainer with genuine Chainer.

    PYTHONPATH=FOLDER_OF_CHAINER_7 python3 tools/chainer-cases.py [part of a case's path]

Only files that are missing are made; delete them to have them made again. The README beside the cases tells what lies in a case.
The committed ones were made with Chainer 7.8.1, NumPy 1.26 and, for the special functions, SciPy 1.17; an old NumPy that Chainer still asks
for is enough.
"""
import importlib
import pathlib
import re
import sys
import zlib

import numpy as np

for name, kind in {'bool': bool, 'int': int, 'float': float, 'object': object, 'complex': complex}.items():
    if name not in np.__dict__:
        setattr(np, name, kind)

import chainer  # noqa: E402

CASES = pathlib.Path(__file__).resolve().parent.parent / 'importers/traced/src/test/resources/chainer'
INPUT = re.compile(r'# input ([\w/]+):(\w+)\[([^\]]*)\](?: (-?\d+)\.\.(-?\d+))?$')
STEP = 256  # numbers are multiples of 1/256: exact in every type, and small once they are packed


def header(folder):
    """The lines of program.py that tell what a case is given: its inputs, and the expression that makes its network."""
    inputs, net, weights = {}, 'Net', 'weights.npz'
    for line in (folder / 'program.py').read_text().splitlines():
        found = INPUT.match(line)
        if found:
            name, kind, sizes, low, high = found.groups()
            shape = [int(size.split('=')[-1]) for size in sizes.split(',') if size.strip()]
            inputs[name] = kind, shape, low and int(low), high and int(high)
        elif line.startswith('# input'):
            raise SystemExit(f'{folder}: {line}')
        elif line.startswith('# net '):
            net = line[6:].strip()
        elif line.startswith('# weights '):
            weights = line[10:].strip()
    return inputs, net, weights


def drawn(random, kind, shape, low, high):
    kind = np.dtype(kind)
    if low is not None and kind.kind in 'iu':
        return random.randint(low, high + 1, shape).astype(kind)
    if kind.kind == 'b':
        return random.rand(*shape) < 0.5
    low, high = (-2, 2) if low is None else (low, high)
    return (np.round(random.uniform(low, high, shape) * STEP) / STEP).astype(kind)


def randomise(net, random):
    """Gives every parameter and persistent array random values, those that a variance is made of positive ones."""
    for path, link in sorted(net.namedlinks()):
        for name in sorted(link._params):
            parameter = getattr(link, name)
            if parameter.array is not None and parameter.array.dtype.kind == 'f':
                parameter.array[...] = values(random, name, parameter.array)
        for name in sorted(link._persistent):
            held = getattr(link, name)
            array = getattr(held, 'array', held)
            if isinstance(array, np.ndarray) and array.ndim and array.dtype.kind == 'f':
                array[...] = values(random, name, array)


def values(random, name, array):
    if 'var' in name:
        drawn = random.uniform(0.5, 2, array.shape)
    elif array.ndim > 1:
        drawn = random.uniform(-1.5, 1.5, array.shape) / max(1, np.prod(array.shape[1:])) ** 0.5
    else:
        drawn = random.uniform(-1, 1, array.shape)
    return np.round(drawn * STEP) / STEP


def named(value, name=''):
    """The outputs under the names that Entrepot gives them: a dictionary's keys, and numbers for what has none."""
    if isinstance(value, (chainer.Variable, np.ndarray)):
        yield name, chainer.as_array(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from named(item, f'{name}_{key}' if name else str(key))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from named(item, f'{name}_{index}' if name else '')


def loaded(folder):
    """The case's module: genuine.py where it is, for source that today's Chainer does not run."""
    for name in [name for name, module in sys.modules.items() if str(folder.parent.parent) in str(getattr(module, '__file__', ''))]:
        del sys.modules[name]
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        return importlib.import_module('genuine' if (folder / 'genuine.py').exists() else 'program')
    finally:
        sys.path.pop(0)


def make(folder):
    case = str(folder.relative_to(CASES))
    inputs, expression, weights = header(folder)
    random = np.random.RandomState(zlib.crc32(case.encode()))
    np.random.seed(0)
    arrays = {name: drawn(random, *told) for name, told in inputs.items()}
    module = loaded(folder)
    net = eval(expression, dict(vars(module)))
    net = net() if isinstance(net, type) else net
    called, net = net, getattr(net, '__self__', net)
    call = getattr(module, 'reference', lambda net, **arrays: called(*arrays.values()))
    call(net, **arrays)  # sizes that follow from the inputs
    if hasattr(net, 'reset_state'):
        net.reset_state()
    randomise(net, random)
    if hasattr(net, 'reset_state'):
        net.reset_state()
    if weights == 'weights.h5':
        chainer.serializers.save_hdf5(folder / weights, net)
    elif list(net.params()) or any(link._persistent for link in net.links()):
        chainer.serializers.save_npz(folder / weights, net)
    if not (folder / 'error.txt').exists():
        result = {'input/' + name: array for name, array in arrays.items()}
        for index, (name, array) in enumerate(named(call(net, **arrays))):
            result['output/' + (name or f'output_{index}')] = array
        np.savez_compressed(folder / 'reference.npz', **result)
    print(case)


def main(part):
    chainer.config.train = False
    chainer.config.use_ideep = 'never'
    for program in sorted(CASES.rglob('program.py')):
        folder = program.parent
        if part not in str(folder):
            continue
        refused = (folder / 'error.txt').exists()
        done = (folder / 'weights.npz').exists() or not (folder / 'genuine.py').exists() if refused else (folder / 'reference.npz').exists()
        if not done:
            with chainer.no_backprop_mode():
                make(folder)


if __name__ == '__main__':
    main(sys.argv[1] if len(sys.argv) > 1 else '')
