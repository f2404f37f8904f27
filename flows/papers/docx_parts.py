"""Words, paragraphs and tables of WordprocessingML as text, and the package around them. Pure.

Lengths are in twentieths of a point; sizes of letters in half points.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.styles+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}"/></Relationships>'
)
_STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles {_NS}><w:docDefaults>'
    "<w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:sz w:val="22"/>'
    '<w:szCs w:val="22"/><w:lang w:val="id-ID"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="0" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
    '<w:right w:w="85" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style></w:styles>"
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1304" w:bottom="1134" '
    'w:left="1587" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
TEXT_WIDTH = 9015
"""Twentieths of a point between the margins."""


def run(text: str, *, bold: bool = False, size: int = 0, caps: bool = False, italic: bool = False) -> str:
    """Words in one style."""
    marks = "".join(
        (
            "<w:b/>" if bold else "",
            "<w:i/>" if italic else "",
            "<w:caps/>" if caps else "",
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
        )
    )
    marks = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    *runs: str,
    align: str = "",
    before: int = 0,
    after: int = 0,
    first: int = 0,
    left: int = 0,
    hanging: int = 0,
    line: bool = False,
    keep: bool = False,
) -> str:
    """A paragraph; lengths in twentieths of a point."""
    said = "".join(
        (
            "<w:keepNext/>" if keep else "",
            '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="18" w:space="4" w:color="000000"/></w:pBdr>'
            if line
            else "",
            f'<w:spacing w:before="{before}" w:after="{after}"/>' if before or after else "",
            f'<w:ind w:left="{left}" w:firstLine="{first}"/>' if first else "",
            f'<w:ind w:left="{left}" w:hanging="{hanging}"/>' if left and not first else "",
            f'<w:jc w:val="{align}"/>' if align else "",
        )
    )
    return f"<w:p>{f'<w:pPr>{said}</w:pPr>' if said else ''}{''.join(runs)}</w:p>"


def plain(text: str, **how: object) -> str:
    """A plain paragraph."""
    return paragraph(run(text), **how)  # type: ignore[arg-type]


def cell(width: int, *paragraphs: str, shaded: bool = False) -> str:
    """A cell of a table."""
    fill = '<w:shd w:val="clear" w:color="auto" w:fill="E7EBEE"/>' if shaded else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{"".join(paragraphs)}</w:tc>'


def table(widths: Sequence[int], rows: Sequence[str], *, ruled: bool) -> str:
    """A table; `ruled` with lines."""
    edges = "".join(
        f'<w:{side} w:val="{"single" if ruled else "nil"}" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    indent = '<w:tblInd w:w="85" w:type="dxa"/>' if ruled else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{indent}'
        f"<w:tblBorders>{edges}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def row(cells: Sequence[str], *, head: bool = False) -> str:
    """A row that stays on one page."""
    said = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{said}</w:trPr>{''.join(cells)}</w:tr>"


def pairs(pairs: Sequence[tuple[str, str]], name: int = 2100) -> str:
    """Names, colons and values under each other."""
    widths = (name, 250, TEXT_WIDTH - name - 250)
    return table(
        widths,
        [
            row([cell(widths[0], plain(a)), cell(widths[1], plain(":")), cell(widths[2], plain(b))])
            for a, b in pairs
        ],
        ruled=False,
    )


def listing(name: str, columns: Sequence[tuple[str, str, int, str]]) -> str:
    """A ruled table of a list's rows: heading, column, width, alignment."""
    widths = [width for _, _, width, _ in columns]
    small = 20

    def tag(what: str) -> str:
        return row([cell(sum(widths), plain(f"{{%tr {what} %}}"))])

    head = row(
        [
            cell(w, paragraph(run(h, bold=True, size=small), align="center"), shaded=True)
            for h, _, w, _ in columns
        ],
        head=True,
    )
    body = row([cell(w, paragraph(run(f"{{{{ x.{c} }}}}", size=small), align=a)) for _, c, w, a in columns])
    return table(widths, [head, tag(f"for x in {name}"), body, tag("endfor")], ruled=True)


def loop(name: str, *, numbered: bool) -> list[str]:
    """A paragraph for each line of a list."""
    lead = "{{ loop.index }}. " if numbered else ""
    return [
        plain(f"{{%p for x in {name} %}}"),
        plain(
            f"{lead}{{{{ x }}}}",
            align="both",
            left=360 if numbered else 0,
            hanging=360 if numbered else 0,
            after=60,
        ),
        plain("{%p endfor %}"),
    ]


def document(body: Iterable[str]) -> bytes:
    """A document of these paragraphs and tables; the same bytes each time."""
    text = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {_NS}><w:body>'
        f"{''.join(body)}{_PAGE}</w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _RELS.format("styles", "styles.xml"),
        "word/document.xml": text,
        "word/styles.xml": _STYLES,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, part)
    return out.getvalue()
