def register_model(function):
    return function


def generate_default_cfgs(configurations):
    return configurations


def register_model_deprecations(*_):
    pass
