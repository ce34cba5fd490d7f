"""Words that tell what a capitalised name is: what stands before and after a place, and what only bears its name."""

from __future__ import annotations

ARTICLES = frozenset({"the", "a", "an"})
WITH_ARTICLE = frozenset("hague gambia bahamas bronx dalles woodlands villages".split())
"""Names whose article is a part of them, also where it opens a sentence: "The Hague"."""
PARTICLES = frozenset(
    "of de la le les du des der den di do da dos das del della el al ul ad as ash at an ar az e y i und am im in"
    " on upon sur sous en the and kwa wa bin ibn ben o d l san van von zu saint à es ez ed".split()
)
"""Small words within a name: "Stratford upon Avon", "Mukuru kwa Njenga", "Rio de Janeiro"."""

PREPOSITIONS_OF_PLACE = frozenset(
    "in near outside across throughout within around into toward towards inside beyond between via off along over"
    " surrounding amid neighbouring neighboring".split()
)
""""in Foo" is a place; what is "of" or "at" Foo may be a person, a firm or a day."""
PREPOSITIONS_OPEN = frozenset("from to at of for with against through by on".split())
SMALL_WORDS = (
    PREPOSITIONS_OF_PLACE | PREPOSITIONS_OPEN | ARTICLES | frozenset("and or but as is are was up out".split())
)
"""Words that are no names, though some town is spelt so."""
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest"
    " north-east north-west south-east south-west northeastern northwestern southeastern southwestern"
    " north-eastern north-western south-eastern south-western downtown upstate rural suburban coastal mainland"
    " inner greater midtown uptown nearby mid".split()
)

PLACE_WORDS = frozenset(
    "city town township village hamlet suburb borough district region province county state country nation"
    " republic territory prefecture governorate municipality parish canton oblast department commune island"
    " islands isle port peninsula archipelago capital neighborhood neighbourhood area areas community coast border"
    " river valley delta mountain mountains lake bay gulf strait sea ocean desert basin shore beach base airport"
    " cities towns villages districts regions provinces counties states countries territories suburbs"
    " neighborhoods neighbourhoods communities barangay ward metropolis enclave stronghold resort settlement"
    " camp".split()
)
"""What a name is in apposition to: "the village of Foo", "Foo province"."""
DWELLERS = frozenset(
    "residents resident inhabitants villagers citizens natives native townspeople outskirts streets mayor".split()
)
"""Who and what is "of Foo" only where Foo is a place."""
AFTER_A_NAME = frozenset(
    "city town township village suburb district region province county state prefecture governorate municipality"
    " area border coast counties provinces districts airport neighborhood neighbourhood community island".split()
)
"""Small words behind a name that annotators and maps leave out of it."""
OF_A_PLACE = PLACE_WORDS | frozenset(
    "resident residents native police authorities officials government mayor governor lawmakers voters outskirts"
    " metropolitan metro downtown waterfront hospital hospitals headquarters office based citizens locals border"
    " streets firefighters man woman couple teenager teen people led controlled held area capital businessman"
    " businesswoman lawyer farmers farm plant factory embassy airport".split()
)
"""Small words that a place stands before: "Foo residents", "the Foo police", "Foo-based"."""

DIVISIONS = frozenset("counties parishes provinces prefectures states regions districts governorates oblasts".split())
"""What may follow a list of names that it is said of each: "Foo, Bar and Baz counties"."""

CIVIL_TITLES = frozenset(
    "mr mrs ms miss dr prof sir dame lord lady rev reverend father brother sister fr mr. mrs. ms. dr. prof. rev."
    " fr. st. sgt lt col gen capt cpl cmdr maj adm sgt. lt. col. gen. capt. cpl. cmdr. maj. adm. det. det sen."
    " rep. gov. pres. officer detective sergeant lieutenant colonel general captain corporal commander major"
    " admiral professor doctor senator congressman congresswoman representative councilman councilwoman councilor"
    " councillor commissioner coach judge justice sheriff deputy attorney president chairman chairwoman secretary"
    " minister chancellor premier ambassador spokesman spokeswoman pastor bishop archbishop cardinal pope king"
    " queen prince princess quarterback pitcher midfielder striker defender goalkeeper guard forward actor actress"
    " singer author brig. brig".split()
)
"""What stands before a person's name."""
OFFICES = frozenset(
    "president vice-president premier mayor vice-mayor governor gov. gov senator sen. sen congressman"
    " congresswoman congressmen representative rep. rep minister ministers secretary chancellor ambassador envoy"
    " king queen prince princess emperor sheriff commissioner chief judge justice attorney prosecutor coroner"
    " councilman councilwoman councilor councillor councilmember alderman superintendent supervisor supervisors"
    " lawmaker lawmakers official officials spokesman spokeswoman spokesperson director general treasurer clerk"
    " assemblyman assemblywoman speaker democrat democrats republican republicans reps. sens. pm mp mps mla"
    " executive foreign defense defence prime detective sgt. lt. capt. officer deputy inspector magistrate marshal"
    " administrator manager".split()
)
"""What somebody is of the place before: "Houston Mayor Foo", "Queensland Health Minister Foo"."""

PUBLIC_BODIES = frozenset(
    "administration agency agencies authority authorities board bureau cabinet commission commissioners committee"
    " congress corps council councils court courts department departments dept. directorate government govt guard"
    " house institute institutes legislature assembly senate parliament ministry ministries navy army force forces"
    " marines police constabulary patrol office offices service services centers centres secretariat tribunal"
    " treasury taskforce sanitation inspectorate embassy consulate mission delegation district diet knesset"
    " coastguard militia military reserve jury fire rescue ems elections planning zoning works schools hall"
    " courthouse jail prison library supreme fleet brigade regiment squadron battalion constitution health"
    " education transportation environment corrections".split()
)
"""The head of a body that is the public's, and so carries its place: "Nevada National Guard"."""
SCHOOLS = frozenset(
    "university college school academy polytechnic seminary elementary high middle kindergarten campus faculty"
    " conservatory tech a&m".split()
)
PLACES_NAMED = frozenset(
    "airport airfield airbase base station park zoo stadium arena hospital clinic market mall square plaza bridge"
    " tower towers auditorium fairgrounds fairground cathedral church mosque temple synagogue abbey basilica"
    " museum palace castle fort barracks camp harbor harbour port dock docks terminal racecourse racetrack"
    " speedway cemetery tunnel dam refinery mine garden gardens observatory prison jail infirmary hotel farm ranch"
    " canal pier quarter center centre".split()
)
"""Buildings and grounds called after the town that they are in: "Seoul City Hall", "Dresden Zoo"."""
STREETS = frozenset(
    "street st. road rd. rd avenue ave. ave boulevard blvd. blvd lane highway freeway expressway turnpike parkway"
    " terrace route alley crescent".split()
)
LANDFORMS = frozenset(
    "river lake creek mountain mountains hills valley island islands bay gulf strait sea ocean desert forest"
    " canyon peninsula county province prefecture district state territory region township parish borough city"
    " beach falls basin plateau range glacier coast cape point springs village heights".split()
)
"""What makes the word before it a part of a longer name of a place."""
GROUND = frozenset("island islands peninsula coast beach shore shores plateau isle key reservation".split())
"""What one is on and not in: "on Foo Island"."""
KINDS_IN_FRONT = frozenset("river lake mount mt. cape camp fort port lac mont monte loch isla puerto rio".split())
"""What begins the name of a place: "Lake Foo", "Camp Foo"."""
PRIVATE = frozenset(
    "inc inc. corp corp. co co. ltd ltd. llc plc gmbh ag s.a. nv company corporation group holdings partners"
    " industries enterprises airlines airline airways air motors motor electric electronics energy oil petroleum"
    " gas steel pharma pharmaceuticals pharmaceutical laboratories labs systems technologies technology software"
    " networks network telecom telecommunications mobile bank bancorp insurance capital financial securities"
    " investments fund trust exchange stores foods brewery brewing beer records pictures studios entertainment"
    " films media broadcasting television tv radio channel times post herald tribune gazette journal star sun"
    " chronicle globe mail telegraph guardian standard observer mirror daily weekly review magazine press news"
    " today inquirer examiner dispatch courier bulletin register sentinel monitor reporter record advertiser"
    " advocate argus echo express fc f.c. afc rfc cf sc united rovers wanderers athletic albion hotspur rangers"
    " celtic dynamo lokomotiv league cup championship championships tournament open masters marathon derby grand"
    " prix bowl series classic olympics olympic games festival fair expo biennale awards award prize medal"
    " foundation society association federation union unions alliance coalition party movement front club clubs"
    " orchestra symphony philharmonic choir ballet opera theatre theater band project initiative convention treaty"
    " agreement accord accords protocol pact declaration index average lottery cruises lines line railroad railway"
    " railways shipping associates consulting solutions international worldwide global power brothers sons realty"
    " properties cross restaurant cafe grill pizza chicken burger burgers hotel hotels resort resorts casino"
    " jazz heat magic thunder lightning avalanche kraken wild liberty fever mercury".split()
)
"""The head of a firm, a paper, a team, a contest or a cause, which only bears the name of a place."""
NAMESAKES = frozenset(
    "virus viruses fever flu disease syndrome encephalitis ebolavirus marburgvirus influenza plague measles"
    " terrier retriever shepherd hound spaniel cat cattle cow cows sheep pony ponies horse horses goose geese duck"
    " ducks hen hens pig pigs cheese wine whisky whiskey ham sausage sausages sauce pudding cake pie bread tea"
    " coffee beer butter".split()
)
"""A disease, a breed, a dish: none of them is where its name is."""
THINGS = frozenset(
    "strain carrier destroyer frigate submarine cruiser ship class rifle rifles missile missiles tank helicopter"
    " act bill law doctrine plan code theorem effect test scale score trial method model scandal affair consensus"
    " war wars revolution crisis massacre siege treaty spring uprising game novel film movie song album".split()
)
"""A ship, a law, a war: rarely where its name is."""
HEADS_OF = frozenset(
    "city town township village county state province district region republic governor mayor premier president"
    " minister secretary king queen municipality port people kingdom emirate isle island capital metropolis"
    " borough parish prefecture outskirts north south east west coast gulf bay strait straits sea ambassador"
    " residents most all parts much".split()
)
""""the City of Foo", "Prime Minister of Foo"."""
BODIES_OF = frozenset(
    "ministry department parliament court bank council authority government consulate embassy diocese archdiocese"
    " commission commonwealth legislature assembly senate police army".split()
)
""""Ministry of Health of Foo", "Bank of Foo"."""
BEARERS_BEFORE = frozenset(
    "uss hms hmas hmcs ins ss mv rms uscgc jds miss team air radio voice sons daughters bank taste spirit treaty"
    " house hotel saint st. restaurant cafe club fc real sporting athletic dynamo ac as sc inter borussia mr. mrs."
    " ms. dr. mr mrs ms dr lord lady sir dame hurricane typhoon storm cyclone operation".split()
)
"""A ship, a team or a contest: "USS Foo", "Miss Foo", "Real Foo"."""
CONTESTS = frozenset("tour copa vuelta stade banque".split())
""""Tour de Foo"."""
SHIPS = frozenset("uss hms hmas hmcs ins ss mv ms rms uscgc jds js kri usns rfa".split())
"""What begins the name of a ship, however long it is: "USS Bar Foo"."""
BEARERS_OF = frozenset(
    "university college school institute voice church museum corporation company sons daughters tour spirit"
    " treaty bishop archbishop duke duchess earl prince princess marquess count lord battle siege game order".split()
)
""""University of Foo", "Voice of Foo", "Duke of Foo": a name of something that need not be there."""
FIELDS = frozenset(
    "health agriculture defence defense justice education interior finance energy transport transportation"
    " environment commerce labor labour homeland natural public human food veterans housing state treasury"
    " conservation trade economy economic science culture tourism security planning works water fisheries forestry"
    " family children women youth sports internal external foreign home social preventative medicine mines"
    " immigration corrections revenue drug postal national federal general supreme high united royal international"
    " global regional municipal".split()
)
"""What a ministry or a committee is for: "Department of Agriculture" is in no town of Agriculture."""
