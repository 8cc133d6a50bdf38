"""The addresses of the provider of `oidc_provider`, and what it says of a sign-in."""

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.urls import include, path


class Adapter(DefaultOIDCAdapter):
    """Says how somebody signed in (RFC 8176), as directories do that ask for a second factor."""

    def get_claims(self, purpose: str, user: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        claims: dict[str, Any] = super().get_claims(purpose, user, *args, **kwargs)
        return {**claims, "amr": user.last_name.split()} if purpose == "id_token" else claims


urlpatterns = [path("accounts/", include("allauth.account.urls")), path("", include("allauth.idp.urls"))]
