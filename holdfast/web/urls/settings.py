"""The addresses of the pages on which a partnership is set up."""

from django.urls import path

from holdfast.web.views import set_password
from holdfast.web.views.settings import duty, partners, people, promises

urlpatterns = [
    path("settings", partners.overview, name="settings"),
    path("settings/areas", partners.areas, name="settings_areas"),
    path("settings/areas/<slug:code>", partners.area, name="settings_area"),
    path("settings/areas/<slug:code>/remove", partners.remove_area, name="settings_area_remove"),
    path("settings/agencies", partners.agencies, name="settings_agencies"),
    path("settings/agencies/<slug:ref>", partners.agency, name="settings_agency"),
    path("settings/agencies/<slug:ref>/remove", partners.remove_agency, name="settings_agency_remove"),
    path("settings/teams", partners.teams, name="settings_teams"),
    path("settings/teams/<slug:ref>", partners.team, name="settings_team"),
    path("settings/teams/<slug:ref>/remove", partners.remove_team, name="settings_team_remove"),
    path("settings/people", people.people, name="settings_people"),
    path("settings/people/<slug:ref>", people.person, name="settings_person"),
    path("settings/people/<slug:ref>/<slug:act>", people.act, name="settings_person_do"),
    path("settings/rota", duty.rota, name="settings_rota"),
    path("settings/rota/<slug:code>", duty.rota, name="settings_rota_of"),
    path("settings/rota/<slug:code>/<slug:act>", duty.rota_act, name="settings_rota_do"),
    path("settings/rota/<slug:code>/steps/<int:number>", duty.step, name="settings_step"),
    path("settings/rota/<slug:code>/turns/<slug:ref>", duty.turn, name="settings_turn"),
    path("settings/rota/<slug:code>/turns/<slug:ref>/<slug:act>", duty.turn, name="settings_turn_do"),
    path("settings/moments", promises.moments, name="settings_moments"),
    path("settings/moments/<slug:code>", promises.moment, name="settings_moment"),
    path("settings/moments/<slug:code>/remove", promises.remove, name="settings_moment_remove"),
    path("set-password/<int:user>/<str:token>", set_password.set_password, name="set_password"),
]
