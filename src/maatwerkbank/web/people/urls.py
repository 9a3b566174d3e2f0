# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `people`: signing in, my account, and the people that an administrator looks after.

The names with an underscore are those by which allauth finds its own pages. Of allauth only what is
named here is open: nobody signs up, and nobody changes the address that an administrator gave.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as key
from allauth.socialaccount import views as elsewhere
from allauth.usersessions import views as sessions
from django.urls import path

from maatwerkbank.web.people import administration, provider, views

urlpatterns = [
    # Signing in
    path("inloggen/", views.sign_in, name="account_login"),
    path("inloggen/demo", views.demo_sign_in, name="demo-sign-in"),
    path("inloggen/tweede-stap", second_step.authenticate, name="mfa_authenticate"),
    path("inloggen/afgesloten", account.account_inactive, name="account_inactive"),
    path("inloggen/organisatie", provider.start, name="single-sign-on"),
    path("inloggen/organisatie/terug", provider.callback, name="single-sign-on-callback"),
    path(
        "inloggen/organisatie/gestopt",
        elsewhere.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path("inloggen/wachtwoord-vergeten", account.password_reset, name="account_reset_password"),
    path(
        "inloggen/wachtwoord-vergeten/verstuurd",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "inloggen/wachtwoord-kiezen/<str:uidb36>/<str:key>",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "inloggen/wachtwoord-gekozen",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("uitloggen", account.logout, name="account_logout"),
    # My account
    path("mijn-account/", views.my_account, name="my-account"),
    path("mijn-account/wachtwoord", views.change_password, name="account_change_password"),
    path("mijn-account/bevestigen", account.reauthenticate, name="account_reauthenticate"),
    path("mijn-account/bevestigen/code", second_step.reauthenticate, name="mfa_reauthenticate"),
    path(
        "mijn-account/bevestigen/sleutel",
        key.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("mijn-account/sessies", sessions.list_usersessions, name="usersessions_list"),
    path("mijn-account/tweede-stap/", second_step.index, name="mfa_index"),
    path("mijn-account/tweede-stap/app", app.activate_totp, name="mfa_activate_totp"),
    path("mijn-account/tweede-stap/app/weg", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("mijn-account/tweede-stap/sleutels", key.list_webauthn, name="mfa_list_webauthn"),
    path("mijn-account/tweede-stap/sleutels/nieuw", key.add_webauthn, name="mfa_add_webauthn"),
    path("mijn-account/tweede-stap/sleutels/<int:pk>", key.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "mijn-account/tweede-stap/sleutels/<int:pk>/weg",
        key.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
    path(
        "mijn-account/tweede-stap/herstelcodes",
        recovery.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "mijn-account/tweede-stap/herstelcodes/nieuw",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "mijn-account/tweede-stap/herstelcodes/bestand",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    # The administrator
    path("beheer/mensen/", administration.people, name="people"),
    path("beheer/mensen/nieuw", administration.invite, name="invite"),
    path("beheer/mensen/<uuid:code>", administration.person, name="person"),
    path("beheer/mensen/<uuid:code>/afsluiten", administration.close, name="close-account"),
    path("beheer/mensen/<uuid:code>/openen", administration.reopen, name="reopen-account"),
    path("beheer/mensen/<uuid:code>/uitnodigen", administration.invite_again, name="invite-again"),
    path(
        "beheer/mensen/<uuid:code>/tweede-stap-wissen",
        administration.forget_second_factor,
        name="forget-second-factor",
    ),
]
