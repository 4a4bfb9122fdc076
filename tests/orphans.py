"""Keeps the processes that the suite starts from outliving it, whatever ends it."""

import ctypes
import signal
import sys
from collections.abc import Callable

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>


def stopped_with_parent(by: signal.Signals) -> Callable[[], None]:
    """What a new process calls before its program starts, so that the kernel signals it when we die."""

    def ask_the_kernel() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, by)

    return ask_the_kernel
