from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "holdfast.places"
