"""A small dictionary, and a report that names something of every kind."""

from __future__ import annotations

from briefing.analysis.extraction import Dictionary, Entry

MD5 = "0123456789abcdef0123456789abcdef"
SHA1 = "0123456789abcdef0123456789abcdef01234567"
SHA256 = "0123456789abcdef" * 4

ENTRIES = (
    Entry(kind="technique", id="T1059", name="Command Shells", names=("Command Shells",)),
    Entry(kind="technique", id="T1059.001", name="PowerShell", names=("PowerShell",)),
    Entry(kind="technique", id="T1566", name="Phishing", names=("Phishing",)),
    Entry(kind="technique", id="T1660", name="Phishing", names=("Phishing",), is_enterprise=False),
    Entry(
        kind="technique",
        id="T1513",
        name="Pocket Theft",
        names=("Pocket Theft",),
        is_enterprise=False,
    ),
    Entry(kind="technique", id="T1090", name="Proxy", names=("Proxy",)),
    Entry(kind="technique", id="T1087.001", name="Local Account", names=("Local Account",)),
    Entry(kind="technique", id="T1136.001", name="Local Account", names=("Local Account",)),
    Entry(kind="technique", id="T1043", name="Usual Port", is_current=False),
    Entry(kind="software", id="S9001", name="HeronLoader", names=("HeronLoader", "HLR", "Wader")),
    Entry(kind="software", id="S9002", name="Egret Wiper", names=("Egret Wiper",)),
    Entry(kind="software", id="S9003", name="Marsh", names=("Marsh",)),
    Entry(kind="software", id="S9004", name="Reed", names=("Reed",)),
    Entry(kind="group", id="G9001", name="Heron", names=("Heron", "Marsh")),
    Entry(kind="vulnerability", id="CVE-2024-1234", name="Harbour Gate: weak check"),
)

REPORT = f"""\
Raid on the harbour: what we found

The crew (G9001) sent Phishing mails from post@gate.example.net and ran powershell.exe (T1059.001).
HeronLoader called hxxps://cdn[.]gate[.]example[.]net/load.php and 198[.]51[.]100[.]7:8443.
It used CVE-2024-1234 in Harbour Gate, version 1.2.3.4, and later S9002 and T9999.

MD5      {MD5}
SHA-256  {SHA256.upper()}
Inside, 10.0.0.5 spoke to 2001:db8::17. More: https://www.example.org/report.pdf
"""


def dictionary() -> Dictionary:
    """What ``REPORT`` can name, and more."""
    return Dictionary(ENTRIES)
