"""A clock that stands still: the same source gives the same model."""


def time():
    return 0.0


perf_counter = monotonic = process_time = thread_time = time


def time_ns():
    return 0


perf_counter_ns = monotonic_ns = process_time_ns = time_ns


def sleep(seconds):
    pass


def strftime(*_):
    return ""


ctime = asctime = strftime
