"""Type marks and decorators of TorchScript."""
from typing import Dict, Final, List, Optional, Tuple, Union  # noqa: F401


def _overload(function):
    return function


_overload_method = ignore = unused = export = _copy_to_script_wrapper = _overload


def boolean_dispatch(arg_name, arg_index, default, if_true, if_false, module_name, func_name):
    def function(*args, **kwargs):
        chosen = kwargs.get(arg_name, args[arg_index] if len(args) > arg_index else default)
        return (if_true if chosen else if_false)(*args, **kwargs)

    return function


class BroadcastingList1:
    def __class_getitem__(cls, kind):
        return cls


BroadcastingList2 = BroadcastingList3 = BroadcastingListx = BroadcastingList1
