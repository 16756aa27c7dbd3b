"""Help: how feeds come in, what is seen before, how an import is taken back, what is sent where."""

from __future__ import annotations

from briefing.services.help_content import (
    HelpPage,
    HelpSection,
    Row,
    Rows,
    paragraphs,
    points,
)

KEY = "sources"
TITLE = "Sources and imports"


def sources_help() -> HelpPage:
    """The page."""
    return HelpPage(
        key=KEY,
        title=TITLE,
        summary="Import, preview, undo, the network",
        sections=(
            _sources(),
            _importing(),
            _preview(),
            _unusual(),
            _undo(),
            _quarantine(),
            _network(),
            _own(),
            _publishing(),
        ),
    )


def _sources() -> HelpSection:
    return HelpSection(
        "what",
        "What a source is",
        (
            paragraphs(
                "A source is somebody who says something: a catalogue, an authority, a colleague. "
                "Everything taken in belongs to one, with its licence and our grade of it."
            ),
            points(
                "The list shows what you have first, and below it feeds the program knows of.",
                "A source is called old when its content is older than such a feed should be. For "
                "news that is a week or two, for a catalogue some months.",
                "The date counted is that of the release itself where the feed states one. "
                "Otherwise it is the day on which you took it in.",
            ),
        ),
    )


def _importing() -> HelpSection:
    formats = (
        Row("STIX", "Bundles of STIX 2.0 and 2.1: MITRE ATT&CK, CAPEC, exports of OpenCTI."),
        Row("MISP", "Galaxies, events, and feeds with a manifest.json."),
        Row("CSAF", "Security advisories, single, in folders, or as a publisher lists them."),
        Row("KEV", "CISA’s catalogue of known exploited vulnerabilities, as JSON or CSV."),
        Row("RSS and Atom", "News of national response teams and others."),
        Row("EuRepoC", "Incidents, attributions and those attacked, as CSV."),
        Row("APTnotes", "A list of public reports."),
        Row("Leak sites", "Listings of what criminals claim. They are claims, and marked so."),
    )
    return HelpSection(
        "import",
        "Bringing files in",
        (
            paragraphs(
                "Choose files, a folder or a stick under Import, or drop them on the screen. What "
                "a file is, its content decides; names and endings do not count."
            ),
            Rows("Formats that are read", formats),
            points(
                "ZIP and gzip archives are opened, also inside one another.",
                "A file that cannot be read is named with the reason. The others are read.",
                "Escape or Cancel stops the reading. Nothing has been written then.",
            ),
        ),
    )


def _preview() -> HelpSection:
    rows = (
        Row("Added", "The database does not have it yet."),
        Row("Removed", "The whole source was read, and it is no longer in it."),
        Row("Changed", "Its content differs, whatever date it bears. Before and after are shown."),
        Row("As they are", "It says what you have already."),
        Row("Not taken", "It could not be read, for the reason given. The rest can be taken."),
        Row("Left out as older", "You have a later edition of it, and that stays."),
    )
    return HelpSection(
        "preview",
        "What would change",
        (
            paragraphs(
                "Before anything is written you see what an import would change, by kind and one "
                "by one. Apply writes it all, or nothing of it."
            ),
            Rows("Words of a preview", rows),
            points(
                "A whole source lists everything it has, so what is missing is gone. A window, "
                "such as a news feed, lists the latest only. Nothing is removed by it.",
                "Where several sources wait, one word applies them all. Leave out those you do not "
                "want.",
                "The same file again changes nothing, and is told so.",
            ),
        ),
    )


def _unusual() -> HelpSection:
    return HelpSection(
        "older",
        "Older releases and large removals",
        (
            points(
                "An older release never replaces a newer one by itself. The preview says so, and "
                "the button says what it would do.",
                "Where more than a tenth of a kind would go, a warning gives the number. It may be "
                "right: ATT&CK 18 replaced thousands of links. It may also be a broken file.",
                "On the command line both need a word of their own: --older, --accept-removals.",
            ),
        ),
    )


def _undo() -> HelpSection:
    return HelpSection(
        "undo",
        "Snapshots and undo",
        (
            paragraphs(
                "Each import of a source is one snapshot. Nothing is overwritten: what no longer "
                "holds is closed, and keeps its history. So an import can be taken back exactly."
            ),
            points(
                "Undo is in the history, in the row of the import. You are asked once more.",
                "Of one source the latest import goes first, since it rests on those before it.",
                "What came with the program cannot be undone.",
                "Your own decisions on who is who stay as they are.",
            ),
        ),
    )


def _quarantine() -> HelpSection:
    return HelpSection(
        "quarantine",
        "Quarantine",
        (
            paragraphs(
                "One bad object does not keep a feed of thousands out. It is left out, with its "
                "native id and a sentence that says why, and stays on the list of its import."
            ),
            points(
                "What was held of it before still is.",
                "An object in quarantine never counts as removed.",
            ),
        ),
    )


def _network() -> HelpSection:
    return HelpSection(
        "network",
        "What goes over the network, and when",
        (
            paragraphs(
                "Nothing, unless you press Update now, Update all or Publish. The program starts, "
                "works and ends without a network. It reports nothing to anybody."
            ),
            points(
                "Update asks the address on the page of the source, and addresses it sends on to. "
                "It tells them the name and version of this program.",
                "It also sends what that server gave last time to tell whether something is new, "
                "and your token where you set one up. A token goes to its own server only.",
                "Only https is spoken, and the certificate is checked. Addresses inside private "
                "networks are refused unless you marked the feed as inside yours.",
                "Size and time of an answer are limited. One that is too large or too slow is "
                "refused, and what you have stays.",
                "What came waits as a preview, like a file. Sources that could not be reached are "
                "named with the reason.",
            ),
        ),
        note="only when you ask",
    )


def _own() -> HelpSection:
    return HelpSection(
        "own",
        "Feeds of your own",
        (
            paragraphs(
                "Add a feed, under Import, sets up a server of your own team or of anybody else: a "
                "TAXII server, a MISP feed, a single file."
            ),
            points(
                "Its objects get the label you choose where they bear none. That is TLP:RED unless "
                "you say otherwise.",
                "Tokens and passwords are kept in the keyring of the system, and in no file.",
                "Removing a feed forgets its address and its token. What was taken from it stays, "
                "until you undo its imports.",
            ),
        ),
    )


def _publishing() -> HelpSection:
    return HelpSection(
        "publish",
        "Publishing a bundle",
        (
            paragraphs(
                "A STIX bundle can be sent to a collection of a TAXII server that you set up. "
                "Every object of the file goes out, whatever its label, and cannot be called back."
            ),
            paragraphs("The server’s answer is shown: how many it took, and which it did not."),
        ),
    )
