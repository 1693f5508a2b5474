"""Runs first: which modules source may import, what it may call, and where it went wrong."""
import builtins
import sys

# What GraalPy brings and source may use. Those that this folder has are taken from here.
_STANDARD = frozenset("""
    __future__ abc array base64 bisect builtins collections cmath contextlib copy copyreg dataclasses datetime decimal enum
    errno fractions functools gc hashlib heapq importlib inspect io itertools json keyword logging math numbers operator os platform pprint
    queue random re reprlib statistics string struct sys textwrap time timeit traceback types typing unicodedata uuid
    warnings weakref zlib
""".split())

# Modules that sources import for training, data or drawing, which running a network does not need: importing them is harmless,
# using them is an error.
_UNNEEDED = frozenset("""
    PIL accelerate albumentations apex argparse asyncio chainerx cv2 concurrent ctypes deepspeed distutils fcntl ftplib fvcore getpass glob gzip
    h5py horovod http huggingface_hub imageio ipdb joblib kornia lightning logger matplotlib ml_collections mmap
    multiprocessing nltk numba omegaconf optparse pandas pathlib pdb pickle pickletools pip pkg_resources pprint psutil pycocotools
    pytorch_lightning pywt requests safetensors scipy seaborn select shelve shutil signal skimage sklearn smtplib socket
    socketserver sqlite3 ssl subprocess tarfile tempfile tensorboard tensorboardX tensorflow termcolor
    thop threading torchinfo torchsummary tqdm unittest urllib urllib3 wandb wget xml yaml yacs zipfile
""".split())

_MARK = "__source__"
_real_import = builtins.__import__
_Module = type(sys)


class SourceError(Exception):
    """What the host refuses: kind, what, why."""

    def __init__(self, kind, what, why):
        super().__init__(what + ": " + why)
        self.kind, self.what, self.why = kind, what, why


class Refused(PermissionError):
    """What source may not do."""


def raise_(kind, what, why):
    raise SourceError(kind, what, why)


class _Files:
    """The user's files as a tree of modules; a folder is a package whether or not it has an __init__.py."""

    def __init__(self):
        self.modules = {}  # ("models", "resnet") -> (file name, text, is package)
        self.folders = set()
        self.names = {}  # file name -> number of its lines

    def add(self, name, text):
        parts = tuple(name[:-3].split("/"))
        package = parts[-1] == "__init__"
        path = parts[:-1] if package else parts
        self.modules[path] = (name, text, package)
        self.names[name] = text.count("\n") + 1
        for depth in range(len(parts)):
            self.folders.add(parts[:depth])

    def has(self, path):
        return path in self.modules or path in self.folders

    def find(self, parts, near):
        """A module that an absolute import means: beside the importing file, above it, or in any folder."""
        for depth in range(len(near), -1, -1):
            if self.has(near[:depth] + parts):
                return near[:depth] + parts
        for folder in sorted(self.folders):
            if self.has(folder + parts):
                return folder + parts
        return None


files = _Files()
_missing = {}  # (file, line, name) -> None: what source asks for and nobody has
warnings_ = {}
host = None


def _key(path):
    return ".".join(("__source__",) + path)


def _length(value):
    """What source has for len: Python's own must give a number that is known."""
    symbolic = getattr(type(value), "_entrepot_length", None)
    return len(value) if symbolic is None else symbolic(value)


def load(path):
    """The user's module at this path."""
    key = _key(path)
    if key in sys.modules:
        return sys.modules[key]
    # The package comes first, and may load this module by itself.
    parent = load(path[:-1]) if path else None
    if key in sys.modules:
        return sys.modules[key]
    module = _Module(key)
    name, text, package = files.modules.get(path, (None, None, True))
    if package:
        module.__path__ = []
    module.__package__ = key if package else key.rpartition(".")[0]
    module.__dict__[_MARK] = (path, package)
    sys.modules[key] = module
    if text is not None:
        module.__file__ = name
        module.__dict__["len"] = _length
        try:
            exec(compile(text, name, "exec"), module.__dict__)
        except BaseException:
            del sys.modules[key]
            raise
    if parent is not None:
        setattr(parent, path[-1], module)
    return module


def _shim(name):
    return name.partition(".")[0] in host_shims


def location(frame):
    """The innermost place in a user's file at or above a frame."""
    while frame is not None:
        if frame.f_code.co_filename in files.names:
            return frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
    return "", 0


def asserted(frame):
    """Whether the line that is run at or above a frame is an assertion."""
    file, line = location(frame)
    text = next((text for name, text, _ in files.modules.values() if name == file), "")
    lines = text.split("\n")
    while 0 < line <= len(lines):
        words = lines[line - 1].strip()
        if words.startswith(("assert ", "assert(", "torch._assert(", "_assert(")):
            return True
        # A statement may begin on an earlier line than the one that is told.
        if not words.startswith(("and ", "or ", "==", "(", ")")):
            return False
        line -= 1
    return False


def text(function):
    """The lines of a function in a user's file; empty for any other."""
    code = getattr(getattr(function, "__wrapped__", function), "__code__", None)
    whole = next((text for name, text, _ in files.modules.values() if code is not None and name == code.co_filename), "")
    lines = whole.split("\n")[code.co_firstlineno - 1 :] if whole else []
    indent = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
    begun, found = False, []
    for line in lines:
        if begun and line.strip() and len(line) - len(line.lstrip()) <= indent and not line.lstrip().startswith(")"):
            break
        begun = begun or line.lstrip().startswith("def ")
        found.append(line)
    return "\n".join(found)


def missing(name, frame=None):
    """Notes that nobody has this name."""
    file, line = location(frame or sys._getframe(1))
    _missing[(file, line, name)] = None


def warn(text, frame=None):
    warn_at(*location(frame or sys._getframe(1)), text)


def warn_at(file, line, text):
    warnings_[(file + ":" + str(line) + ": " if file else "") + text] = None


class Placeholder:
    """Stands for something that nobody has. Using it is noted; what comes of it is a placeholder again, so that source runs on."""

    def __init__(self, name, noted=False):
        object.__setattr__(self, "_entrepot_name", name)
        object.__setattr__(self, "_entrepot_noted", noted)

    def _use(self):
        if not self._entrepot_noted:
            missing(self._entrepot_name, sys._getframe(2))
        return Placeholder(self._entrepot_name, True)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Placeholder(self._entrepot_name + "." + name, self._entrepot_noted)

    def __setattr__(self, name, value):
        pass

    def __call__(self, *args, **kwargs):
        result = self._use()
        # As a decorator it leaves what it decorates alone.
        return args[0] if len(args) == 1 and not kwargs and isinstance(args[0], (type, type(raise_))) else result

    def __mro_entries__(self, bases):
        self._use()
        return (_Base,)

    def __iter__(self):
        self._use()
        return iter(())

    def __len__(self):
        self._use()
        return 0

    def __bool__(self):
        return not self._entrepot_noted

    def __int__(self):
        self._use()
        return 1

    __index__ = __int__

    def __float__(self):
        self._use()
        return 1.0

    def __hash__(self):
        return hash(self._entrepot_name)

    def __repr__(self):
        return self._entrepot_name


def _absorb(self, *args, **kwargs):
    return self._use()


for _name in """add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow matmul rmatmul and rand or ror xor
        rxor lshift rshift neg pos abs invert lt le gt ge getitem setitem enter exit""".split():
    setattr(Placeholder, "__" + _name + "__", _absorb)


class _Base:
    """The base class of classes whose real one nobody has."""

    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Placeholder(name, True)

    def __call__(self, *args, **kwargs):
        return Placeholder(type(self).__name__, True)


class _PlaceholderModule(_Module):
    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Placeholder(self.__name__ + "." + name)


def _placeholder_module(name):
    module = _PlaceholderModule(name)
    module.__path__ = []
    return module


def _tolerated(file, line):
    """Whether a line stands in a try whose handlers would take an ImportError."""
    text = next((text for name, text, _ in files.modules.values() if name == file), None)
    if text is None:
        return False
    return _in_try(compile(text, file, "exec", 0x400).body, line)


def _in_try(statements, line):
    for statement in statements:
        handlers = getattr(statement, "handlers", None)
        body = getattr(statement, "body", None)
        if not isinstance(body, list):
            continue
        if handlers and body[0].lineno <= line <= body[-1].end_lineno and any(map(_takes_import_error, handlers)):
            return True
        inner = body + getattr(statement, "orelse", []) + getattr(statement, "finalbody", [])
        for handler in handlers or ():
            inner = inner + handler.body
        if _in_try(inner, line):
            return True
    return False


def _takes_import_error(handler):
    if handler.type is None:
        return True
    types = getattr(handler.type, "elts", None) or [handler.type]
    return any(
        getattr(kind, "id", "") in ("ImportError", "ModuleNotFoundError", "Exception", "BaseException") for kind in types
    )


def _outside(name, fromlist):
    """A module that is not the user's."""
    top = name.partition(".")[0]
    if top in host_shims or top in _STANDARD:
        try:
            return _real_import(name, {"__name__": "__source__"}, None, fromlist, 0)
        except ModuleNotFoundError as error:
            if top not in host_shims:
                raise
            return _unknown(error.name or name, name, fromlist)
    return _unknown(name, name, fromlist)


def _unknown(unknown, name, fromlist):
    frame = sys._getframe(3)
    file, line = location(frame)
    if _tolerated(file, line):
        raise ModuleNotFoundError("No module named " + repr(unknown), name=unknown)
    top = name.partition(".")[0]
    if top not in _UNNEEDED:
        _missing[(file, line, "module " + unknown)] = None
    whole = _placeholder_module(name)
    if fromlist or "." not in name:
        return whole
    # import a.b binds a.
    root = sys.modules.get(top) if top in host_shims else None
    return root or _placeholder_module(top)


def _import(name, globals=None, locals=None, fromlist=(), level=0):
    mark = globals.get(_MARK) if globals else None
    if mark is None:
        if globals is None or "__name__" not in globals or globals["__name__"] == "__main__":
            return _outside(name, fromlist)
        return _real_import(name, globals, locals, fromlist, level)
    path, package = mark
    folder = path if package else path[:-1]
    parts = tuple(name.split(".")) if name else ()
    if level == 0:
        target = files.find(parts, folder)
        if target is None:
            return _outside(name, fromlist)
        base = target[: len(target) - len(parts)]
    else:
        if level - 1 > len(folder):
            raise ImportError("relative import goes above the folder of the files that were given")
        base = folder[: len(folder) - (level - 1)]
        target = base + parts
        if not files.has(target):
            frame = sys._getframe(1)
            _missing[location(frame) + ("file " + "/".join(target) + ".py",)] = None
            return _placeholder_module(name)
    module = load(target)
    if not fromlist:
        return load(base + parts[:1]) if parts else module
    for item in fromlist:
        if item == "*":
            continue
        if not hasattr(module, item) and files.has(target + (item,)):
            load(target + (item,))
        if not hasattr(module, item) and level:
            _missing[location(sys._getframe(1)) + ("name " + item + " in " + "/".join(target),)] = None
            setattr(module, item, Placeholder(item, True))
    return module


class _ShimFinder:
    """Serves the modules of this folder, also to GraalPy's own."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] not in host_shims:
            return None
        found = host["source"](name)
        if found is None:
            return None
        return _Spec(name, found)

    @staticmethod
    def invalidate_caches():
        pass


class _Loader:
    def __init__(self, found):
        self.found = found

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(compile(self.found[0], self.found[1], "exec"), module.__dict__)


def _Spec(name, found):
    spec = _ModuleSpec(name, _Loader(found), origin=found[1], is_package=found[2])
    spec.has_location = True
    return spec


_ModuleSpec = type(sys.__spec__) if getattr(sys, "__spec__", None) else None
host_shims = frozenset()


def _refuse(name, why):
    def refused(*args, **kwargs):
        raise Refused(name + ": " + why)

    refused.__name__ = name
    return refused


def _print(*values, sep=" ", end="\n", file=None, flush=False):
    text = (" " if sep is None else sep).join(str(value) for value in values)
    host["printed"](text + ("\n" if end is None else end))


def start(functions, shims):
    """Gives source its world; called once, before any of it runs."""
    global host, host_shims, _ModuleSpec
    host = functions
    host_shims = frozenset(shims)
    if _ModuleSpec is None:
        _ModuleSpec = _real_import("_frozen_importlib").ModuleSpec
    sys.meta_path.insert(0, _ShimFinder)
    this = _Module("_entrepot")
    this.__dict__.update(globals())
    sys.modules["_entrepot"] = this
    builtins.__import__ = _import
    builtins.open = _refuse("open", "source may not use files")
    builtins.input = _refuse("input", "nobody is there to answer")
    builtins.breakpoint = lambda *args, **kwargs: None
    builtins.print = _print


def _places(error):
    places = []
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file in files.names:
            places.append((file, trace.tb_lineno))
        trace = trace.tb_next
    return places


def _described(error):
    if isinstance(error, SourceError):
        kind, what, why = error.kind, error.what, error.why
    elif isinstance(error, MemoryError) or isinstance(error, OverflowError) and "index-sized" in str(error):
        kind, what, why = "limit", "source", "asks for more memory than there is"
    elif isinstance(error, SystemExit):
        kind, what, why = "refused", "source", "ends the program (" + repr(error) + ")"
    elif isinstance(error, Refused):
        what, _, why = str(error).partition(": ")
        kind = "refused"
    else:
        text = str(error)
        kind, what, why = "error", type(error).__name__, text or "raised by the source"
    places = _places(error)
    if isinstance(error, SyntaxError) and error.filename in files.names:
        places.append((error.filename, error.lineno or 0))
    file, line = places[-1] if places else ("", 0)
    return (kind, file, line, what, why)


def guarded(function, *args):
    """(True, result), or (False, kind, file, line, what, why)."""
    try:
        return (True, function(*args))
    except BaseException as error:
        return (False,) + _described(error)


def evaluate(name, expression, scope):
    """The value of an expression in the user's file."""
    path = next(path for path, (file, _, _) in files.modules.items() if file == name)
    module = load(path)
    return eval(compile(expression, "<" + expression + ">", "eval"), module.__dict__)


def found_missing():
    return [list(item) for item in _missing]


def found_warnings():
    return list(warnings_)


def module(name):
    _real_import(name)
    return sys.modules[name]
