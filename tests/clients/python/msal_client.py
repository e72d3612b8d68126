"""Microsoft's own token library for Python, by every way in that it offers a tool like ours."""

import base64
import datetime
import json
import time
import urllib.parse

import msal
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from practice import ADMINISTRATOR, EXCHANGE, GRAPH, PRACTICE, ROUND, Browser, check, expect, finish

AUTHORITY = PRACTICE["authority"]
OPTIONS = {"authority": AUTHORITY, "instance_discovery": False}


def confidential(client_id, credential):
    return msal.ConfidentialClientApplication(client_id, client_credential=credential, **OPTIONS)


def token(answer):
    expect("access_token" in answer, json.dumps(answer))
    return answer["access_token"]


def graph(method, path, access_token, **rest):
    return requests.request(
        method, PRACTICE["graph"] + path, headers={"Authorization": "Bearer " + access_token}, **rest
    )


with check("client credentials by secret, for Graph and for Exchange"):
    app = confidential(PRACTICE["client_id"], PRACTICE["client_secret"])
    admin = token(app.acquire_token_for_client([GRAPH]))
    token(app.acquire_token_for_client([EXCHANGE]))
    expect(app.acquire_token_for_client([GRAPH])["token_source"] == "cache", "the token was not kept")

with check("a wrong secret is refused with 7000215"):
    answer = confidential(PRACTICE["client_id"], "not-the-secret").acquire_token_for_client([GRAPH])
    expect(answer.get("error") == "invalid_client" and answer.get("error_codes") == [7000215], json.dumps(answer))

with check("an unknown application is refused with 700016"):
    answer = confidential("00000000-1111-4222-8333-444444444444", "secret").acquire_token_for_client([GRAPH])
    expect(answer.get("error_codes") == [700016], json.dumps(answer))

with check("client credentials by certificate"):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "msal client suite")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=90))
        .sign(key, hashes.SHA256())
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    made = graph("POST", "/applications", admin, json={
        "displayName": "msal suite " + ROUND,
        "keyCredentials": [{"type": "AsymmetricX509Cert", "usage": "Verify", "key": base64.b64encode(der).decode()}],
    })
    expect(made.status_code == 201, made.text)
    app_id = made.json()["appId"]
    deadline = time.monotonic() + 60
    while True:
        principal = graph("POST", "/servicePrincipals", admin, json={"appId": app_id})
        if principal.status_code == 201 or time.monotonic() > deadline:
            break
        time.sleep(0.5)
    expect(principal.status_code == 201, principal.text)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    public = certificate.public_bytes(serialization.Encoding.PEM).decode()
    credential = {
        "private_key": pem,
        "thumbprint": certificate.fingerprint(hashes.SHA1()).hex(),
        "public_certificate": public,
    }
    while True:
        answer = confidential(app_id, credential).acquire_token_for_client([GRAPH])
        if "access_token" in answer or time.monotonic() > deadline:
            break
        time.sleep(0.5)
    token(answer)
    expect(graph("DELETE", f"/applications(appId='{app_id}')", admin).status_code == 204, "it was not deleted")

with check("authorization code with PKCE, then silently by the refresh token for another API"):
    public_client = msal.PublicClientApplication(PRACTICE["public_client_id"], **OPTIONS)
    flow = public_client.initiate_auth_code_flow(
        ["User.Read"], redirect_uri="http://localhost:53211", login_hint=ADMINISTRATOR
    )
    location = Browser().follow(flow["auth_uri"])
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlparse(location).query))
    answer = public_client.acquire_token_by_auth_code_flow(flow, query)
    person = token(answer)
    expect(answer["id_token_claims"]["preferred_username"] == ADMINISTRATOR, json.dumps(answer["id_token_claims"]))
    me = graph("GET", "/me", person)
    expect(me.status_code == 200 and me.json()["userPrincipalName"] == ADMINISTRATOR, me.text)
    account = public_client.get_accounts()[0]
    silent = public_client.acquire_token_silent(["User.Read"], account, force_refresh=True)
    expect(silent and "access_token" in silent, json.dumps(silent))

with check("device code, approved in a browser"):
    public_client = msal.PublicClientApplication(PRACTICE["public_client_id"], **OPTIONS)
    flow = public_client.initiate_device_flow(["User.Read"])
    expect("user_code" in flow, json.dumps(flow))
    flow["interval"] = 1
    text = Browser().follow(
        flow["verification_uri"],
        {"user_code": flow["user_code"], "otc": flow["user_code"], "code": flow["user_code"]},
        until=None,
    )
    flow["expires_at"] = time.time() + 60
    answer = public_client.acquire_token_by_device_flow(flow)
    expect("access_token" in answer, json.dumps(answer) + " after the page: " + text[:300])

# From here on the client believes that it talks to Microsoft: its own addresses, through the CONNECT door.
DOOR = {"authority": "https://login.microsoftonline.com/" + PRACTICE["tenant_id"], "proxies": {"https": PRACTICE["proxy"]}}

with check("client credentials from login.microsoftonline.com, through the door"):
    door = msal.ConfidentialClientApplication(
        PRACTICE["client_id"], client_credential=PRACTICE["client_secret"], **DOOR
    )
    access_token = token(door.acquire_token_for_client([GRAPH]))
    answer = requests.get(
        "https://graph.microsoft.com/v1.0/organization",
        headers={"Authorization": "Bearer " + access_token},
        proxies=DOOR["proxies"],
    )
    expect(answer.json()["value"][0]["id"] == PRACTICE["tenant_id"], answer.text)

with check("user name and password are never a way in"):
    public_client = msal.PublicClientApplication(PRACTICE["public_client_id"], **DOOR)
    answer = public_client.acquire_token_by_username_password(ADMINISTRATOR, "practice", ["User.Read"])
    expect(answer.get("error_codes") == [50126], json.dumps(answer))

with check("an unknown tenant is refused with 90002"):
    authority = PRACTICE["origin"] + "/nobody.example"
    try:
        msal.ConfidentialClientApplication(
            PRACTICE["client_id"], client_credential="x", authority=authority, instance_discovery=False
        ).acquire_token_for_client([GRAPH])
    except ValueError as problem:
        expect("double check your tenant name" in str(problem), str(problem))
    else:
        raise AssertionError("a token for a tenant that is not there")
    # MSAL keeps the code to itself, so the answer that it judged is read as well.
    answer = requests.get(authority + "/v2.0/.well-known/openid-configuration")
    expect(answer.status_code == 400 and answer.json()["error_codes"] == [90002], answer.text)

finish()
