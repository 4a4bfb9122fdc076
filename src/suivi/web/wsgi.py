"""What a WSGI server calls. `suivi serve` is the usual way to start one."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suivi.settings")

application = get_wsgi_application()
