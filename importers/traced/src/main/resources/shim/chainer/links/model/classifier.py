"""A network with its loss. Source: chainer/links/model/classifier.py."""
from chainer import functions as F
from chainer import reporter
from chainer.link import Chain


class Classifier(Chain):
    """Its loss comes of what the predictor gives for all arguments but the labels."""

    compute_accuracy = True

    def __init__(self, predictor, lossfun=F.softmax_cross_entropy, accfun=F.accuracy, label_key=-1):
        super().__init__()
        self.lossfun, self.accfun, self.label_key = lossfun, accfun, label_key
        self.y = self.loss = self.accuracy = None
        with self.init_scope():
            self.predictor = predictor

    def forward(self, *args, **kwargs):
        if isinstance(self.label_key, int):
            args = list(args)
            t = args.pop(self.label_key)
        else:
            t = kwargs.pop(self.label_key)
        self.y = self.predictor(*args, **kwargs)
        self.loss = self.lossfun(self.y, t)
        reporter.report({"loss": self.loss}, self)
        if self.compute_accuracy:
            self.accuracy = self.accfun(self.y, t)
            reporter.report({"accuracy": self.accuracy}, self)
        return self.loss
