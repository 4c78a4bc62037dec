"""Who passes on other people's words: news agencies and papers. Data, sorted; a third party, never a party.

Names are matched as whole words, capitals as written. `MEDIA_WORDS` mark any other medium ("Ridge
News Agency"), whoever runs it: whether it is a party's own channel is for the case to declare.
"""

from __future__ import annotations

AGENCIES: tuple[str, ...] = (
    "AAP", "ABC News", "AFP", "ANSA", "AP", "APA", "Agence France-Presse", "Al Arabiya", "Al Jazeera", "Anadolu",
    "Associated Press", "Axios", "BBC", "BNS", "Belga", "Bloomberg", "CBS News", "CNN", "CTK", "Der Spiegel",
    "Deutsche Welle", "Dow Jones", "EFE", "Euronews", "Financial Times", "Fox News", "France 24", "Interfax",
    "Interfax-Ukraine", "JTA", "Kyodo", "Le Monde", "Lusa", "Meduza", "NBC News", "NPR", "New York Times", "PA Media",
    "PAP", "PTI", "Politico", "RFE/RL", "RIA Novosti", "Reuters", "SANA", "Sky News", "Sputnik", "Suspilne", "TASS",
    "The Guardian", "The Times", "UNIAN", "UPI", "Ukrinform", "Voice of America", "Wall Street Journal",
    "Washington Post", "Xinhua", "Yonhap", "dpa",
)  # fmt: skip

MEDIA_WORDS: frozenset[str] = frozenset(
    {"agencies", "agency", "broadcaster", "broadcasters", "channel", "channels", "correspondent", "correspondents",
     "dailies", "daily", "gazette", "herald", "journalist", "journalists", "magazine", "media", "news", "newspaper",
     "newspapers", "newswire", "press", "radio", "reporter", "reporters", "station", "stations", "television",
     "tribune", "weekly", "wire", "wires"}
)  # fmt: skip
