"""Words that name an attacker or a program and are ordinary words, products or places besides.

Catalogues name groups after insects, metals and kitchen tools, and malware after whatever its
author liked. A title that holds such a word may speak of something else: "Google Chromium", "QNAP
Photo Station", "The Empire Strikes Back". ``briefing.core.mentions`` asks for more than the word.

Chosen by hand from the names of MISP and ATT&CK that dictionaries hold too. Left out are those that
titles about security use for nothing else (Lazarus, Sandworm, Hafnium, Waterbug).
"""

from __future__ import annotations

from typing import Final

_MATERIALS: Final = """
    aluminum bismuth boron calcium carbon chromium cobalt copper helium hexane krypton magnesium
    manganese mercury nickel osmium oxide oxygen phosphorus platinum potassium proton silicon
    sodium sulphur
"""
_CREATURES: Final = """
    butterfly chameleon chimera cicada dogfish dragonfly gorilla hornbill leviathan mantis mosquito
    octopus rattlesnake scarab scorpion shark sidewinder snake viper
"""
_PEOPLE: Final = """
    anubis apostle avenger cardinal cerberus confucius denis elmer emissary frankenstein indra james
    joker kevin lucifer pallas pandora pioneer popeye reaper samurai soldier strider superman
"""
_THINGS: Final = """
    anchor backspace basin biscuit boombox bread briar calendar cannon canopy castle charger cleaver
    covenant crutch driftwood dustpan machete mango meteor pacemaker packrat pickaxe pitstop
    raindrop rover ruler slingshot sliver spaceship teardrop trident windshield
"""
_IDEAS: Final = """
    andromeda armageddon aurora bitter blackjack calypso chaos crimson empire equation exodus expand
    explosive ferocious flame flamer inception insomnia lurid marcher milan mirage monsoon moonlight
    morpho mythic nebulae nightclub ninja nitro patchwork peppy photo polaris powerless prestige
    rancor reaver responder route royal sardonic sharpshooter siesta silence solar spark summit
    sunspot supernova terracotta trinity triton vermin voyeur watchdog wraith
"""
_PHRASES: Final = """
    animalfarm beijinggroup bigbang copypaste group3 group6 group8 group13 group22 group24 group26
    group27 group100 irongroup powerloader risingsun thebigbang themask tokencontrol uglyface
    unnamedactor unnamedgroup
"""

PLAIN: Final = frozenset(
    " ".join((_MATERIALS, _CREATURES, _PEOPLE, _THINGS, _IDEAS, _PHRASES)).split()
)
"""Normalised names (``briefing.core.names.normalised``)."""
