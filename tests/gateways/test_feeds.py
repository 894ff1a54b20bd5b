"""What feeds may reach, and what they may ask: every way round the list is refused before a byte is sent."""

from __future__ import annotations

import sqlite3
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from serving import Answer, served
from watchkeep.domain.errors import Invalid, Refused, Unreadable
from watchkeep.gateways.feeds import Reach, ask, fetch
from watchkeep.gateways.feeds.http import may_reach
from watchkeep.gateways.feeds.sql import one_select

LOCAL = ip_network("127.0.0.0/8")


class Answers(BaseHTTPRequestHandler):
    """A small server: a file, ways to be led on, more than was asked for."""

    seen: list[tuple[str, dict[str, str]]] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.seen.append((self.path, dict(self.headers)))
        to = {
            "/to-other": "http://elsewhere.test/x",
            "/to-meta": "http://169.254.169.254/",
            "/round": "/round",
        }
        if self.path in to:
            self.send_response(302)
            self.send_header("Location", to[self.path])
            self.end_headers()
            return
        self.send_response(404 if self.path == "/gone" else 200)
        if self.path == "/packed":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(b"x" * 2000 if self.path == "/large" else b"2024-01-01,5\n")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[tuple[int, list[tuple[str, dict[str, str]]]]]:
    Answers.seen.clear()
    made = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield made.server_port, Answers.seen
    made.shutdown()
    made.server_close()


def to_here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::",
        "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
        "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a9fe:a9fe::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "2001:db8::1",
    ],
)  # fmt: skip
def test_no_address_that_is_not_for_everybody_is_reached(address: str) -> None:
    assert not may_reach(ip_address(address))


def test_a_public_address_or_a_listed_network_is_reached() -> None:
    assert may_reach(ip_address("93.184.216.34"))
    assert may_reach(ip_address("2606:2800:220:1::1"))
    assert may_reach(ip_address("127.0.0.1"), (LOCAL,))
    assert may_reach(ip_address("::ffff:127.0.0.1"), (LOCAL,))
    assert not may_reach(ip_address("10.0.0.1"), (LOCAL,))


@pytest.mark.parametrize(
    "url",
    [
        "http://data.test/x", "http://data.test:1/x", "file:///etc/passwd", "ftp://data.test/", "gopher://x/",
        "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "http://data.test@127.0.0.1/",
        "//data.test/", "http://data.test\\@evil.test/", "http://user:word@data.test/", "http:///x", "http://data.test:99999/",
        "http://data.test /x", "http://data.test/\r\nHost: x",
    ],
)  # fmt: skip
def test_an_address_that_is_not_listed_or_not_plain_is_refused(url: str) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with pytest.raises(Refused):
        fetch(url, Reach.of(["data.test"], []), resolve=resolve)
    assert asked in ([], ["data.test"])


def test_one_private_address_among_several_refuses_the_name() -> None:
    with pytest.raises(Refused, match="no public address"):
        fetch(
            "http://data.test/", Reach.of(["data.test"], []), resolve=lambda *_: ["93.184.216.34", "10.0.0.1"]
        )


def test_the_address_that_was_checked_is_the_one_connected_to(server: tuple[int, list[object]]) -> None:
    port, seen = server
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["93.184.216.34"]

    reach = Reach.of([f"data.test:{port}"], ["127.0.0.0/8"])
    found = fetch(f"http://data.test:{port}/file.csv?a=b", reach, resolve=rebinding)
    assert found.data == b"2024-01-01,5\n"
    assert asked == ["data.test"]
    path, headers = seen[0]  # type: ignore[misc]
    assert path == "/file.csv?a=b"
    assert headers["Host"] == f"data.test:{port}"


@pytest.mark.parametrize("path", ["/to-other", "/to-meta", "/round"])
def test_it_is_led_nowhere_that_is_not_listed_and_not_for_ever(
    server: tuple[int, list[object]], path: str
) -> None:
    reach = Reach.of([f"data.test:{server[0]}"], ["127.0.0.0/8"])
    with pytest.raises(Refused):
        fetch(f"http://data.test:{server[0]}{path}", reach, resolve=to_here)


@pytest.mark.parametrize("path", ["/large", "/gone", "/packed"])
def test_what_is_too_large_not_there_or_packed_is_not_read(
    server: tuple[int, list[object]], path: str
) -> None:
    reach = Reach.of([f"data.test:{server[0]}"], ["127.0.0.0/8"])
    with pytest.raises(Unreadable):
        fetch(f"http://data.test:{server[0]}{path}", reach, resolve=to_here, most=1000)


def test_a_secret_is_never_sent_without_tls(server: tuple[int, list[object]]) -> None:
    reach = Reach.of([f"data.test:{server[0]}"], ["127.0.0.0/8"])
    with pytest.raises(Refused, match="https only"):
        fetch(f"http://data.test:{server[0]}/", reach, resolve=to_here, authorization="Bearer x")
    assert server[1] == []


@pytest.mark.parametrize(("host", "trusted"), [("data.test", True), ("other.test", False)])
def test_the_certificate_must_be_of_the_name_though_the_address_is_connected_to(
    tmp_path: Path, host: str, trusted: bool
) -> None:
    own, trust = certified("data.test", tmp_path)
    with served(own) as here:
        here.at["/a"] = Answer(b"2024-01-01,5\n")
        reach = Reach.of([f"{host}:{here.port}"], ["127.0.0.0/8"])
        url = f"https://{host}:{here.port}/a"
        if not trusted:
            with pytest.raises(Unreadable, match="ConnectError"):
                fetch(url, reach, resolve=to_here, authorization="Bearer x", verify=trust)
            assert here.asked == []
            return
        assert fetch(url, reach, resolve=to_here, authorization="Bearer x", verify=trust).data[:4] == b"2024"
        assert here.asked[0][1]["Authorization"] == "Bearer x"


def certified(name: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context whose certificate is of that name, and a client's that trusts it alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / "own.pem", folder / "own.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(pem, private)
    return own, ssl.create_default_context(cafile=str(pem))


def test_a_second_address_of_the_name_is_asked_where_the_first_is_silent() -> None:
    with served() as here:
        here.at["/a"] = Answer(b"2024-01-01,5\n")
        reach = Reach.of([f"data.test:{here.port}"], ["127.0.0.0/8", "::1/128"])
        url = f"http://data.test:{here.port}/a"
        assert fetch(url, reach, resolve=lambda *_: ["::1", "127.0.0.1"]).data == b"2024-01-01,5\n"


def test_a_host_that_is_listed_and_leads_to_one_of_this_machine_is_refused() -> None:
    with served() as here:
        here.at["/a"] = Answer(status=302, headers={"Location": "http://inside.test/a"})
        reach = Reach.of([f"data.test:{here.port}", "inside.test"], ["127.0.0.0/8"])

        def resolve(host: str, port: int) -> list[str]:
            return ["10.0.0.8"] if host == "inside.test" else ["127.0.0.1"]

        with pytest.raises(Refused, match=r"10\.0\.0\.8, which is no public address"):
            fetch(f"http://data.test:{here.port}/a", reach, resolve=resolve)


def test_two_columns_of_one_name_are_not_mixed_up(base: Path) -> None:
    with pytest.raises(Unreadable, match="two columns of one name"):
        ask(f"sqlite:///{base}", "SELECT day, value, value FROM reading")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "source.sqlite3"
    with sqlite3.connect(path) as line:
        line.execute("CREATE TABLE reading (day TEXT, value REAL, said TEXT)")
        line.execute("INSERT INTO reading VALUES ('2024-01-01', 1.5, 'x;y: 100%'), ('2024-02-01', NULL, '')")
    return path


def test_a_select_gives_its_rows_as_text(base: Path) -> None:
    found = ask(f"sqlite:///{base}", "SELECT day, value FROM reading WHERE said LIKE '%;%' -- one;\n;")
    assert found.columns == ("day", "value")
    assert found.rows == (("2024-01-01", "1.5"),)
    assert ask(f"sqlite:///{base}", "select value from reading order by day").rows == (("1.5",), ("",))


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM reading", "SELECT 1; DELETE FROM reading", "WITH x AS (DELETE FROM reading) SELECT 1", "",
     "/* SELECT */ DROP TABLE reading", "PRAGMA writable_schema=1", "ATTACH 'x' AS y",
     "SELECT 1 INTO OUTFILE 'x'"],
)  # fmt: skip
def test_anything_but_one_select_is_refused(statement: str) -> None:
    with pytest.raises(Invalid):
        one_select(statement)


def test_the_connection_itself_cannot_write_and_has_limits(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(Unreadable):
        ask(f"sqlite:///{base}", endless, seconds=0)
    with pytest.raises(Unreadable, match="more than 1 rows"):
        ask(f"sqlite:///{base}", "SELECT day FROM reading", most=1)
    monkeypatch.setattr("watchkeep.gateways.feeds.sql.one_select", lambda said: said)
    with pytest.raises(Unreadable):
        ask(f"sqlite:///{base}", "DELETE FROM reading")
    with sqlite3.connect(base) as line:
        assert line.execute("SELECT count(*) FROM reading").fetchone() == (2,)


def test_a_connection_that_fails_tells_nobody_its_secret() -> None:
    for address in ("postgresql://me:hunter2@127.0.0.1:1/x", "oracle+nothing://me:hunter2@h/x", "hunter2"):
        with pytest.raises((Refused, Unreadable)) as refused:
            ask(address, "SELECT 1")
        assert "hunter2" not in str(refused.value)
