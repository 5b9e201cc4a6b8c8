"""Signed copies that nobody signed: for the demo office and the tests only.

The certificate is made on the spot and signs itself; nothing here may be used to sign a letter.
"""

import datetime as dt
import io
from functools import cache

import pypdfium2
from asn1crypto import keys, x509
from cryptography import x509 as made
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko_certvalidator.registry import SimpleCertificateStore

YEARS = dt.timedelta(days=3650)
ROOM = 8192  # for the signature; without it every copy is signed twice, to measure


def sign_digitally(pdf: bytes, name: str) -> bytes:
    """The PDF with one more signature by `name`, added after its last byte."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    count = len(list(enumerate_sig_fields(writer.prev)))
    meta = PdfSignatureMetadata(field_name=f"Signature{count + 1}", name=name)
    return sign_pdf(writer, meta, signer=_signer(name), bytes_reserved=ROOM).getvalue()


def scan(pdf: bytes, dpi: int = 150, tilt: float = 1.0) -> bytes:
    """The pages as pictures, each tilted by `tilt` degrees: what comes out of a scanner."""
    pages = [
        page.render(scale=dpi / 72, grayscale=True).to_pil()
        .rotate(tilt, expand=False, fillcolor=255)
        for page in pypdfium2.PdfDocument(pdf)
    ]  # fmt: skip
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=pages[1:], quality=60)
    return out.getvalue()


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    """A curve: such a key is read in no time, and hundreds of copies are signed for a demo."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def _signer(name: str) -> SimpleSigner:
    subject = made.Name([made.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        made.CertificateBuilder().subject_name(subject).issuer_name(subject)
        .public_key(_key().public_key()).serial_number(made.random_serial_number())
        .not_valid_before(now - YEARS).not_valid_after(now + YEARS)
        .add_extension(made.KeyUsage(True, True, *[False] * 7), critical=True)
        .sign(_key(), hashes.SHA256())
    )  # fmt: skip
    der = serialization.Encoding.DER
    private = _key().private_bytes(
        der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(der)),
        signing_key=keys.PrivateKeyInfo.load(private), cert_registry=SimpleCertificateStore(),
    )  # fmt: skip
