"""Logs go nowhere."""
CRITICAL, FATAL, ERROR, WARNING, WARN, INFO, DEBUG, NOTSET = 50, 50, 40, 30, 30, 20, 10, 0


class Logger:
    handlers = ()
    level = WARNING
    propagate, disabled, parent, root = True, False, None, None

    def __init__(self, name="root", level=NOTSET):
        self.name = name

    def _nothing(self, *_, **__):
        pass

    debug = info = warning = warn = error = critical = exception = log = fatal = _nothing
    setLevel = addHandler = removeHandler = addFilter = removeFilter = handle = _nothing

    def isEnabledFor(self, level):
        return False

    def getEffectiveLevel(self):
        return WARNING

    def hasHandlers(self):
        return False

    def getChild(self, name):
        return getLogger(self.name + "." + name)


class Handler(Logger):
    def __init__(self, *_, **__):
        self.name = ""

    setFormatter = setStream = emit = flush = close = acquire = release = Logger._nothing


StreamHandler = FileHandler = NullHandler = Handler
Formatter = Filter = LogRecord = Handler
LoggerAdapter = Logger
root = Logger()
_known = {}


def getLogger(name=None):
    return root if name is None else _known.setdefault(name, Logger(name))


def _nothing(*_, **__):
    pass


debug = info = warning = warn = error = critical = exception = log = basicConfig = disable = shutdown = captureWarnings = _nothing
addLevelName = setLoggerClass = _nothing


def getLevelName(level):
    return str(level)


def getLoggerClass():
    return Logger
