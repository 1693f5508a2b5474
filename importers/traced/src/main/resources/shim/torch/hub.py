"""Nothing is fetched: weights come from the files that are given."""
import sys

import _entrepot


def load_state_dict_from_url(url=None, *_, **__):
    _entrepot.warn("weights of " + str(url) + " are left aside: they come from the files that are given", sys._getframe(1))
    return {}


def load(*_, **__):
    raise _entrepot.Refused("torch.hub.load: source may not fetch source")


def download_url_to_file(*_, **__):
    raise _entrepot.Refused("torch.hub.download_url_to_file: source may not fetch files")


def get_dir():
    return ""


def set_dir(path):
    pass


_get_torch_home = get_dir
