"""contextlib; Python's own loads collections, types and more."""


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


class ContextDecorator:
    def __call__(self, function):
        def inside(*args, **kwargs):
            with self:
                return function(*args, **kwargs)

        return inside


class _Generated(ContextDecorator):
    def __init__(self, function, args, kwargs):
        self.make = lambda: function(*args, **kwargs)

    def __enter__(self):
        self.generator = self.make()
        return next(self.generator)

    def __exit__(self, kind, value, trace):
        if kind is None:
            next(self.generator, None)
            return False
        try:
            self.generator.throw(value)
        except StopIteration:
            return True
        except BaseException as error:
            if error is value:
                return False
            raise
        return True


def contextmanager(function):
    def made(*args, **kwargs):
        return _Generated(function, args, kwargs)

    made.__name__, made.__wrapped__ = function.__name__, function
    return made


class nullcontext(AbstractContextManager):
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result


class suppress(AbstractContextManager):
    def __init__(self, *kinds):
        self.kinds = kinds

    def __exit__(self, kind, value, trace):
        return kind is not None and issubclass(kind, self.kinds)


class redirect_stdout(AbstractContextManager):
    def __init__(self, target):
        self.target = target


redirect_stderr = redirect_stdout


class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *_):
        self.thing.close()


class ExitStack(AbstractContextManager):
    def __init__(self):
        self.exits = []

    def enter_context(self, manager):
        result = manager.__enter__()
        self.exits.append(manager.__exit__)
        return result

    def callback(self, function, *args, **kwargs):
        self.exits.append(lambda *_: function(*args, **kwargs))
        return function

    def push(self, exit):
        self.exits.append(getattr(exit, "__exit__", exit))
        return exit

    def close(self):
        self.__exit__(None, None, None)

    def __exit__(self, *details):
        while self.exits:
            if self.exits.pop()(*details):
                details = (None, None, None)
        return details[0] is None


def asynccontextmanager(function):
    return function
