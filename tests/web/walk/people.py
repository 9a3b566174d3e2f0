# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in, one's own account, and the people that an administrator looks after."""

from tests.web.walk.asked import EVERYBODY, Asked

OPEN = (Asked(EVERYBODY, open_to_all=True),)
OWN = (Asked(EVERYBODY),)
NOT_IN_USE = (Asked(""),)  # 404 for who has no such thing: recovery codes, a security key, a demo
ADMINISTRATOR = Asked("administrator", refused=403)
OF_A_PERSON = {"code": "=person"}
DEED = Asked("administrator", method="POST", fill=OF_A_PERSON, refused=403)

ANSWERS = {
    "account_login": OPEN,
    "demo-sign-in": (Asked("", method="POST"),),
    "mfa_authenticate": OPEN,
    "account_inactive": OPEN,
    "single-sign-on": NOT_IN_USE,
    "single-sign-on-callback": NOT_IN_USE,
    "socialaccount_login_cancelled": OPEN,
    "account_reset_password": OPEN,
    "account_reset_password_done": OPEN,
    "account_reset_password_from_key": (
        Asked(EVERYBODY, fill={"uidb36": "=1", "key": "=no-key"}, open_to_all=True),
    ),
    "account_reset_password_from_key_done": OPEN,
    "account_logout": OPEN,
    "my-account": OWN,
    "account_change_password": NOT_IN_USE,
    "account_reauthenticate": (Asked("", refused=403),),
    "mfa_reauthenticate": (Asked("", refused=403),),
    "mfa_reauthenticate_webauthn": (Asked("", refused=403),),
    "usersessions_list": OWN,
    "mfa_index": OWN,
    "mfa_activate_totp": (Asked("", refused=403),),
    "mfa_deactivate_totp": NOT_IN_USE,
    "mfa_list_webauthn": OWN,
    "mfa_add_webauthn": (Asked("", refused=403),),
    "mfa_edit_webauthn": (Asked("", refused=403, fill={"pk": "=1"}),),
    "mfa_remove_webauthn": (Asked("", refused=403, fill={"pk": "=1"}),),
    "mfa_view_recovery_codes": NOT_IN_USE,
    "mfa_generate_recovery_codes": (Asked("", refused=403),),
    "mfa_download_recovery_codes": NOT_IN_USE,
    "people": (ADMINISTRATOR,),
    "invite": (ADMINISTRATOR, Asked("administrator", method="POST", refused=403)),
    "person": (Asked("administrator", fill=OF_A_PERSON, refused=403), DEED),
    "close-account": (DEED,),
    "reopen-account": (DEED,),
    "invite-again": (DEED,),
    "forget-second-factor": (DEED,),
}
