"""The settings of the suite: the real ones, in a folder of their own, with quick passwords."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="suivi-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("SUIVI_")]:
    # What the developer's shell says of another installation does not reach the suite.
    if _name not in {"SUIVI_DATABASE_URL", "SUIVI_REFERENCE_DIR", "SUIVI_SCREENSHOTS", "SUIVI_SUITE_DIR"}:
        del os.environ[_name]
os.environ["SUIVI_DATA_DIR"] = _folder

from suivi.settings import *  # noqa: E402, F403
from suivi.settings import STATIC_ROOT, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    # Nothing is collected before a test, so addresses carry no digest.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir()  # the server of static files warns where there is none
