"""ChainerMN: many processes train what one process runs. Source: chainermn of Chainer 7."""
from chainer import _quiet
from chainer._quiet import Quiet, quiet_attributes

_quiet.packages("chainermn.communicators", "chainermn.extensions", "chainermn.iterators", "chainermn.optimizers", "chainermn.global_except_hook")

from chainermn import functions, links  # noqa: E402, F401
from chainermn.datasets import create_empty_dataset, scatter_dataset  # noqa: E402, F401


class Communicator(Quiet):
    """One process among one."""

    rank = intra_rank = inter_rank = 0
    size = intra_size = inter_size = 1

    def bcast_obj(self, obj, *_, **__): return obj
    def bcast(self, data, *_, **__): return data
    def allgather_obj(self, obj): return [obj]
    def split(self, *_): return self


def create_communicator(*_, **__):
    return Communicator()


def create_multi_node_optimizer(actual_optimizer, *_, **__):
    return actual_optimizer


def create_multi_node_evaluator(actual_evaluator, *_, **__):
    return actual_evaluator


def create_multi_node_checkpointer(*_, **__):
    return Quiet()


def __getattr__(name):
    if name == "MultiNodeChainList":
        return links.MultiNodeChainList
    return quiet_attributes(__name__)(name)
