"""What is asked of a phone or security key, and whether its answer is good: the WebAuthn protocol."""

import json
import uuid
from typing import Any

import webauthn
from webauthn.helpers import options_to_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from base.errors import InvalidError
from base.settings import settings

SITE_NAME = "Sổ tay đảng viên"


class PasskeyRefusedError(InvalidError):
    """The phone's answer does not fit: too late, used before, from elsewhere, or an unknown key. Which is not told."""

    key = "account-passkey-refused"


def registration(
    member: uuid.UUID, *, login: str, name: str, own: list[dict[str, Any]]
) -> tuple[bytes, dict[str, Any]]:
    """A challenge, and the options for making a key; a phone that holds one of ``own`` makes no second one."""
    options = webauthn.generate_registration_options(
        rp_id=settings().site_host,
        rp_name=SITE_NAME,
        user_id=member.bytes,
        user_name=login,
        user_display_name=name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[_descriptor(row) for row in own],
    )
    return options.challenge, json.loads(options_to_json(options))


def authentication() -> tuple[bytes, dict[str, Any]]:
    """A challenge, and the options for showing a key: any that the phone holds for this site."""
    options = webauthn.generate_authentication_options(
        rp_id=settings().site_host, user_verification=UserVerificationRequirement.REQUIRED
    )
    return options.challenge, json.loads(options_to_json(options))


def registered(answer: dict[str, Any], challenge: bytes) -> VerifiedRegistration:
    """The new key out of a phone's answer, its user verified. Slow: not for the event loop."""
    try:
        return webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=settings().site_host,
            expected_origin=settings().origin,
            require_user_verification=True,
        )
    except Exception as error:  # whatever the libraries make of a forged answer
        raise PasskeyRefusedError from error


def authenticated(answer: dict[str, Any], challenge: bytes, public_key: bytes) -> tuple[int, bool]:
    """The key's new count and whether it is backed up. Slow; comparing the count with the last one is the caller's."""
    try:
        verified = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=settings().site_host,
            expected_origin=settings().origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except Exception as error:  # whatever the libraries make of a forged answer
        raise PasskeyRefusedError from error
    return verified.new_sign_count, verified.credential_backed_up


def transports(answer: dict[str, Any]) -> str:
    """How the key can be reached, as far as we know the words."""
    known = {transport.value for transport in AuthenticatorTransport}
    given = answer.get("response", {}).get("transports") or []
    return " ".join(word for word in given if word in known)


def _descriptor(row: dict[str, Any]) -> PublicKeyCredentialDescriptor:
    words = [AuthenticatorTransport(word) for word in row["transports"].split()]
    return PublicKeyCredentialDescriptor(id=bytes(row["credential"]), transports=words or None)
