"""The settings that tests run with: the project's own, on data of their own, over plain HTTP, without hashed assets."""

from __future__ import annotations

import os
import tempfile

# The environment of whoever runs the suite has no say in what it finds.
for _name in [name for name in os.environ if name.startswith("BAOZANG_")]:
    del os.environ[_name]
os.environ["BAOZANG_DATA"] = tempfile.mkdtemp(prefix="baozang-tests-")
os.environ["BAOZANG_HTTPS"] = "off"

from config.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
