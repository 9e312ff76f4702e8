from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Wiring: settings, addresses and the command that serves all of it."""

    name = "config"
