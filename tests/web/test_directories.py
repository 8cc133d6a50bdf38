"""Sign-on by an agency's directory, against a real provider: who comes in, who does not, and what is left behind."""

import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings as configured
from django.test import Client

from tanggap.adapters import directories as provider
from tanggap.domain.actors import System
from tanggap.domain.directories import Assertion, Directory
from tanggap.domain.limits_of_use import LIMITS, Bucket
from tanggap.models import AdministrationEntry, Device, SignInDay, User
from tanggap.services import accounts, directories
from tests import make, oidc_provider

pytestmark = pytest.mark.django_db

OUT = "/masuk/direktori/banten"
SECRET = "rahasia-klien"
PEOPLE = [
    {"name": "ani", "email": "Ani@banten.example", "verified": True},
    {"name": "palsu", "email": "ani@banten.example", "verified": True},  # was given Ani's address later
    {"name": "budi", "email": "budi@banten.example", "verified": False},
    {"name": "cici", "email": "cici@banten.example", "verified": True, "methods": "pwd otp"},
    {"name": "asing", "email": "asing@banten.example", "verified": True},
]


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def issuer(key):
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    back = f"{configured.PUBLIC_URL}{OUT}/kembali"
    with oidc_provider.running(
        client_id="tanggap",
        secret=SECRET,
        back=back,
        scopes="openid\nemail\nprofile",
        people=PEOPLE,
        pem=pem.decode("ascii"),
    ) as address:
        yield address


@pytest.fixture
def directory(issuer, settings):
    def configure(**values):
        words = {"key": "banten", "agency": "pemprov-banten", "name": "Akun Banten", "issuer": issuer}
        made = Directory(**{**words, "client_id": "tanggap", "secret": SECRET, **values})
        settings.DIRECTORIES = (made,)
        return made

    return configure


def officer(name, role="liaison_officer", agency="pemprov-banten", unit="dpupr", password="kata sandi yang panjang"):
    return accounts.create_officer(
        actor=System(), username=name, password=password, role=role, agency=agency, unit=unit, now=make.NOW,
        email=f"{name}@banten.example",
    )  # fmt: skip


def at_provider(address, name):
    """Sign in at the provider as a person, and return where it sends the browser back to."""
    with requests.Session() as browser:
        page = browser.get(address)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
        said = {"csrfmiddlewaretoken": token, "login": name, "password": oidc_provider.PASSWORD}
        said["next"] = parse_qs(urlsplit(page.url).query)["next"][0]
        answer = browser.post(page.url, said, allow_redirects=False)
        while not answer.headers["Location"].startswith(configured.PUBLIC_URL):
            answer = browser.get(requests.compat.urljoin(page.url, answer.headers["Location"]), allow_redirects=False)
        return answer.headers["Location"].removeprefix(configured.PUBLIC_URL)


def come(client, name, out=OUT):
    """Walk the whole way: the button, the provider, and back."""
    return client.get(at_provider(client.get(out).url, name))


def test_an_officer_walks_the_whole_way_and_is_known_by_the_providers_name_from_then_on(client, directory, caplog):
    directory()
    ani = officer("ani")
    SignInDay.objects.create(user=ani, day=make.NOW.date())
    page = client.get("/masuk?next=/meja%3Fstatus=assigned").content.decode()
    assert "Masuk dengan Akun Banten" in page
    assert "127.0.0.1" not in page
    out = re.search(rf'href="({OUT}[^"]*)"', page)[1]
    answer = come(client, "ani", out)
    assert (answer.status_code, answer.url) == (302, "/meja?status=assigned")
    assert client.get("/meja").status_code == 200
    # As after a password: the browser is listed, the day is noted, the account keeps its password.
    assert Device.objects.filter(user=ani).count() == 1
    assert SignInDay.objects.filter(user=ani).count() == 2
    ani.refresh_from_db()
    assert ani.check_password("kata sandi yang panjang")
    # Nothing of the provider is kept but a print of who it is.
    link = SocialAccount.objects.get(user=ani)
    assert (re.fullmatch("[0-9a-f]{64}", link.uid) is not None, link.extra_data) == (True, {})
    assert not SocialToken.objects.exists()
    entry = AdministrationEntry.objects.get(kind="directory_linked")
    assert (entry.subject_id, entry.agency.slug, entry.after) == (ani.pk, "pemprov-banten", {"directory": "banten"})
    # Whoever gets the address later is somebody else.
    assert come(Client(), "palsu").status_code == 403
    # The account goes on being opened when the address of the account is no longer the one of the directory.
    again = Client()
    assert come(again, "ani").url == "/meja"
    assert SocialAccount.objects.count() == 1
    # An account that was locked is opened by nothing.
    User.objects.filter(pk=ani.pk).update(is_active=False)
    assert come(Client(), "ani").status_code == 403
    assert SECRET not in caplog.text
    # The person ends it, after the password once more.
    User.objects.filter(pk=ani.pk).update(is_active=True)
    assert "Akun Banten" in again.get("/akun").content.decode()
    asked = again.post("/akun/direktori/lepas", {"direktori": "banten"})
    assert asked.url.startswith("/akun/pastikan?")
    assert SocialAccount.objects.count() == 1
    again.post(asked.url, {"password": "kata sandi yang panjang"})
    assert SocialAccount.objects.count() == 0
    assert AdministrationEntry.objects.filter(kind="directory_unlinked", subject=ani).count() == 1


def test_whom_a_directory_does_not_let_in_reads_the_same_words_whatever_the_reason(client, directory):
    directory()
    refused = come(client, "asing")  # has no account
    assert refused.status_code == 403
    officer("budi")  # the address is not verified
    national = officer("ani", role="national_admin", unit=None)
    others = officer("cici", role="agency_admin", agency="kemensetneg", unit=None)
    pages = {come(Client(), name).content for name in ("budi", "ani", "cici")}
    assert pages == {refused.content}
    # An office elsewhere, too, is an office elsewhere.
    accounts.appoint(actor=System(), user_id=others.pk, role="agency_admin", agency="pemprov-banten", now=make.NOW)
    assert come(Client(), "cici").status_code == 403
    assert (SocialAccount.objects.count(), User.objects.filter(pk__gt=national.pk).count()) == (0, 1)
    assert client.get("/meja").status_code == 302


def test_the_second_factor_of_a_directory_counts_only_where_the_operator_says_so(directory):
    officer("cici", role="agency_admin", unit=None)
    officer("ani", role="agency_admin", unit=None)
    directory()
    plain = Client()
    come(plain, "cici")
    assert plain.get("/meja").url == "/akun/langkah-kedua"
    directory(trusts_factor=True)
    trusted = Client()
    come(trusted, "cici")
    assert trusted.get("/meja").status_code == 200
    bare = Client()
    come(bare, "ani")  # the provider did not ask for one
    assert bare.get("/meja").url == "/akun/langkah-kedua"
    # A factor of ours is asked for at sign-in, unless that of the directory stands for it.
    cici = User.objects.get(username="cici")
    accounts.give_factor(actor=System(), user_id=cici.pk, secret=make.FACTOR)
    assert come(Client(), "cici").url == "/meja"
    directory()
    assert come(Client(), "cici").url == "/masuk/kode"


def test_what_a_browser_brings_back_is_good_once_in_that_browser_and_for_that_trip(client, directory):
    directory()
    officer("ani")
    asked = parse_qs(urlsplit(client.get(OUT).url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["nonce"] != asked["state"]
    brought = at_provider(client.get(OUT).url, "ani")
    stranger = Client()
    assert stranger.get(brought).url == "/masuk"
    assert stranger.get("/meja").status_code == 302
    # The code of another trip: its secret and its nonce stayed in another browser.
    state = parse_qs(urlsplit(stranger.get(OUT).url).query)["state"][0]
    assert stranger.get(re.sub(r"state=[^&]+", f"state={state}", brought)).status_code == 502
    # Sent away, or cancelled there.
    state = parse_qs(urlsplit(client.get(OUT).url).query)["state"][0]
    assert client.get(f"{OUT}/kembali?error=access_denied&state={state}").url == "/masuk"
    state = parse_qs(urlsplit(client.get(OUT).url).query)["state"][0]
    assert client.get(f"{OUT}/kembali?error=server_error&state={state}").status_code == 502
    brought = at_provider(client.get(f"{OUT}?next=//jahat.example/").url, "ani")
    assert client.get(brought).url == "/meja"
    assert client.get(brought).url == "/meja"  # signed in already
    assert Client().get(brought).url == "/masuk"


def test_another_issuer_a_wrong_secret_and_a_provider_that_is_away_let_nobody_in(directory, issuer):
    officer("ani")
    directory(secret="salah")
    assert come(Client(), "ani").status_code == 502
    directory(issuer=f"{issuer}/")  # describes itself by a name without the stroke
    assert Client().get(OUT).status_code == 502
    directory(issuer="http://127.0.0.1:9")
    assert Client().get(OUT).status_code == 502


def test_one_network_goes_out_so_often_and_those_who_come_in_do_not_count(client, directory):
    directory()
    officer("ani")
    for _ in range(LIMITS[Bucket.DIRECTORY_CLIENT].times - 1):
        client.get(OUT)
    assert come(Client(), "ani").url == "/meja"
    assert client.get(OUT).status_code == 302
    assert client.get(OUT).status_code == 429


def test_another_issuer_under_the_same_key_opens_nothing_that_was_linked(directory):
    ani = officer("ani")
    told = Assertion(subject="1", address="ani@banten.example", has_factor=False)
    assert directories.let_in(directory(), told, now=make.NOW) == ani
    assert directories.let_in(directory(), Assertion("1", "", False), now=make.NOW) == ani
    with pytest.raises(directories.NotLetInError):
        directories.let_in(directory(issuer="https://lain.example"), told, now=make.NOW)
    two = officer("budi", password=None)
    SocialAccount.objects.create(user=two, provider="banten", uid="x")
    assert not directories.unlink(user_id=two.pk, key="banten", now=make.NOW)


def test_an_identity_token_is_read_only_when_all_of_it_is_right(directory, issuer, key):
    known = directory()
    kid = requests.get(f"{issuer}/.well-known/jwks.json", timeout=5).json()["keys"][0]["kid"]
    start = datetime.now(UTC).timestamp()  # noqa: TID251 - the clock of the library that reads the token
    right = {"iss": issuer, "aud": "tanggap", "sub": "1", "iat": start, "exp": start + 60, "nonce": "n"}
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def read(signed_by=key, algorithm="RS256", without="", **values):
        claims = {name: value for name, value in {**right, **values}.items() if name != without}
        token = jwt.encode(claims, signed_by, algorithm=algorithm, headers={"kid": kid})
        return provider.claims_of(known, token, nonce="n")["sub"]

    assert (read(), read(iat=start + 30), read(azp="tanggap")) == ("1", "1", "1")
    wrong = [
        {"signed_by": stranger},
        {"signed_by": None, "algorithm": "none"},
        {"signed_by": SECRET.ljust(64), "algorithm": "HS256"},
        {"iss": "https://lain.example"},
        {"aud": "lain"},
        {"azp": "lain"},
        {"exp": start - 120},
        {"iat": start + 600},
        {"nonce": "m"},
        {"sub": ""},
        *({"without": name} for name in right),
    ]
    for values in wrong:
        with pytest.raises((jwt.PyJWTError, ValueError)):
            read(**values)
