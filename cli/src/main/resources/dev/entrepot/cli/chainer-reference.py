"""Runs a Chainer model with genuine Chainer, in test mode, and writes a reference for entrepot validate.

    python3 chainer-reference.py 'nets.py:Net()' net.npz --input IN.npz -o REF.npz

IN.npz holds the inputs under the names of the parameters of __call__ or forward. REF.npz holds them, the outputs under the names that
Entrepot gives them, and layer/PATH: what each link that holds no other links gave at its last call.
Works with every Chainer from 1.5 to 7 that the machine runs; NumPy may be newer than Chainer is.
"""
import argparse
import importlib.util
import inspect
import os
import sys

import numpy as np

for _name, _kind in {'bool': bool, 'int': int, 'float': float, 'object': object, 'complex': complex}.items():
    if _name not in np.__dict__:
        setattr(np, _name, _kind)

import chainer  # noqa: E402


def network(source):
    """The network that FILE.py:EXPRESSION makes; a class or function is called without arguments."""
    file, expression = source.split('.py:', 1)
    folder, name = os.path.split(os.path.abspath(file + '.py'))
    sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location(name[:-3], os.path.join(folder, name))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name[:-3]] = module
    spec.loader.exec_module(module)
    made = eval(expression, vars(module))
    return made if isinstance(made, chainer.Link) else made()


def load(file, net, prefix):
    if file.endswith(('.h5', '.hdf5')):
        chainer.serializers.load_hdf5(file, net)
    else:
        with np.load(file, allow_pickle=True) as arrays:
            keys = list(arrays.files)
        if not prefix:
            prefix = next((start for start in ('updater/model:main/predictor/', 'updater/model:main/', 'predictor/')
                           if any(key.startswith(start) for key in keys) and not hasattr(net, start.split('/')[0])), '')
        chainer.serializers.load_npz(file, net, path=prefix)


def watch(net, layers):
    """Keeps what each link without links below it gives."""
    paths = {id(link): path.strip('/') for path, link in net.namedlinks() if path != '/' and not list(link.children())}
    for kind in {type(link) for link in net.links() if id(link) in paths}:
        kind.__call__ = watched(kind.__call__, paths, layers)


def watched(call, paths, layers):
    def record(self, *args, **kwargs):
        result = call(self, *args, **kwargs)
        if id(self) in paths and isinstance(result, chainer.Variable):
            layers[paths[id(self)]] = array(result)
        return result

    return record


def array(value):
    data = value.data if isinstance(value, chainer.Variable) else value
    return data.get() if hasattr(data, 'get') else np.asarray(data)


def named(value, name=''):
    """The outputs: a dictionary's keys, and numbers for what has no name."""
    if isinstance(value, (chainer.Variable, np.ndarray)):
        yield name, array(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            for found in named(item, name + '_' + str(key) if name else str(key)):
                yield found
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            for found in named(item, name + '_' + str(index) if name else ''):
                yield found


def arguments(net, inputs):
    """The inputs in the order of the call; names input_0, input_1, ... are by position."""
    function = net.forward if type(net).__call__ is getattr(chainer.Link, '__call__', None) else net.__call__
    order = list(inspect.signature(function).parameters)
    by_name = {order[int(name[6:])] if name.startswith('input_') and name not in order else name: value for name, value in inputs.items()}
    return {name: by_name[name] for name in order if name in by_name}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('source', help='FILE.py:EXPRESSION')
    parser.add_argument('weights', nargs='?', help='npz or HDF5')
    parser.add_argument('--input', required=True, metavar='IN.npz')
    parser.add_argument('-o', '--output', required=True, metavar='REF.npz')
    parser.add_argument('--prefix', default='', help='what stands before the paths of the weights')
    told = parser.parse_args()
    if hasattr(chainer, 'config'):
        chainer.config.train = False
    net = network(told.source)
    if told.weights:
        load(told.weights, net, told.prefix)
    with np.load(told.input) as given:
        inputs = {name: given[name] for name in given.files}
    layers = {}
    call = arguments(net, inputs)
    watch(net, layers)
    wrap = chainer.Variable if not hasattr(chainer, 'config') else (lambda value: value)
    outputs = net(**{name: wrap(value) for name, value in call.items()})
    reference = dict(call)
    for index, (name, value) in enumerate(named(outputs)):
        reference[name or 'output_%d' % index] = value
    reference.update({'layer/' + path: value for path, value in layers.items()})
    np.savez_compressed(told.output, **reference)
    print(told.output + ': ' + ', '.join(sorted(reference)))


if __name__ == '__main__':
    main()
