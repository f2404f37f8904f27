"""What the API promises: one table of addresses with the shape of their answers, and OpenAPI made of it."""

from dataclasses import dataclass
from typing import Any

from flows.admin.service import KINDS
from flows.api.service import PAGE_MOST, PAGE_USUAL
from knowledge.instrument import TARGETS

BASE = "/api/v1"
VERSION = "1.0.0"
PER_MINUTE = 60
"""Requests of one token that are answered in a minute."""
ID_MOST = 2**31 - 1

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One way in which a request fails: its code, the status it comes with, and when."""

    code: str
    status: int
    about: str


PROBLEMS = (
    Problem("bad_request", 400, "Parameter salah."),
    Problem("unauthorized", 401, "Token tidak ada, salah, atau sudah dicabut."),
    Problem("not_found", 404, "Alamat atau unit itu tidak ada bagi token ini."),
    Problem("method_not_allowed", 405, "Hanya GET."),
    Problem("too_many_requests", 429, "Lebih dari yang diizinkan per menit; lihat Retry-After (detik)."),
    Problem("unavailable", 503, "Data sedang tidak dapat dibaca."),
)
STATUS = {problem.code: problem.status for problem in PROBLEMS}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address. `data` is the shape of what it answers under "data"; `paged` answers hold a page of it."""

    name: str
    path: str
    about: str
    data: Schema
    paged: bool = False

    @property
    def answer(self) -> Schema:
        """The shape of the whole answer."""
        if self.paged:
            return _object(data=_list(self.data), page=_PAGE)
        return _object(data=self.data)


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _text(about: str, *, nullable: bool = False, **more: Any) -> Schema:
    return {"type": ["string", "null"] if nullable else "string", "description": about, **more}


def _whole(about: str, *, nullable: bool = False) -> Schema:
    return {"type": ["integer", "null"] if nullable else "integer", "description": about}


def _number(about: str, *, nullable: bool = False) -> Schema:
    return {"type": ["number", "null"] if nullable else "number", "description": about}


def _flag(about: str) -> Schema:
    return {"type": "boolean", "description": about}


_PAGE = _object(
    limit=_whole("Banyaknya baris paling banyak di halaman ini."),
    next_cursor=_text(
        "Kirim sebagai cursor untuk halaman berikutnya; null di halaman terakhir.", nullable=True
    ),
)
_GATE_NAME = _object(id=_text("Kode syarat."), name=_text("Nama syarat."))
_PARENT = {
    **_object(
        id=_whole("Nomor unit atasan."),
        name=_text("Nama unit atasan."),
        code=_text("Kode unit atasan.", nullable=True),
    ),
    "type": ["object", "null"],
    "description": "Unit tepat di atasnya; null di puncak.",
}
_UNIT: dict[str, Schema] = {
    "id": _whole("Nomor unit, tetap."),
    "name": _text("Nama unit kerja."),
    "code": _text("Kode unit menurut instansi.", nullable=True),
    "kind": _text("Jenis unit.", enum=list(KINDS)),
    "parent": _PARENT,
    "target": _text("Predikat yang dituju.", enum=list(TARGETS)),
    "year": _whole("Tahun penilaian."),
    "items": _whole("Banyaknya indikator LKE."),
    "answered": _whole("Indikator yang sudah terjawab."),
    "approved": _whole("Indikator yang sudah disetujui ketua pokja."),
    "score": _number("Nilai total 0 sampai 100, menurut isian unit sendiri."),
    "short": _number("Jumlah kekurangan poin dari semua syarat yang belum terpenuhi."),
    "failing_gates": {**_list(_GATE_NAME), "description": "Syarat nilai yang belum terpenuhi."},
    "due_on": _text("Batas pengajuan, atau batas TPI.", nullable=True, format="date"),
    "days_left": _whole("Hari sampai batas itu di zona waktu unit; minus bila lewat.", nullable=True),
    "last_activity_at": _text("Kegiatan terakhir, UTC.", nullable=True, format="date-time"),
    "computed_at": _text("Kapan angka ini dihitung, UTC.", format="date-time"),
}
_AREA = _object(
    id=_text("Kode area."),
    number=_whole("Nomor area, 1 sampai 6."),
    name=_text("Nama area perubahan."),
    points=_number("Poin area."),
    max_points=_number("Poin terbanyak area."),
)
_GATE = _object(
    id=_text("Kode syarat."),
    name=_text("Nama syarat."),
    have=_number("Poin yang ada."),
    need=_number("Poin yang diperlukan."),
    short=_number("Kekurangannya; 0 bila terpenuhi."),
    met=_flag("Terpenuhi."),
)
_INDICATOR = _object(
    id=_text("Kode indikator."),
    number=_text("Nomor indikator pada LKE."),
    area=_text("Kode area."),
    answered=_flag("Sudah terjawab dan bernilai."),
    choice=_text("Pilihan jawaban, misalnya A atau Ya; null untuk isian angka.", nullable=True),
    points=_number("Poin jawaban; null bila belum bernilai.", nullable=True),
    max_points=_number("Poin terbanyak."),
    evidence=_whole("Banyaknya bukti dukung, tanpa judul dan isinya."),
    review=_text("Keadaan reviu.", enum=["none", "waiting", "approved", "returned"]),
    not_applicable=_flag("Ditandai tidak berlaku."),
)
_ME = _object(
    agency=_object(id=_whole("Nomor instansi."), name=_text("Nama instansi.")),
    token=_object(
        label=_text("Nama akses."), created_at=_text("Kapan akses dibuat, UTC.", format="date-time")
    ),
    limits=_object(
        requests_per_minute=_whole("Permintaan per menit untuk token ini."),
        page_max=_whole("limit terbesar."),
    ),
)

ENDPOINTS = (
    Endpoint("me", "/me", "Token ini milik siapa, dan batasnya.", _ME),
    Endpoint(
        "units",
        "/units",
        "Unit yang dipakai dan punya LKE terbuka, urut nomor unit.",
        _object(**_UNIT),
        paged=True,
    ),
    Endpoint(
        "unit",
        "/units/{id}",
        "Satu unit dengan area dan syaratnya, dihitung saat diminta.",
        _object(**_UNIT, areas=_list(_AREA), gates=_list(_GATE)),
    ),
    Endpoint(
        "indicators",
        "/units/{id}/indicators",
        "Semua indikator satu unit, urut area.",
        _list(_INDICATOR),
    ),
)
ERROR = _object(
    error=_object(
        code=_text("Kode tetap untuk program.", enum=[problem.code for problem in PROBLEMS]),
        message=_text("Satu kalimat untuk orang yang membacanya."),
    )
)


def document() -> Schema:
    """The OpenAPI 3.1 document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pandu ZI",
            "version": VERSION,
            "description": (
                "Angka unit satu instansi untuk dasbor, hanya baca. Tidak ada data pribadi: tanpa nama "
                "orang, catatan, penjelasan, judul bukti, atau berkas."
            ),
        },
        "servers": [{"url": BASE}],
        "security": [{"token": []}],
        "paths": {each.path: {"get": _operation(each)} for each in ENDPOINTS}
        | {
            "/openapi.json": {
                "get": {
                    "operationId": "openapi",
                    "summary": "Dokumen ini. Tanpa token.",
                    "security": [],
                    "responses": {"200": _json("Dokumen OpenAPI 3.1.", {"type": "object"})},
                }
            }
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": ERROR, **{each.name: each.answer for each in ENDPOINTS}},
            "responses": {p.code: _problem(p) for p in PROBLEMS},
        },
    }


def _operation(endpoint: Endpoint) -> Schema:
    answer = _json(endpoint.about, {"$ref": f"#/components/schemas/{endpoint.name}"})
    answer["headers"] = {"ETag": _header("Kirim kembali sebagai If-None-Match.")}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.about,
        "parameters": _parameters(endpoint),
        "responses": {
            "200": answer,
            "304": {"description": "Tidak berubah sejak If-None-Match."},
            **{str(p.status): {"$ref": f"#/components/responses/{p.code}"} for p in PROBLEMS},
        },
    }


def _parameters(endpoint: Endpoint) -> list[Schema]:
    found: list[Schema] = []
    if "{id}" in endpoint.path:
        number = {"type": "integer", "minimum": 1, "maximum": ID_MOST}
        found.append({"name": "id", "in": "path", "required": True, "schema": number})
    if endpoint.paged:
        size = {"type": "integer", "minimum": 1, "maximum": PAGE_MOST, "default": PAGE_USUAL}
        found.append({"name": "limit", "in": "query", "schema": size})
        cursor = {"type": "string", "description": "next_cursor dari halaman sebelumnya."}
        found.append({"name": "cursor", "in": "query", "schema": cursor})
    return found


def _problem(problem: Problem) -> Schema:
    made = _json(problem.about, {"$ref": "#/components/schemas/Error"})
    headers = {
        401: {"WWW-Authenticate": _header("Bearer")},
        405: {"Allow": _header("GET")},
        429: {"Retry-After": _header("Detik sampai boleh mencoba lagi.")},
    }.get(problem.status)
    return made if headers is None else {**made, "headers": headers}


def _json(about: str, schema: Schema) -> Schema:
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _header(about: str) -> Schema:
    return {"description": about, "schema": {"type": "string"}}
