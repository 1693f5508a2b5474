"""Links and functions, one after the other. Source: chainer/sequential.py."""
import copy as _copy

from chainer.link import ChainList, Link


class Sequential(ChainList):
    """Its links are numbered in the order of _numbered, which is the genuine one: not always that of the layers."""

    def __init__(self, *layers):
        super().__init__()
        for layer in layers:
            self.append(layer)

    def _begin(self):
        super()._begin()
        self.__dict__.setdefault("_numbered", [])

    def forward(self, *x):
        if not self._list:
            raise RuntimeError("Sequential does not have any layer.")
        for layer in self._list:
            x = layer(*x) if isinstance(x, tuple) else layer(x)
        return x

    def append(self, layer):
        self.insert(len(self), layer)

    def insert(self, index, layer):
        self._begin()
        if not callable(layer):
            raise ValueError("All elements of the argument should be callable. But given " + repr(layer) + " is not callable.")
        index += len(self) if index < 0 else 0
        self._list.insert(index, layer)
        if isinstance(layer, Link):
            self._numbered.insert(0 if index == 0 else self._first_link(index) + 1, layer)

    def _first_link(self, index):
        """Chainer means the last link before the new one, and finds the first one's place among all layers."""
        return next((place for place, layer in enumerate(self._list[:index]) if isinstance(layer, Link)), 0)

    def __setitem__(self, index, layer):
        if self._list[index] is not layer:
            del self[index]
            self.insert(index, layer)

    def __delitem__(self, index):
        layer = self._list.pop(index)
        self._numbered[:] = [link for link in self._numbered if link is not layer]

    def pop(self, index=-1):
        layer = self._list[index]
        del self[index]
        return layer

    def remove(self, layer):
        del self[self._list.index(layer)]

    def remove_by_layer_type(self, type_name):
        for layer in [layer for layer in self._list if _named(layer) == type_name]:
            self.remove(layer)

    def count_by_layer_type(self, type_name):
        return sum(_named(layer) == type_name for layer in self._list)

    def clear(self):
        self._list.clear()
        self._numbered.clear()

    def __add__(self, other):
        return Sequential(*self, *other)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def _named_children(self):
        return [(str(number), link) for number, link in enumerate(self._numbered)]

    def copy(self, mode="share"):
        return Sequential(*[layer.copy(mode) if isinstance(layer, Link) else _copy.copy(layer) for layer in self._list])

    def flatten(self):
        made = Sequential()
        for layer in self._list:
            made.extend(layer.flatten() if isinstance(layer, Sequential) else [layer])
        return made


def _named(layer):
    return type(layer).__name__ if isinstance(layer, Link) else getattr(layer, "__name__", "")
