"""States by the names a text may use: plain name, capital, demonym, seat of government. Data, sorted by name.

A capital stands for its government in news prose ("Moscow said"). The table lists the member
states of the United Nations and its two observer states under short common names. It takes no view on
borders or on disputed capitals (that column is then empty), and a case's own party names always go
first. Columns: state | capital | demonyms | other names and seats.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """A state and the words that stand for its government."""

    name: str
    names: tuple[str, ...]


_TABLE = """
Afghanistan|Kabul|Afghan,Afghans|
Albania|Tirana|Albanian,Albanians|
Algeria|Algiers|Algerian,Algerians|
Andorra|Andorra la Vella|Andorran,Andorrans|
Angola|Luanda|Angolan,Angolans|
Antigua and Barbuda|Saint John's|Antiguan,Antiguans|
Argentina|Buenos Aires|Argentine,Argentinian,Argentines|Casa Rosada
Armenia|Yerevan|Armenian,Armenians|
Australia|Canberra|Australian,Australians|
Austria|Vienna|Austrian,Austrians|
Azerbaijan|Baku|Azerbaijani,Azerbaijanis,Azeri|
Bahamas|Nassau|Bahamian,Bahamians|The Bahamas
Bahrain|Manama|Bahraini,Bahrainis|
Bangladesh|Dhaka|Bangladeshi,Bangladeshis|
Barbados|Bridgetown|Barbadian,Barbadians|
Belarus|Minsk|Belarusian,Belarusians,Belarussian|
Belgium|Brussels|Belgian,Belgians|
Belize|Belmopan|Belizean,Belizeans|
Benin|Porto-Novo|Beninese|Cotonou
Bhutan|Thimphu|Bhutanese|
Bolivia|Sucre|Bolivian,Bolivians|La Paz
Bosnia and Herzegovina|Sarajevo|Bosnian,Bosnians|Bosnia,Bosnia-Herzegovina
Botswana|Gaborone|Batswana,Botswanan|
Brazil|Brasilia|Brazilian,Brazilians|Brasília,Planalto
Brunei|Bandar Seri Begawan|Bruneian,Bruneians|Brunei Darussalam
Bulgaria|Sofia|Bulgarian,Bulgarians|
Burkina Faso|Ouagadougou|Burkinabe,Burkinabè|
Burundi|Gitega|Burundian,Burundians|Bujumbura
Cabo Verde|Praia|Cabo Verdean,Cape Verdean|Cape Verde
Cambodia|Phnom Penh|Cambodian,Cambodians|
Cameroon|Yaounde|Cameroonian,Cameroonians|Yaoundé
Canada|Ottawa|Canadian,Canadians|
Central African Republic|Bangui|Central African,Central Africans|
Chad|N'Djamena|Chadian,Chadians|Ndjamena
Chile|Santiago|Chilean,Chileans|La Moneda
China|Beijing|Chinese|Zhongnanhai
Colombia|Bogota|Colombian,Colombians|Bogotá
Comoros|Moroni|Comorian,Comorians|
Congo|Brazzaville|Congolese|Republic of the Congo
Costa Rica|San Jose|Costa Rican,Costa Ricans|
Côte d'Ivoire|Yamoussoukro|Ivorian,Ivorians|Ivory Coast,Abidjan
Croatia|Zagreb|Croatian,Croatians,Croat,Croats|
Cuba|Havana|Cuban,Cubans|
Cyprus|Nicosia|Cypriot,Cypriots|
Czechia|Prague|Czech,Czechs|Czech Republic
Democratic People's Republic of Korea|Pyongyang|North Korean,North Koreans|North Korea,DPRK
Democratic Republic of the Congo|Kinshasa||DR Congo,DRC
Denmark|Copenhagen|Danish,Danes|
Djibouti|Djibouti City|Djiboutian,Djiboutians|
Dominica|Roseau||
Dominican Republic|Santo Domingo|Dominican,Dominicans|
Ecuador|Quito|Ecuadorian,Ecuadorians,Ecuadorean|
Egypt|Cairo|Egyptian,Egyptians|
El Salvador|San Salvador|Salvadoran,Salvadorans,Salvadorean|
Equatorial Guinea|Malabo|Equatorial Guinean,Equatoguinean|
Eritrea|Asmara|Eritrean,Eritreans|
Estonia|Tallinn|Estonian,Estonians|
Eswatini|Mbabane|Swazi,Swazis|Swaziland
Ethiopia|Addis Ababa|Ethiopian,Ethiopians|
Fiji|Suva|Fijian,Fijians|
Finland|Helsinki|Finnish,Finns|
France|Paris|French|Elysee,Élysée,Quai d'Orsay
Gabon|Libreville|Gabonese|
Gambia|Banjul|Gambian,Gambians|The Gambia
Georgia|Tbilisi|Georgian,Georgians|
Germany|Berlin|German,Germans|
Ghana|Accra|Ghanaian,Ghanaians|
Greece|Athens|Greek,Greeks|
Grenada|Saint George's|Grenadian,Grenadians|
Guatemala|Guatemala City|Guatemalan,Guatemalans|
Guinea|Conakry|Guinean,Guineans|
Guinea-Bissau|Bissau|Bissau-Guinean,Bissau-Guineans|
Guyana|Georgetown|Guyanese|
Haiti|Port-au-Prince|Haitian,Haitians|
Holy See|Vatican City||Vatican
Honduras|Tegucigalpa|Honduran,Hondurans|
Hungary|Budapest|Hungarian,Hungarians|
Iceland|Reykjavik|Icelandic,Icelanders|Reykjavík
India|New Delhi|Indian,Indians|Delhi
Indonesia|Jakarta|Indonesian,Indonesians|
Iran|Tehran|Iranian,Iranians|Islamic Republic of Iran,Teheran
Iraq|Baghdad|Iraqi,Iraqis|
Ireland|Dublin|Irish|
Israel||Israeli,Israelis|
Italy|Rome|Italian,Italians|Palazzo Chigi,Quirinale
Jamaica|Kingston|Jamaican,Jamaicans|
Japan|Tokyo|Japanese|
Jordan|Amman|Jordanian,Jordanians|
Kazakhstan|Astana|Kazakh,Kazakhs,Kazakhstani|
Kenya|Nairobi|Kenyan,Kenyans|
Kiribati|Tarawa|I-Kiribati|
Kuwait|Kuwait City|Kuwaiti,Kuwaitis|
Kyrgyzstan|Bishkek|Kyrgyz,Kyrgyzstani|
Laos|Vientiane|Lao,Laotian,Laotians|
Latvia|Riga|Latvian,Latvians|
Lebanon|Beirut|Lebanese|
Lesotho|Maseru|Basotho|
Liberia|Monrovia|Liberian,Liberians|
Libya|Tripoli|Libyan,Libyans|
Liechtenstein|Vaduz||
Lithuania|Vilnius|Lithuanian,Lithuanians|
Luxembourg||Luxembourgish|
Madagascar|Antananarivo|Malagasy|
Malawi|Lilongwe|Malawian,Malawians|
Malaysia|Kuala Lumpur|Malaysian,Malaysians|Putrajaya
Maldives|Malé|Maldivian,Maldivians|
Mali|Bamako|Malian,Malians|
Malta|Valletta|Maltese|
Marshall Islands|Majuro|Marshallese|
Mauritania|Nouakchott|Mauritanian,Mauritanians|
Mauritius|Port Louis|Mauritian,Mauritians|
Mexico|Mexico City|Mexican,Mexicans|
Micronesia|Palikir|Micronesian,Micronesians|
Moldova|Chisinau|Moldovan,Moldovans|Chișinău
Monaco||Monegasque|
Mongolia|Ulaanbaatar|Mongolian,Mongolians|
Montenegro|Podgorica|Montenegrin,Montenegrins|
Morocco|Rabat|Moroccan,Moroccans|
Mozambique|Maputo|Mozambican,Mozambicans|
Myanmar|Naypyidaw|Burmese|Burma,Nay Pyi Taw
Namibia|Windhoek|Namibian,Namibians|
Nauru|Yaren|Nauruan,Nauruans|
Nepal|Kathmandu|Nepali,Nepalese|
Netherlands|Amsterdam|Dutch|The Hague
New Zealand|Wellington|New Zealander,New Zealanders|
Nicaragua|Managua|Nicaraguan,Nicaraguans|
Niger|Niamey|Nigerien,Nigeriens|
Nigeria|Abuja|Nigerian,Nigerians|
North Macedonia|Skopje|Macedonian,Macedonians|
Norway|Oslo|Norwegian,Norwegians|
Oman|Muscat|Omani,Omanis|
Pakistan|Islamabad|Pakistani,Pakistanis|
Palau|Ngerulmud|Palauan,Palauans|
Palestine|Ramallah|Palestinian,Palestinians|Palestinian Authority
Panama|Panama City|Panamanian,Panamanians|
Papua New Guinea|Port Moresby|Papua New Guinean|
Paraguay|Asuncion|Paraguayan,Paraguayans|Asunción
Peru|Lima|Peruvian,Peruvians|
Philippines|Manila|Filipino,Filipinos,Philippine|Malacanang
Poland|Warsaw|Polish,Poles|
Portugal|Lisbon|Portuguese|
Qatar|Doha|Qatari,Qataris|
Republic of Korea|Seoul|South Korean,South Koreans|South Korea
Romania|Bucharest|Romanian,Romanians|
Russia|Moscow|Russian,Russians|Kremlin,Russian Federation
Rwanda|Kigali|Rwandan,Rwandans|
Saint Kitts and Nevis|Basseterre|Kittitian|
Saint Lucia|Castries|Saint Lucian|
Saint Vincent and the Grenadines|Kingstown|Vincentian|
Samoa|Apia|Samoan,Samoans|
San Marino||Sammarinese|
Sao Tome and Principe|Sao Tome|Sao Tomean|
Saudi Arabia|Riyadh|Saudi,Saudis|
Senegal|Dakar|Senegalese|
Serbia|Belgrade|Serbian,Serbians|
Seychelles|Victoria|Seychellois|
Sierra Leone|Freetown|Sierra Leonean|
Singapore||Singaporean,Singaporeans|
Slovakia|Bratislava|Slovak,Slovaks|
Slovenia|Ljubljana|Slovenian,Slovene,Slovenes|
Solomon Islands|Honiara||
Somalia|Mogadishu|Somali,Somalis|
South Africa|Pretoria|South African,South Africans|
South Sudan|Juba|South Sudanese|
Spain|Madrid|Spanish,Spaniards|Moncloa
Sri Lanka|Colombo|Sri Lankan,Sri Lankans|
Sudan|Khartoum|Sudanese|
Suriname|Paramaribo|Surinamese|
Sweden|Stockholm|Swedish,Swedes|
Switzerland|Bern|Swiss|
Syria|Damascus|Syrian,Syrians|
Tajikistan|Dushanbe|Tajik,Tajiks|
Tanzania|Dodoma|Tanzanian,Tanzanians|
Thailand|Bangkok|Thai,Thais|
Timor-Leste|Dili|Timorese|East Timor
Togo|Lome|Togolese|Lomé
Tonga|Nuku'alofa|Tongan,Tongans|
Trinidad and Tobago|Port of Spain|Trinidadian|
Tunisia|Tunis|Tunisian,Tunisians|
Türkiye|Ankara|Turkish,Turks|Turkey
Turkmenistan|Ashgabat|Turkmen|
Tuvalu|Funafuti|Tuvaluan|
Uganda|Kampala|Ugandan,Ugandans|
Ukraine|Kyiv|Ukrainian,Ukrainians|Kiev,Bankova,Verkhovna Rada
United Arab Emirates|Abu Dhabi|Emirati,Emiratis|UAE
United Kingdom|London|British,Britons|Britain,Great Britain,UK,U.K.,Downing Street,Whitehall
United States|Washington|American,Americans|US,U.S.,USA,United States of America,White House,Pentagon,State Department
Uruguay|Montevideo|Uruguayan,Uruguayans|
Uzbekistan|Tashkent|Uzbek,Uzbeks|
Vanuatu|Port Vila||
Venezuela|Caracas|Venezuelan,Venezuelans|Miraflores
Viet Nam|Hanoi|Vietnamese|Vietnam
Yemen|Sanaa|Yemeni,Yemenis|Sana'a
Zambia|Lusaka|Zambian,Zambians|
Zimbabwe|Harare|Zimbabwean,Zimbabweans|
"""


def _states() -> tuple[State, ...]:
    states = []
    for row in _TABLE.strip().splitlines():
        name, capital, demonyms, others = row.split("|")
        names = [name, capital, *demonyms.split(","), *others.split(",")]
        states.append(State(name, tuple(dict.fromkeys(word for word in names if word))))
    return tuple(states)


STATES: tuple[State, ...] = _states()
