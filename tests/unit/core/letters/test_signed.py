"""Signed copies: what is recognised, what is refused in words, and that nothing else comes out."""

import datetime as dt
import io
import random
import re
import time

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, TextStringObject

from fsesys.core.letters.compose import compose
from fsesys.core.letters.made_up import scan, sign_digitally
from fsesys.core.letters.render import render
from fsesys.core.letters.signed import (
    DIGITAL,
    ELSEWHERE,
    SCAN,
    Findings,
    Unreadable,
    read_digital,
    read_pdf,
    read_scan,
)
from tests.crowd import rounds
from tests.unit.core.letters.bad_pdfs import REFUSED, changed, entry, written
from tests.unit.core.letters.letter_facts import facts_of


@pytest.fixture(scope="module")
def ours():
    return render(compose("agreement", facts_of("agreement"), "da"))


@pytest.fixture(scope="module")
def other():
    context = facts_of("agreement", number="D26-000999", institution="Another institution")
    return render(compose("agreement", context, "da"))


@pytest.fixture(scope="module")
def signed(ours):
    return sign_digitally(ours, "Birgitte Ånker")


def test_the_road_is_recognised(ours, signed):
    assert [read_pdf(one).road for one in (ours, signed, scan(ours))] == [ELSEWHERE, DIGITAL, SCAN]
    assert read_pdf(ours).pages == 3


def test_our_file_digitally_signed(ours, signed):
    found = read_digital(signed, ours)
    assert (found.road, found.pages, found.intact, found.sentences) == (DIGITAL, 3, True, ())
    assert found.signer == "Birgitte Ånker" and found.numbers == ("D26-000123",)
    assert abs(dt.datetime.now(dt.UTC) - found.signed_at) < dt.timedelta(minutes=5)
    assert found.as_json()["signed_at"].startswith("20")


@pytest.mark.slow
def test_their_signature_on_top_of_ours(ours, signed):
    both = sign_digitally(signed, "Preben Bo Mortensen")
    for before in (ours, signed):
        found = read_digital(both, before)
        assert found.intact and found.signer == "Preben Bo Mortensen"


def test_ours_alone_is_not_their_signature(signed):
    found = read_digital(signed, signed)
    assert not found.intact and found.signer == ""
    assert "no digital signature that was added" in found.sentences[0]


@pytest.mark.parametrize("where", [0.2, 0.5, 0.9])
def test_one_flipped_byte_of_our_part(ours, signed, where):
    changed = bytearray(signed)
    changed[int(len(ours) * where)] ^= 1
    try:
        found = read_digital(bytes(changed), ours)
    except Unreadable:
        return
    assert found.intact is False and any("differs from ours" in one for one in found.sentences)


def test_changed_after_signing(ours, signed):
    assert "changed" in read_digital(signed + b"\n% more", ours).sentences[-1]
    changed = bytearray(signed)
    changed[-100] ^= 1
    assert not read_digital(bytes(changed), ours).intact


def test_another_institutions_agreement(ours, other):
    found = read_digital(sign_digitally(other, "Preben Bo Mortensen"), ours)
    assert found.intact is False and found.numbers == ("D26-000999",)
    assert "not the file that we sent" in found.sentences[0]


def test_a_page_covered_before_signing_is_found_though_our_bytes_are_all_there(ours):
    writer = IncrementalPdfFileWriter(io.BytesIO(ours))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 600 850 re f"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(ours)
    found = read_digital(sign_digitally(out.getvalue(), "Preben Bo Mortensen"), ours)
    assert found.intact is False
    assert found.sentences == ("Something other than a signature was added to the file we sent.",)


@pytest.mark.parametrize(("dpi", "tilt"), [(100, 1.5), (150, -2.0), (200, 3.0)])
def test_a_scan_shows_its_code_on_every_page(ours, dpi, tilt):
    found = read_scan(scan(ours, dpi, tilt))
    assert found.qr == (("FSESYS:D26-000123",),) * 3 and found.numbers == ("D26-000123",)
    assert (found.road, found.pages, found.intact, found.sentences) == (SCAN, 3, None, ())


def test_a_scan_of_mixed_pages_and_one_without_a_code(ours, other):
    mixed = PdfWriter()
    mixed.append(io.BytesIO(scan(ours)), pages=(0, 2))
    mixed.append(io.BytesIO(scan(other)), pages=(2, 3))
    assert "D26-000123, D26-000999" in read_scan(written(mixed)).sentences[0]
    blank = PdfWriter()
    blank.add_blank_page(595, 842)
    assert "No code of ours" in read_scan(written(blank)).sentences[0]


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_words_on_every_road(name, ours):
    data, word = REFUSED[name]
    for read in (read_pdf, read_scan, lambda data: read_digital(data, ours)):
        with pytest.raises(Unreadable, match=word) as caught:
            read(data)
        assert caught.value.sentence.endswith(".") and "%(" not in caught.value.sentence


def test_what_many_programs_write_is_taken():
    def link(writer):
        action = entry(S=NameObject("/URI"), URI=TextStringObject("https://example.org"))
        note = entry(Subtype=NameObject("/Link"), A=action)
        writer.pages[0][NameObject("/Annots")] = ArrayObject([note])
        first = ArrayObject([writer.pages[0].indirect_reference, NameObject("/Fit")])
        writer.root_object[NameObject("/OpenAction")] = first

    assert read_pdf(changed(link)).pages == 1


def mutations(seeds, count):
    """Cut, flipped, doubled and spliced copies, the same in every run."""
    chance = random.Random(20261117)
    for _number in range(count):
        data = bytearray(chance.choice(seeds))
        for _turn in range(chance.choice([1, 1, 3, 20])):
            at = chance.randrange(len(data))
            match chance.randrange(5):
                case 0:
                    data[at] ^= 1 << chance.randrange(8)
                case 1:
                    del data[at : at + chance.randrange(400)]
                case 2:
                    data[at:at] = data[: chance.randrange(200)]
                case 3:
                    data[at : at + 8] = chance.randbytes(8)
                case 4:
                    number = str(chance.choice([0, 1, -1, 2**31, 10**30])).encode()
                    data[at : at + len(number)] = number
            data = data or bytearray(b"%")
        yield bytes(data[: chance.randrange(len(data))] if chance.random() < 0.2 else data)


def covered(data, signed) -> tuple:
    """What the signature of `signed` vouches for: everything but its own hole, padded with zeros
    that say nothing."""
    found = re.search(rb"/ByteRange *\[ *(\d+) +(\d+) +(\d+) +(\d+) *\]", signed)
    _start, end, again, _length = map(int, found.groups())
    return data[:end], data[again:]


@pytest.mark.slow
@pytest.mark.parametrize("count", rounds(80))
def test_garbage_is_refused_or_read_and_nothing_else(ours, signed, count):
    seeds = [ours, signed, scan(ours, 75), changed(lambda writer: None)]
    begun, read = time.monotonic(), 0
    for number, data in enumerate(mutations(seeds, count)):
        roads = [read_pdf, read_scan, lambda one: read_digital(one, ours)]
        for road in roads if number % 5 == 0 else roads[:1]:
            try:
                found = road(data)
            except Unreadable as refused:
                assert refused.sentence
            else:
                read += 1
                assert isinstance(found, Findings)
                assert not found.intact or covered(data, signed) == covered(signed, signed)
    assert read > count // 10 and time.monotonic() - begun < count


def test_the_helper_that_signs_only_adds(ours, signed):
    assert signed.startswith(ours) and len(PdfReader(io.BytesIO(signed)).pages) == 3
