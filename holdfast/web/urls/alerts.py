"""The addresses of the pages on which people are told, answer and go."""

from django.urls import path

from holdfast.web.views import account, contact, happened, moments, now, sign_in

urlpatterns = [
    path("", now.now, name="now"),
    path("now/live", now.now, name="now_live"),
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-in/as", sign_in.sign_in_as, name="sign_in_as"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("account", account.account, name="account"),
    path("account/test-letter", account.test_letter, name="test_letter"),
    path("moments/<slug:ref>", moments.moment, name="moment"),
    path("moments/<slug:ref>/answer", moments.answer, name="moment_answer"),
    path("moments/<slug:ref>/assign", moments.assign, name="moment_assign"),
    path("moments/<slug:ref>/contact", moments.contact, name="moment_contact"),
    path("moments/<slug:ref>/attempt", moments.attempt, name="moment_attempt"),
    path("moments/<slug:ref>/end", moments.end, name="moment_end"),
    path("moments/<slug:ref>/sent", happened.sent, name="sent"),
    path("moments/<slug:ref>/sent/live", happened.sent, name="sent_live"),
    path("happened", happened.begin, name="happened"),
    path("happened/<slug:token>/child", happened.child, name="happened_child"),
    path("happened/<slug:token>/child/look", happened.look, name="happened_look"),
    path("happened/<slug:token>/what", happened.what, name="happened_what"),
    path("happened/<slug:token>/where", happened.where, name="happened_where"),
    path("happened/<slug:token>/check", happened.check, name="happened_check"),
    path("children/<slug:ref>/contact", contact.contact, name="contact"),
]
