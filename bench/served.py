"""Which settings do measured pages run with?  Holdfast's own; only the addresses have one page more."""

from holdfast.settings import *  # noqa: F403 - all of them

ROOT_URLCONF = "bench.served_urls"
ALLOWED_HOSTS = ["*"]
