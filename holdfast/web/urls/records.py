"""The addresses of the record, the feeds, the rota and the settings."""

from django.urls import include, path

from holdfast.web.views import (
    child,
    children,
    feed_alike,
    feeds,
    rota,
    search,
    splitting,
    timeline,
    who_is_who,
)

urlpatterns = [
    path("search", search.search, name="search"),
    path("children", children.children, name="children"),
    path("children/<slug:ref>", child.summary, name="child"),
    path("children/<slug:ref>/timeline", timeline.timeline, name="timeline"),
    path(
        "children/<slug:ref>/timeline/filter",
        timeline.timeline,
        {"filter_only": True},
        name="timeline_filter",
    ),
    path("children/<slug:ref>/records", child.whose_records, name="records"),
    path("children/<slug:ref>/records/set-apart", splitting.split, name="split"),
    path("children/<slug:ref>/why", child.why, name="why"),
    path("children/<slug:ref>/add/<slug:what>", child.add, name="child_add"),
    path("who-is-who", who_is_who.who_is_who, name="who_is_who"),
    path("who-is-who/said", who_is_who.said, name="who_is_who_said"),
    path("who-is-who/<slug:ref>", who_is_who.question, name="who_is_who_question"),
    path("who-is-who/<slug:ref>/take-back", who_is_who.take_back, name="who_is_who_take_back"),
    path("rota", rota.rota, name="rota"),
    path("rota/<slug:code>", rota.rota, name="rota_of"),
    path("", include("holdfast.web.urls.settings")),
    path("", include("holdfast.web.urls.feed_keys")),
    path("feeds", feeds.feeds, name="feeds"),
    path("feeds/to-mend", feeds.quarantine, name="quarantine"),
    path("feeds/of/<path:name>", feeds.feed, name="feed"),
    path("feeds/files/<slug:ref>", feeds.delivery, name="delivery"),
    path("feeds/files/<slug:ref>/rows/<path:number>", feeds.row, name="feed_row"),
    path(
        "feeds/files/<slug:ref>/same-fault/<slug:field>/<path:number>",
        feed_alike.rows_alike,
        name="feed_rows_alike",
    ),
]
