"""The addresses of the pages on which a partnership is set up."""

from django.urls import path

from holdfast.web.views import set_password
from holdfast.web.views.settings import duty, partners, people

urlpatterns = [
    path("settings", partners.overview, name="settings"),
    path("settings/areas", partners.areas, name="settings_areas"),
    path("settings/areas/<slug:code>", partners.area, name="settings_area"),
    path("settings/agencies", partners.agencies, name="settings_agencies"),
    path("settings/agencies/<slug:ref>", partners.agency, name="settings_agency"),
    path("settings/teams", partners.teams, name="settings_teams"),
    path("settings/teams/<slug:ref>", partners.team, name="settings_team"),
    path("settings/people", people.people, name="settings_people"),
    path("settings/people/<slug:ref>", people.person, name="settings_person"),
    path("settings/people/<slug:ref>/<slug:act>", people.act, name="settings_person_do"),
    path("settings/rota", duty.rota, name="settings_rota"),
    path("settings/rota/<slug:code>", duty.rota, name="settings_rota_of"),
    path("settings/rota/<slug:code>/<slug:act>", duty.rota_act, name="settings_rota_do"),
    path("settings/moments", duty.moments, name="settings_moments"),
    path("settings/moments/<slug:code>", duty.moment, name="settings_moment"),
    path("set-password/<int:user>/<str:token>", set_password.set_password, name="set_password"),
]
