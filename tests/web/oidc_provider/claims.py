# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the provider claims of who signed in; and lies, for who asks it to.

A user is named `address|verified|lie`; `lie` is empty, or what is false in the token.
"""

import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from oauth2_provider.oauth2_validators import OAuth2Validator

LIES: dict[str, dict[str, Any]] = {
    "": {},
    "audience": {"aud": "another application"},
    "issuer": {"iss": "https://elders.example"},
    "nonce": {"nonce": "of another browser"},
    "expired": {"exp": int(time.time()) - 3600},
    "signature": {},
    "unsigned": {},
    "no_nonce": {"nonce": None},
}


class Claims(OAuth2Validator):
    """The address, and whether the organisation has verified it."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        """Besides the subject."""
        address, verified, _ = request.user.username.split("|")
        return {"email": address, "email_verified": verified == "yes"}

    def finalize_id_token(self, *args: Any) -> str:
        """The token; false in one thing where that was asked."""
        token: str = super().finalize_id_token(*args)
        lie = args[-1].user.username.split("|")[2]
        if not lie:
            return token
        claims = jwt.decode(token, options={"verify_signature": False}) | LIES[lie]
        claims = {name: value for name, value in claims.items() if value is not None}
        head = jwt.get_unverified_header(token)
        if lie == "unsigned":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": head["kid"]})
        key = args[-1].client.jwk_key.export_to_pem(private_key=True, password=None)
        if lie == "signature":
            key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": head["kid"]})
