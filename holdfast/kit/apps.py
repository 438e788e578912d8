from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "holdfast.kit"

    def ready(self) -> None:
        from holdfast.kit import lookups, times  # noqa: F401 - each registers itself
