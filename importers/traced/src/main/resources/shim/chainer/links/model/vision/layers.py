"""Networks whose layers have names: a call gives those that are asked for, under their names."""
from chainer.link import Chain


class Layers(Chain):
    """A subclass says in steps() which functions make each layer, in order."""

    def steps(self):
        raise NotImplementedError

    @property
    def functions(self):
        return dict(self.steps())

    @property
    def available_layers(self):
        return [name for name, _ in self.steps()]

    def start(self, name, h, found):
        """What a layer begins with: the one before it."""
        return h

    def forward(self, x, layers=None, **_):
        wanted = set(["prob"] if layers is None else layers)
        h, found = x, {}
        for name, functions in self.steps():
            if not wanted - set(found):
                break
            h = self.start(name, h, found)
            for function in functions:
                h = function(h)
            found[name] = h
        return {name: found[name] for name, _ in self.steps() if name in wanted}

    def extract(self, images, layers=None, **_):
        return self.forward(images, layers)

    def predict(self, images, **_):
        return self.forward(images)["prob"]
