"""Plain words of ours for ways in and for mitigations, worded from their names alone."""

from __future__ import annotations

from briefing.core.actor import Coded
from briefing.core.wording import country_inside


def named(country: Coded) -> str:
    """A country as it stands inside a sentence: ``Russia``, ``the United States``."""
    return country_inside(country.code, country.label)


OBTAINING = {
    "T1583.001": "registering domains",
    "T1583.003": "renting virtual servers",
    "T1583.006": "accounts at web services",
    "T1584.001": "hijacking domains",
    "T1584.004": "hijacking servers",
    "T1585.001": "false accounts on social media",
    "T1585.002": "false mail accounts",
    "T1586.002": "hijacking mail accounts",
    "T1587.001": "writing malware",
    "T1588.001": "obtaining malware",
    "T1588.002": "obtaining tools",
    "T1588.003": "obtaining signing certificates",
    "T1588.004": "obtaining certificates",
    "T1589.001": "collecting passwords",
    "T1589.002": "collecting mail addresses",
    "T1608.001": "placing malware on the web",
}
"""ATT&CK technique whose own name says too little without its parent's → what is done."""

WAYS_IN = {
    "T1566": "phishing",
    "T1566.001": "mail with a trapped attachment",
    "T1566.002": "mail with a link",
    "T1566.003": "messages over other services",
    "T1566.004": "phone calls",
    "T1660": "phishing",
    "T1078": "accounts of real users",
    "T1078.001": "default accounts",
    "T1078.002": "accounts of the company's domain",
    "T1078.003": "accounts on single computers",
    "T1078.004": "accounts in the cloud",
    "T1190": "holes in systems that face the internet",
    "T1133": "remote access that is open to the internet",
    "T1189": "websites that infect their visitors",
    "T1456": "websites that infect their visitors",
    "T1195": "suppliers",
    "T1195.001": "tampered tools of developers",
    "T1195.002": "tampered software of a supplier",
    "T1195.003": "tampered hardware",
    "T1474": "suppliers",
    "T1199": "access that partners hold",
    "T1091": "infected USB sticks",
    "T1200": "hardware connected on site",
    "T1659": "tampered web traffic",
    "T1669": "wireless networks nearby",
}
"""ATT&CK technique of Initial Access → how it looks from outside."""

MEASURES = {
    "M1001": "Install security updates at once",
    "M1002": "Let devices prove their integrity",
    "M1003": "Keep boot loaders locked",
    "M1004": "Use devices that check their system partition",
    "M1005": "Vet apps before people may install them",
    "M1006": "Run a recent version of the operating system",
    "M1007": "Grant device administrator access with caution",
    "M1009": "Encrypt network traffic",
    "M1010": "Find out which devices are compromised",
    "M1011": "Give people guidance for their devices",
    "M1012": "Set the rules for devices in one place",
    "M1013": "Give developers rules for safe applications",
    "M1014": "Filter traffic where networks meet",
    "M1015": "Harden Active Directory",
    "M1016": "Scan for vulnerabilities",
    "M1017": "Train the people who use your systems",
    "M1018": "Manage accounts and their rights",
    "M1019": "Follow who attacks organisations like yours",
    "M1020": "Inspect encrypted web traffic",
    "M1021": "Restrict which web content people can open",
    "M1022": "Restrict who may change files and folders",
    "M1024": "Restrict who may change the Windows registry",
    "M1025": "Protect privileged processes",
    "M1026": "Keep administrator accounts few and guarded",
    "M1027": "Set and enforce rules for passwords",
    "M1028": "Harden the settings of operating systems",
    "M1029": "Keep important data on a remote store",
    "M1030": "Divide the network into segments",
    "M1031": "Stop intrusions at the network",
    "M1032": "Ask for a second factor at every log-in",
    "M1033": "Limit who may install software",
    "M1034": "Limit which hardware may be connected",
    "M1035": "Limit what can be reached over the network",
    "M1036": "Set rules for the use of accounts",
    "M1037": "Filter network traffic",
    "M1038": "Let only approved programs run",
    "M1039": "Restrict who may set environment variables",
    "M1040": "Let computers block suspicious behaviour",
    "M1041": "Encrypt sensitive information",
    "M1042": "Switch off features and programs nobody needs",
    "M1043": "Protect stored credentials",
    "M1044": "Restrict which libraries programs may load",
    "M1045": "Accept signed code only",
    "M1046": "Check that computers start unaltered",
    "M1047": "Audit systems, accounts and settings",
    "M1048": "Run risky applications in isolation",
    "M1049": "Run antivirus software",
    "M1050": "Switch on protection against exploits",
    "M1051": "Update software without delay",
    "M1052": "Set User Account Control to ask",
    "M1053": "Back up data",
    "M1054": "Harden the settings of software",
    "M1057": "Watch for sensitive data that leaves",
    "M1058": "Run antivirus software",
    "M1060": "Agree on a second way to talk in an emergency",
}
"""ATT&CK mitigation → what to do."""

NOT_ADVICE = frozenset({"M1055", "M1056", "M1059"})
"""ATT&CK's entries for "do not mitigate" and for what happens before anybody can act."""
