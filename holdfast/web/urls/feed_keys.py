"""The addresses of the pages about the keys with which agencies' systems send rows."""

from django.urls import path

from holdfast.web.views import feed_keys

urlpatterns = [
    path("feeds/keys", feed_keys.keys, name="feed_keys"),
    path("feeds/keys/of/<path:name>", feed_keys.keys, name="feed_keys_of"),
    path("feeds/keys/<slug:ref>", feed_keys.key, name="feed_key"),
    path("feeds/keys/<slug:ref>/stop", feed_keys.stop, name="feed_key_stop"),
    path("feeds/keys/<slug:ref>/take-back", feed_keys.take_back, name="feed_key_take_back"),
]
