"""Values that go from process to process. Source: chainermn/functions."""
import _entrepot


def pseudo_connect(delegate_variable, *actual_variables):
    return actual_variables[0] if len(actual_variables) == 1 else actual_variables


def bcast(comm, x, root=0):
    return x


def allgather(comm, x):
    return (x,)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _entrepot.Placeholder("chainermn.functions." + name)
