from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "holdfast.feeds"
