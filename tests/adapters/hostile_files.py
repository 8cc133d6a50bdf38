"""Files that strangers may send, built by code: honest ones, broken ones and traps."""

import io
import struct
import zlib

import pikepdf
from PIL import Image

Dictionary, Name, Array = pikepdf.Dictionary, pikepdf.Name, pikepdf.Array


def photo(
    width: int = 3000, height: int = 2000, *, form: str = "JPEG", exif: Image.Exif | None = None, **more: object
) -> bytes:
    """Return a picture with a colour that tells left from right."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (width // 2, 0, width, height))
    out = io.BytesIO()
    if exif is not None:
        more["exif"] = exif.tobytes()
    image.save(out, form, **more)
    return out.getvalue()


def located_exif(orientation: int = 1) -> Image.Exif:
    """Return EXIF that names a maker, an owner and a place."""
    exif = Image.Exif()
    exif[0x010F] = "KAMERA-RAHASIA"
    exif[0x0112] = orientation
    exif[0x013B] = "Budi Santoso"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "S", (6.0, 7.0, 13.0), "E", (106.0, 9.0, 1.0)
    return exif


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_header_of(width: int, height: int) -> bytes:
    """Return a PNG of some hundred bytes that claims a huge picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def pdf(change=None, **save: object) -> bytes:
    """Return a one-page PDF, after `change(document)`."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    if change is not None:
        change(document)
    out = io.BytesIO()
    document.save(out, **save)
    return out.getvalue()


def raw_pdf(stream: bytes, filters: bytes, *, extra: bytes = b"") -> bytes:
    """Return a PDF whose page content is `stream` with these filters, byte by byte as given."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter %s %s >>\nstream\n%s\nendstream" % (len(stream), filters, extra, stream),
    ]
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def deflated_zeros(size: int, *, times: int = 1) -> bytes:
    """Return zeros (whole millions), deflated in equal pieces, then deflated again."""
    engine = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    # After a full flush the next piece is the same again, so it is deflated once only.
    piece = engine.compress(b"\0" * 1_000_000) + engine.flush(zlib.Z_FULL_FLUSH)
    count = size // 1_000_000
    adler = (count * 1_000_000 % 65_521 << 16) | 1  # of zeros: their number above, one below
    made = b"\x78\xda" + piece * count + b"\x03\x00" + adler.to_bytes(4)
    for _ in range(times - 1):
        made = zlib.compress(made, 9)
    return made


def object_stream_bomb(size: int) -> bytes:
    """Return a PDF whose cross-reference stream points at an object stream that explodes when it is opened."""
    bomb = deflated_zeros(size)
    out = bytearray(b"%PDF-1.7\n")
    first = len(out)
    out += b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    holder = len(out)
    out += b"4 0 obj\n<< /Type /ObjStm /N 2 /First 10 /Length %d /Filter /FlateDecode >>\nstream\n" % len(bomb)
    out += bomb + b"\nendstream\nendobj\n"
    table = len(out)
    rows = [(0, 0, 255), (1, first, 0), (2, 4, 0), (2, 4, 1), (1, holder, 0), (1, table, 0)]
    body = zlib.compress(b"".join(struct.pack(">BIB", *row) for row in rows))
    out += b"5 0 obj\n<< /Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R /Length %d /Filter /FlateDecode >>\nstream\n" % len(
        body
    )
    out += body + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table
    return bytes(out)


def with_script(document: pikepdf.Pdf) -> None:
    """Make the document run a script when it is opened."""
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('halo')")


def with_named_script(document: pikepdf.Pdf) -> None:
    """Hide a script in the tree of names."""
    script = document.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert('halo')"))
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))


def with_file(document: pikepdf.Pdf) -> None:
    """Carry another file."""
    document.attachments["virus.exe"] = b"MZ\x90\x00"


def with_launch(document: pikepdf.Pdf) -> None:
    """Start a program when a link is pressed."""
    document.pages[0].Annots = Array(
        [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([0, 0, 100, 100]),
                A=Dictionary(S=Name.Launch, F="cmd.exe"),
            )
        ]
    )


def with_form_script(document: pikepdf.Pdf) -> None:
    """Run a script when a key is pressed in a field."""
    field = Dictionary(FT=Name.Tx, T="nama", AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS="1")))
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]))


def with_huge_picture(document: pikepdf.Pdf) -> None:
    """Claim a picture of ten gigapixels."""
    picture = document.make_stream(b"x")
    picture.stream_dict.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 100_000, "/Height": 100_000})
    document.pages[0].Resources = Dictionary(XObject=Dictionary(Foto=picture))


def with_author(document: pikepdf.Pdf) -> None:
    """Name an author in both places, and hide a located photograph."""
    document.docinfo["/Author"] = "Budi Santoso"
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = ["Budi Santoso"]
    picture = photo(60, 40, exif=located_exif())
    stream = pikepdf.Stream(
        document,
        picture,
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40, BitsPerComponent=8, ColorSpace=Name.DeviceRGB
        ),
    )
    stream.stream_dict.Filter = Name.DCTDecode
    document.pages[0].Resources = Dictionary(XObject=Dictionary(Foto=document.make_indirect(stream)))
    document.pages[0].Contents = document.make_stream(b"q 60 0 0 40 0 0 cm /Foto Do Q")


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def mp4(brand: bytes = b"isom", *, length: int = 1000) -> bytes:
    """Return the boxes of a short film."""
    frames = _box(b"ftyp", brand + b"\0\0\x02\0" + brand + b"mp41") + _box(b"moov", _box(b"mvhd", b"\0" * 100))
    return frames + _box(b"mdat", b"\x01" * length)


def webm() -> bytes:
    """Return the elements of a short film."""
    head = b"\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08"
    head += b"\x42\x82\x84webm\x42\x87\x81\x02\x42\x85\x81\x02"
    body = b"\x01" * 500
    return (
        b"\x1a\x45\xdf\xa3"
        + bytes([0x80 | len(head)])
        + head
        + b"\x18\x53\x80\x67"
        + struct.pack(">H", 0x4000 | len(body))
        + body
    )
