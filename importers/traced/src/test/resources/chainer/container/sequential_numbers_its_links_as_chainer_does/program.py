# input x:float32[N=2,3]
# net net
import chainer
import chainer.functions as F
import chainer.links as L

# Chainer gives these links the numbers 0, 3, 2, 1.
net = chainer.Sequential(L.Linear(3, 4), F.relu, L.Linear(4, 5), L.Linear(5, 6), F.leaky_relu, L.Linear(6, 7))
