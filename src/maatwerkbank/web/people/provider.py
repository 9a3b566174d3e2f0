# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Signing in at the organisation of the person, by OpenID Connect.

Takes     MAATWERKBANK_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET. allauth finds this module by its
          name.
Gives     the claims of an ID token of which issuer, audience, time and signature were checked.
Leaves    the nonce, and whether the person is known here, to `adapters.SigningInElsewhere`.

Source    OpenID Connect Core 1.0, §3.1.2.1 (nonce) and §3.1.3.7 (validation of an ID token);
          RFC 7636 (PKCE).
"""

from typing import Any

import jwt
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string

SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
CLOCK_SKEW = 60  # [s]


class Tokens(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """What is fetched at the provider, and checked."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends the person back to."""
        return request.build_absolute_uri(reverse("single-sign-on-callback"))

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Who signed in, from a token that is really the provider's, for us, and still valid."""
        claims = self._claims(app, kwargs["response"].get("id_token", ""))
        if "email" not in claims:
            told = self._fetch_user_info(token.token)
            if told.get("sub") != claims["sub"]:
                raise OAuth2Error("userinfo is about somebody else")
            claims |= {name: told.get(name) for name in ("email", "email_verified")}
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _claims(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            keys = jwt.PyJWKClient(self.openid_config["jwks_uri"], timeout=10)
            return jwt.decode(
                id_token,
                keys.get_signing_key_from_jwt(id_token),
                algorithms=SIGNATURES,
                audience=app.client_id,
                issuer=_issuers(app),
                leeway=CLOCK_SKEW,
                options={"require": ["iss", "aud", "sub", "exp", "iat", "nonce"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("the ID token does not hold") from error


def _issuers(app: SocialApp) -> list[str]:
    """The issuer that we were told of, never the one that the answer names."""
    issuer = app.settings["server_url"].rstrip("/")
    return [issuer, f"{issuer}/"]


class SingleSignOn(OpenIDConnectProvider):  # type: ignore[misc]
    """The one provider."""

    id = "single_sign_on"
    oauth2_adapter_class = Tokens

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        """Where signing in starts."""
        return reverse("single-sign-on")

    def get_callback_url(self) -> str:
        """Where the provider sends the person back to."""
        return reverse("single-sign-on-callback")

    def redirect(self, request: HttpRequest, process: str, *args: Any, **kwargs: Any) -> Any:
        """To the provider, with a nonce that its token must bring back to this browser."""
        nonce = get_random_string(32)
        kwargs["auth_params"] = {**(kwargs.get("auth_params") or {}), "nonce": nonce}
        return super().redirect(request, process, *args, nonce=nonce, **kwargs)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Of the claims nothing is kept but what this attempt is checked with."""
        return {"nonce": data["id_token"]["nonce"]}


provider_classes = [SingleSignOn]  # allauth reads this name


def start(request: HttpRequest) -> HttpResponse:
    """To the provider.  Raises Http404 where none is named."""
    return _ask(OAuth2LoginView, request)


def callback(request: HttpRequest) -> HttpResponse:
    """Back from the provider: signed in, or a page that says why not."""
    return _ask(OAuth2CallbackView, request)


def _ask(view: Any, request: HttpRequest) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(Tokens(request, SingleSignOn.id))(request)
    except SocialApp.DoesNotExist as absent:
        raise Http404 from absent
    return answer
