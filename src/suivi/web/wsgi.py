"""What a WSGI server calls. `suivi serve` is the usual way to start one."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suivi.settings")


def settle_memory() -> None:
    """Tell the collector that what is loaded at the start stays.

    Without this it walks through all modules and templates again and again, in the middle of answers.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


application = get_wsgi_application()
settle_memory()
