from django.apps import AppConfig


class WhoIsWhoConfig(AppConfig):
    name = "holdfast.who_is_who"
