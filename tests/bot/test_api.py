"""An agency's dashboard reads its figures over HTTP: by a key, its own units, nothing of people."""

import json
import re
import time
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import event
from sqlmodel import col, select

from bot.api import Pace
from bot.web import create_app
from flows import routes
from flows.api import contract, service, tokens
from flows.api.contract import BASE, ENDPOINTS, PER_MINUTE
from flows.board.standing import compute
from flows.models import Agency, ApiToken, AuditEntry, ChatState, Outbox, SeenUpdate, Unit, UnitStanding
from knowledge.library import Library
from tests.support.house import House
from tests.support.talk import Talk
from tests.support.world import furnish

KEY = re.compile(r"pzi_[A-Za-z0-9_-]{43}")


@pytest.fixture
def house(database_url: str, library: Library) -> Any:
    made = House(database_url, library, api=True, web_port=8443)
    yield made
    made.close()


class Client:
    """A dashboard: one application for all its requests, as in a running process."""

    def __init__(self, house: House, key: str = "") -> None:
        self.house = house
        self.key = key
        self.app = create_app(house.app)

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        """One request below the base."""
        if self.key:
            headers = {"Authorization": f"Bearer {self.key}", **headers}

        async def call() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://pandu.test") as client:
                return await client.request(method, BASE + path, headers=headers)

        return self.house.runner.run(call())

    def data(self, path: str) -> Any:
        """What is answered under "data"."""
        response = self.get(path)
        assert response.status_code == 200, response.text
        return response.json()["data"]


def _key(admin: Talk, label: str = "Dasbor Biro") -> str:
    """The admin makes a key in chat and copies it."""
    admin.type("/menu").tap("Kelola instansi").tap("Akses API").tap("Buat akses").type(label)
    found = KEY.search(admin.tap("Tampilkan token").text)
    assert found is not None
    return found[0]


def _stand(house: House, *unit_ids: int) -> None:
    with house.writing() as session:
        compute(session, house.library, unit_ids, house.clock.now())


# the key ---------------------------------------------------------------------------------------------


@pytest.mark.db
def test_the_admin_makes_a_key_that_is_shown_once(house: House) -> None:
    agency = house.agency()
    ani = house.admin(agency)
    key = _key(ani)
    assert KEY.search(ani.tap("Sudah disimpan").text) is None
    assert "sudah pernah ditampilkan" in ani.text
    assert "Tampilkan token" not in ani.labels
    assert Client(house, key).data("/me")["token"]["label"] == "Dasbor Biro"
    assert "terakhir dipakai hari ini" in ani.tap("Semua akses").text


@pytest.mark.db
def test_the_key_stands_in_no_row(house: House) -> None:
    ani = house.admin(house.agency())
    key = _key(ani)
    house.flush()
    row = house.read(lambda s: s.exec(select(ApiToken)).one())
    assert row.digest == tokens.digest_of(key)
    kept = house.read(
        lambda s: [
            each.model_dump_json()
            for table in (ApiToken, SeenUpdate, ChatState, Outbox, AuditEntry)
            for each in s.exec(select(table)).all()
        ]
    )
    assert kept
    assert not [each for each in kept if key in each]


@pytest.mark.db
def test_an_old_button_makes_no_second_key(house: House) -> None:
    ani = house.admin(house.agency())
    ani.type("/menu").tap("Kelola instansi").tap("Akses API").tap("Buat akses").type("Dasbor Biro")
    button = ani.data_of("Tampilkan token")
    first = KEY.search(ani.tap_data(button).text)
    assert first is not None
    assert KEY.search(ani.tap_data(button).text) is None
    assert Client(house, first[0]).get("/me").status_code == 200


@pytest.mark.db
def test_a_reply_that_telegram_does_not_take_loses_the_key_rather_than_keep_it(house: House) -> None:
    ani = house.admin(house.agency())
    ani.type("/menu").tap("Kelola instansi").tap("Akses API").tap("Buat akses").type("Dasbor Biro")
    house.standin.faults.add(method="editMessageText", kind="429", retry_after=1)
    ani.tap("Tampilkan token")
    queued = house.read(lambda s: s.exec(select(Outbox)).all())
    assert [(row.action, row.text) for row in queued] == [("api.token:1", None)]
    house.settle()
    assert "cabut akses ini dan buat yang baru" in ani.text
    assert not [each for each in ani.messages if KEY.search(str(each))]


@pytest.mark.db
def test_a_revoked_key_reads_nothing_any_more(house: House) -> None:
    ani = house.admin(house.agency())
    client = Client(house, _key(ani))
    assert client.get("/me").status_code == 200
    ani.tap("Sudah disimpan").tap("Cabut akses").tap("Ya, cabut")
    assert "Belum ada akses" in ani.text
    assert client.get("/me").status_code == 401
    acts = house.read(lambda s: s.exec(select(AuditEntry.act).order_by(col(AuditEntry.id))).all())
    assert acts == ["api_make", "api_key", "api_revoke"]


@pytest.mark.db
def test_a_name_that_cannot_be_one_is_asked_again(house: House) -> None:
    ani = house.admin(house.agency())
    ani.type("/menu").tap("Kelola instansi").tap("Akses API").tap("Buat akses").type("12")
    assert "3 sampai 60 karakter" in ani.text
    assert "Dasbor Kanwil" in ani.type("Dasbor Kanwil").text


@pytest.mark.db
def test_an_agency_has_so_many_keys_and_no_more(house: House) -> None:
    agency = house.agency()
    ani = house.admin(agency)
    ani.type("/menu").tap("Kelola instansi").tap("Akses API").tap("Buat akses")
    with house.writing() as session:
        for n in range(tokens.MOST):
            session.add(ApiToken(agency_id=agency, label=f"Dasbor {n}", made_at=house.clock.now()))
    assert f"Sudah ada {tokens.MOST} akses" in ani.type("Satu lagi").text
    assert "Buat akses" not in ani.labels


@pytest.mark.db
def test_another_agencys_admin_meets_no_key_of_ours(house: House) -> None:
    ani, eve = house.admin(house.agency()), house.admin(house.agency("Instansi Lain"), "Eve Contoh")
    _key(ani)
    eve.type("/menu")
    token_id = house.read(lambda s: s.exec(select(ApiToken.id)).one())
    for data in (f"api.token:{token_id}", f"api.kunci:{token_id}", f"api.cabut:{token_id}:2"):
        eve.tap_data(data)
        assert "tidak ada dalam daftar instansi Anda" in eve.text
        assert "Dasbor Biro" not in eve.text
    assert house.read(lambda s: s.exec(select(ApiToken.revoked_at)).one()) is None


def test_without_the_setting_there_is_neither_button_nor_address(database_url: str, library: Library) -> None:
    house = House(database_url, library)
    try:
        ani = house.admin(house.agency())
        ani.type("/menu").tap("Kelola instansi")
        assert "Akses API" not in ani.labels
        assert Client(house).get("/openapi.json").status_code == 404
    finally:
        house.close()


# refusals --------------------------------------------------------------------------------------------


@pytest.mark.db
@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer salah", "Basic {key}", "Bearer {key}x", "Bearer {other}"]
)
def test_without_the_right_key_nothing_is_read(house: House, header: str) -> None:
    key = _key(house.admin(house.agency()))
    given = header.format(key=key, other="pzi_" + "A" * 43)
    response = Client(house).get("/units", Authorization=given)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json()["error"]["code"] == "unauthorized"


@pytest.mark.db
def test_another_agencys_unit_is_not_there(house: House) -> None:
    ours, foreign = house.agency(), house.agency("Instansi Lain")
    mine, theirs = house.unit("Kantor Kita", ours), house.unit("Kantor Mereka", foreign)
    _stand(house, mine, theirs)
    client = Client(house, _key(house.admin(ours)))
    assert [each["id"] for each in client.data("/units")] == [mine]
    missing = client.get("/units/999999999").json()
    for path in (f"/units/{theirs}", f"/units/{theirs}/indicators"):
        response = client.get(path)
        assert response.status_code == 404
        assert response.json() == missing, "existing or not, it is the same answer"
    after = client.get(f"/units?cursor={mine}").json()
    assert after["data"] == []


@pytest.mark.db
def test_an_archived_unit_is_not_read(house: House) -> None:
    agency = house.agency()
    unit_id = house.unit(agency_id=agency)
    _stand(house, unit_id)
    with house.writing() as session:
        session.get_one(Unit, unit_id).archived_at = house.clock.now()
    client = Client(house, _key(house.admin(agency)))
    assert client.data("/units") == []
    assert client.get(f"/units/{unit_id}").status_code == 404


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_it_only_reads(house: House, method: str) -> None:
    response = Client(house, _key(house.admin(house.agency()))).get("/units", method)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/units?limit=0", 400, "bad_request"),
        ("/units?limit=201", 400, "bad_request"),
        ("/units?limit=lima", 400, "bad_request"),
        ("/units?cursor=-1", 400, "bad_request"),
        ("/units?cursor=99999999999", 400, "bad_request"),
        ("/units?target=WBK", 400, "bad_request"),
        ("/units/1?limit=1", 400, "bad_request"),
        ("/units/0", 404, "not_found"),
        ("/units/9999999999", 404, "not_found"),
        ("/units/1/people", 404, "not_found"),
        ("/", 404, "not_found"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(house: House, path: str, status: int, code: str) -> None:
    response = Client(house, _key(house.admin(house.agency()))).get(path)
    assert response.status_code == status
    assert response.json()["error"]["code"] == code
    assert response.json()["error"]["message"].endswith(".")
    _fits(contract.ERROR, response.json())


def test_a_key_that_asks_too_often_waits(house: House) -> None:
    client = Client(house, _key(house.admin(house.agency())))
    begun = time.monotonic()
    answers = [client.get("/me") for _ in range(PER_MINUTE + 5 + int(time.monotonic() - begun))]
    refused = [each for each in answers if each.status_code == 429]
    assert refused
    assert int(refused[0].headers["Retry-After"]) == 1
    assert refused[0].json()["error"]["code"] == "too_many_requests"


def test_the_allowance_comes_back_evenly_and_is_each_keys_own() -> None:
    pace = Pace(per_minute=2)
    assert [pace.takes(1, 0.0), pace.takes(1, 0.0), pace.takes(1, 0.0)] == [0, 0, 30]
    assert pace.takes(2, 0.0) == 0
    assert pace.takes(1, 10.0) == pytest.approx(20)
    assert pace.takes(1, 30.0) == 0


def test_a_database_that_is_away_is_no_answer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(house, _key(house.admin(house.agency())))

    def away() -> None:
        raise ConnectionError("no database")

    monkeypatch.setattr(house.db, "reading", away)
    response = client.get("/me")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "unavailable"


# figures ---------------------------------------------------------------------------------------------


@pytest.mark.db
def test_pages_by_cursor_neither_repeat_nor_skip_a_unit(house: House) -> None:
    agency = house.agency()
    top = house.unit("Kantor Wilayah", agency, kind="kanwil")
    below = [house.unit(f"Kantor {n}", agency, parent_id=top) for n in range(4)]
    _stand(house, top, *below)
    client = Client(house, _key(house.admin(agency)))
    seen: list[int] = []
    cursor = ""
    while True:
        body = client.get(f"/units?limit=2{cursor}").json()
        seen += [each["id"] for each in body["data"]]
        if body["page"]["next_cursor"] is None:
            break
        cursor = f"&cursor={body['page']['next_cursor']}"
    assert seen == [top, *below]
    first, second = client.get("/units?limit=2").json()["data"]
    assert first["parent"] is None
    assert second["parent"] == {"id": top, "name": "Kantor Wilayah", "code": None}


def test_a_page_follows_an_index_that_begins_with_the_agency(house: House) -> None:
    """So that it costs the same at ten units and at ten thousand, however many agencies there are."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "unit_standing" in statement:
            asked.append((statement, parameters))

    with house.db.reading() as session:
        event.listen(house.db.engine, "before_cursor_execute", note)
        service.units(session, house.library, 1, 0, 200, house.clock.now())
        event.remove(house.db.engine, "before_cursor_execute", note)
        (statement, parameters) = asked[0]
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    told = " ".join(str(row[-1]) for row in plan)
    assert "ix_unit_standing_unit (agency_id=? AND unit_id>?)" in told
    assert "SCAN" not in told
    assert "TEMP B-TREE" not in told


@pytest.mark.db
def test_a_units_figures_are_those_of_this_moment(house: House) -> None:
    agency = house.agency()
    unit_id = house.unit(agency_id=agency)
    budi = house.member(unit_id, "koordinator")
    _stand(house, unit_id)
    client = Client(house, _key(house.admin(agency)))
    before = client.data(f"/units/{unit_id}")
    assert (before["answered"], before["score"]) == (0, 0)
    item = house.library.instrument().area_order[0]
    budi.type("/menu").tap_data(routes.LKE_ITEM(item.id).pack()).tap(item.options[0].key)
    after = client.data(f"/units/{unit_id}")
    assert after["answered"] == 1
    assert after["score"] > 0
    assert after["score"] == pytest.approx(sum(area["points"] for area in after["areas"]), abs=0.0006)
    assert {gate["id"] for gate in after["gates"] if not gate["met"]} == {
        gate["id"] for gate in after["failing_gates"]
    }
    assert all(gate["met"] == (gate["short"] == 0) for gate in after["gates"])
    assert client.data("/units")[0]["answered"] == 0, "the list follows with the board"
    rows = client.data(f"/units/{unit_id}/indicators")
    assert len(rows) == after["items"] == len(house.library.instrument().area_order)
    (answered,) = [row for row in rows if row["answered"]]
    assert (answered["id"], answered["choice"], answered["review"]) == (item.id, item.options[0].key, "none")
    assert answered["points"] == answered["max_points"]
    assert house.read(lambda s: s.get_one(UnitStanding, unit_id).answered) == 0, "reading writes nothing"


@pytest.mark.db
def test_nothing_of_people_is_in_any_answer(house: House) -> None:
    """The furnished unit bears its mark in every name, note and title; its own name is the unit's."""
    world = furnish(house, "Melati", 910_000_000)
    unit_id = int(world.ids["unit"])
    _stand(house, unit_id)
    with house.writing() as session:
        unit = session.get_one(Unit, unit_id)
        unit.name = "Kantor Contoh"
        for above in session.exec(select(Unit).where(Unit.agency_id == unit.agency_id)).all():
            above.name = f"Unit {above.id}"
        session.get_one(Agency, unit.agency_id).name = "Instansi"
        key = tokens.PREFIX + "k" * 43
        made = ApiToken(agency_id=unit.agency_id, label="Dasbor", made_at=house.clock.now())
        made.digest = tokens.digest_of(key)
        session.add(made)
    client = Client(house, key)
    for path in ("/me", "/units", f"/units/{unit_id}", f"/units/{unit_id}/indicators"):
        text = client.get(path).text
        assert "Melati" not in text, path
        assert "91000" not in text, path
    (line,) = [row for row in client.data(f"/units/{unit_id}/indicators") if row["review"] == "waiting"]
    assert line["choice"] == "B"
    assert line["evidence"] > 0


@pytest.mark.db
def test_what_has_not_changed_is_not_sent_again(house: House) -> None:
    client = Client(house, _key(house.admin(house.agency())))
    first = client.get("/units")
    again = client.get("/units", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/units", **{"If-None-Match": '"lain"'}).status_code == 200


def test_no_other_site_may_read_along(house: House) -> None:
    response = Client(house, _key(house.admin(house.agency()))).get("/me", Origin="https://lain.test")
    assert not [name for name in response.headers if name.startswith("access-control")]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.db
def test_the_last_use_is_noted_now_and_then(house: House) -> None:
    client = Client(house, _key(house.admin(house.agency())))

    def used() -> Any:
        return house.read(lambda s: s.exec(select(ApiToken.last_used_at)).one())

    client.get("/me")
    first = used()
    house.clock.set_to(house.clock.now() + timedelta(minutes=5))
    client.get("/me")
    assert used() == first
    house.clock.set_to(house.clock.now() + timedelta(minutes=6))
    client.get("/me")
    assert used() > first


# the document ----------------------------------------------------------------------------------------


def _fits(schema: dict[str, Any], value: Any) -> None:
    """The value has exactly the keys and the kinds that the schema describes."""
    kinds: dict[str, Any] = {
        "string": str,
        "integer": int,
        "number": int | float,
        "boolean": bool,
        "object": dict,
        "array": list,
    }
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if value is None:
        assert "null" in wanted, schema
        return
    (kind,) = [each for each in wanted if each != "null"]
    assert isinstance(value, kinds[kind]), (schema, value)
    assert kind == "boolean" or not isinstance(value, bool), (schema, value)
    if "enum" in schema:
        assert value in schema["enum"]
    if kind == "array":
        for each in value:
            _fits(schema["items"], each)
    if kind == "object":
        assert set(value) == set(schema["properties"]) == set(schema["required"])
        for name, part in schema["properties"].items():
            _fits(part, value[name])


def _resolved(document: dict[str, Any], node: Any) -> Any:
    if isinstance(node, dict) and "$ref" in node:
        found: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        return _resolved(document, found)
    return node


@pytest.mark.db
def test_every_address_of_the_document_answers_as_described(house: House) -> None:
    world = furnish(house, "Melati", 910_000_000)
    unit_id = int(world.ids["unit"])
    _stand(house, unit_id)
    key = tokens.PREFIX + "k" * 43
    with house.writing() as session:
        agency_id = session.get_one(Unit, unit_id).agency_id
        made = ApiToken(agency_id=agency_id, label="Dasbor", made_at=house.clock.now())
        made.digest = tokens.digest_of(key)
        session.add(made)
    document = Client(house).get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {*document["paths"]} == {each.path for each in ENDPOINTS} | {"/openapi.json"}
    client = Client(house, key)
    for path, operations in document["paths"].items():
        assert set(operations) == {"get"}
        responses = operations["get"]["responses"]
        response = client.get(path.replace("{id}", str(unit_id)))
        assert response.status_code == 200, path
        described = _resolved(document, responses["200"])["content"]["application/json"]["schema"]
        if path == "/openapi.json":
            continue
        _fits(_resolved(document, described), response.json())
        assert response.json()["data"], "an empty answer would prove nothing"
        for status in ("400", "401", "404", "405", "429", "503"):
            problem = _resolved(document, responses[status])
            schema = _resolved(document, problem["content"]["application/json"]["schema"])
            assert schema == contract.ERROR
        named = set(re.findall(r"\{(\w+)\}", path))
        assert named == {p["name"] for p in operations["get"]["parameters"] if p["in"] == "path"}


def test_every_reference_of_the_document_leads_somewhere() -> None:
    document = contract.document()
    found = re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))
    assert found
    for reference in found:
        assert _resolved(document, {"$ref": f"#/{reference}"})
