"""The settings of the measurements: the real ones, with static files as they are on disk."""

from suivi.settings import *  # noqa: F403
from suivi.settings import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
