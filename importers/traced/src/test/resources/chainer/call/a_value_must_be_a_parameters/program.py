# input data:float32[N=2,4]
# value outputz=["fc8"]
import chainer
import chainer.functions as F


class Net(chainer.Chain):
    def forward(self, inputs, outputs):
        variables = {"fc8": F.relu(inputs["data"])}
        return tuple(variables[blob] for blob in outputs)
