"""Client files: read without trust, refused in sentences, written so that they come back whole."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from client_samples import FILE, PRACTICE, jpeg, labels, png
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.core.client import SIZES, Brand, Client
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.feeds.products import product_code
from briefing.services.client_checks import LONGEST_FOOTER, LONGEST_NAME, problems
from briefing.services.client_writing import client_toml, write_client_file
from briefing.services.clients import ClientFileError, read_client_file

SECTORS = sorted(labels().by_kind["sector"])
COUNTRIES = sorted(labels().by_kind["country"])


def written(folder: Path, text: str | bytes, name: str = "client.toml") -> Path:
    """A client file, with a logo beside it."""
    (folder / "logo.png").write_bytes(png())
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refusal(folder: Path, text: str | bytes) -> str:
    """What is said to a file that is refused, in one line."""
    with pytest.raises(ClientFileError) as refused:
        read_client_file(written(folder, text), labels())
    assert "Traceback" not in refused.value.detail
    return str(refused.value)


def test_a_client_file_is_read_with_the_logo_beside_it(tmp_path: Path) -> None:
    assert read_client_file(written(tmp_path, FILE), labels()) == PRACTICE


def test_a_file_needs_no_more_than_a_name(tmp_path: Path) -> None:
    client = read_client_file(written(tmp_path, 'name = "Acme"'), labels())
    assert client == Client("Acme")
    assert client.tlp is Tlp.AMBER


def test_labels_and_any_case_are_understood_as_codes(tmp_path: Path) -> None:
    text = """
    name = "Acme"
    sectors = ["Health and pharmaceuticals", "ENERGY", "healthcare"]
    countries = ["de", "Germany", "USA"]
    size = "Large"
    tlp = "tlp:amber+strict"
    technology = ["Microsoft: Exchange Server", "cpe:2.3:o:fortinet:fortios:7.0:*:*:*:*:*:*:*"]
    """
    client = read_client_file(written(tmp_path, text), labels())
    assert client.sectors == ("healthcare", "energy")
    assert client.countries == ("DE", "US")
    assert (client.size, client.tlp) == ("large", Tlp.AMBER_STRICT)
    assert client.technology == ("microsoft:exchange_server", "fortinet:fortios")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('sectors = ["helthcare"]', "no sector known here; the nearest is “healthcare”"),
        ('customer_sectors = ["Goverment"]', "the nearest is “government”"),
        ('supplier_sectors = ["tecnology"]', "the nearest is “technology”"),
        ('sectors = ["legal"]', "the nearest is “professional-services”"),
        ('countries = ["Grmany"]', "no country known here; the nearest is “DE” (Germany)"),
        ('countries = ["UK"]', "the nearest is “GB” (United Kingdom)"),
        ('size = "smal"', "no size known here; the nearest is “small”"),
        ('tlp = "AMBRE"', "no TLP level known here; the nearest is “AMBER”"),
        ('technology = ["fortios"]', "is not written as vendor:product"),
        ('technology = ["a:b:c"]', "is not written as vendor:product"),
        ('sector = ["energy"]', "There is no such key; the nearest is “sectors”"),
        ('brand = {primry = "#000000"}', "There is no such key; the nearest is “primary”"),
        ('sectors = "energy"', "sectors: must be a list of texts"),
        ('sectors = ["energy", 7]', "sectors: must be a list of texts"),
        ('uses_msp = "yes"', "uses_msp: must be true or false"),
        ("size = 3", "size: must be a text in quotation marks"),
        ('brand = "blue"', "brand: must be a table"),
        ('brand = {primary = "blue"}', "“blue” is no colour; write # and six figures"),
        ('brand = {secondary = "#fff"}', "“#fff” is no colour"),
        ('brand = {logo = "none.png"}', "The logo none.png cannot be read"),
        ('brand = {logo = "notes.png"}', "is not a PNG or JPEG picture"),
        ('brand = {logo = "drawing.png"}', "is an SVG drawing, which may hold a script"),
        ('brand = {logo = "/etc/hostname"}', "does not lie in the folder of the client file"),
        ('brand = {logo = "../logo.png"}', "does not lie in the folder of the client file"),
        (r'brand = {logo = "\\\\server\\share\\logo.png"}', "does not lie in the folder"),
        ('brand = {logo = "C:\\\\logo.png"}', "does not lie in the folder"),
        ('brand = {logo = "https://example.org/logo.png"}', "cannot be read"),
        ('brand = {footer = "one\\ntwo"}', "brand.footer: The footer must be one line"),
    ],
)
def test_each_fault_is_told_with_its_key_and_what_would_do(
    tmp_path: Path, line: str, words: str
) -> None:
    (tmp_path / "notes.png").write_text("Remember the milk.")
    (tmp_path / "drawing.png").write_text('<?xml version="1.0"?><svg><script/></svg>')
    said = refusal(tmp_path, f'name = "Acme"\n{line}\n')
    assert words in said
    assert "client.toml was refused" in said


def test_a_country_of_which_nothing_is_like_it_gets_no_suggestion(tmp_path: Path) -> None:
    said = refusal(tmp_path, 'name = "Acme"\ncountries = ["QQ"]')
    assert "“QQ” is no country known here." in said


def test_several_faults_are_told_at_once_and_many_are_counted(tmp_path: Path) -> None:
    said = refusal(tmp_path, 'sectors = ["x1"]\ntlp = "pink"\nuses_msp = 1\n')
    for key in ("sectors:", "tlp:", "uses_msp:"):
        assert key in said
    with pytest.raises(ClientFileError) as many:
        read_client_file(written(tmp_path, f"sectors = {[f'zz{n}' for n in range(9)]}"), labels())
    assert "And 3 more." in many.value.message
    assert len(many.value.problems) == 9
    assert many.value.detail.count("\n") == 9


def test_a_file_without_a_name_is_refused(tmp_path: Path) -> None:
    assert "name: The name is missing." in refusal(tmp_path, 'sectors = ["energy"]')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('name = "Acme"\nsectors = [', "is not valid TOML"),
        ('name = "Acme"\nsize = small\n', "is not valid TOML in line 2"),
        ('name = "Acme"\nname = "Other"\n', "is not valid TOML in line 2"),
        (b'name = "Acme"\n# \xff\xfe\n', "is not written in UTF-8 (line 2)"),
        ("x = " + "[" * 5_000, "is not valid TOML"),
        ("x = " + "9" * 10_000, "is not valid TOML"),
        ("#" * 1_000_001, "is larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_toml_is_refused_with_the_line(
    tmp_path: Path, text: str | bytes, words: str
) -> None:
    assert words in refusal(tmp_path, text)


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ClientFileError, match=r"nobody\.toml cannot be read"):
        read_client_file(tmp_path / "nobody.toml", labels())


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read_client_file(written(tmp_path, b"\xef\xbb\xbf" + FILE.encode()), labels())


def test_a_logo_behind_a_link_to_another_folder_is_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes(png())
    folder = tmp_path / "folder"
    folder.mkdir()
    try:
        (folder / "link.png").symlink_to(outside)
    except OSError:
        pytest.skip("This system allows no links here.")
    path = written(folder, 'name = "Acme"\n[brand]\nlogo = "link.png"\n')
    with pytest.raises(ClientFileError, match="does not lie in the folder"):
        read_client_file(path, labels())


def test_what_a_file_says_reaches_a_sentence_without_control_characters(tmp_path: Path) -> None:
    said = refusal(tmp_path, 'name = "Acme"\nsectors = ["\\u001b[31m\\u202Ered' + "x" * 500 + '"]')
    assert said.isprintable()
    assert len(said) < 400


def lines(most: int) -> st.SearchStrategy[str]:
    """Anything that fits into one line."""
    signs = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn"))
    texts = st.text(signs, max_size=most).map(str.strip)
    return texts.filter(lambda text: text.isprintable() and len(text) <= most)


parts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
codes = st.builds(product_code, parts, parts).filter(
    lambda code: bool(code) and not problems(Client("x", technology=(code,)))
)
colours = st.one_of(st.just(""), st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))


def several(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=5).map(tuple)


clients = st.builds(
    Client,
    name=lines(LONGEST_NAME).filter(bool),
    sectors=several(SECTORS),
    countries=several(COUNTRIES),
    size=st.sampled_from(("", *SIZES)),
    customer_sectors=several(SECTORS),
    supplier_sectors=several(SECTORS),
    uses_msp=st.booleans(),
    technology=st.lists(codes, unique=True, max_size=4).map(tuple),
    tlp=st.sampled_from(Tlp),
    brand=st.builds(
        Brand,
        logo=st.sampled_from((b"", png(), png(7, 5), jpeg())),
        primary=colours,
        secondary=colours,
        footer=lines(LONGEST_FOOTER),
    ),
    example=st.booleans(),
)


@given(clients)
@example(Client('A "quoted" \\ name’s — ÄÖ 😀'))
def test_what_is_exported_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, client: Client
) -> None:
    path = tmp_path_factory.mktemp("export") / "client.toml"
    written_files = write_client_file(client, path)
    assert len(written_files) == (2 if client.brand.logo else 1)
    assert read_client_file(path, labels()) == client


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_escaped_as_toml_wants_it(text: str) -> None:
    assert tomllib.loads(client_toml(Client(text)))["name"] == text


def test_the_logo_is_written_beside_the_file_under_a_name_like_it(tmp_path: Path) -> None:
    picture = replace(PRACTICE, brand=replace(PRACTICE.brand, logo=jpeg()))
    names = {path.name for path in write_client_file(picture, tmp_path / "acme.toml")}
    assert names == {"acme.toml", "acme-logo.jpg"}
    assert (tmp_path / "acme-logo.jpg").read_bytes() == jpeg()
    assert not list(tmp_path.glob(".*"))


def test_an_export_that_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").mkdir()
    with pytest.raises(BriefingError, match=r"acme\.toml could not be written"):
        write_client_file(Client("Acme"), tmp_path / "acme.toml")
    with pytest.raises(BriefingError, match="could not be written"):
        write_client_file(Client("Acme"), tmp_path / "nowhere" / "acme.toml")
