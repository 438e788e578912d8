"""Which different spellings can be one name?

Our own list of short forms and of spellings carried over from other alphabets. Each line is one root
and the forms that may stand for it; a form may belong to several roots ("sam"). Being a variant is weak
evidence and never links two records by itself.
"""

# Frequent forenames in England: two of them, unless forms of one, are two names however alike they look.
BOYS = """
oliver george noah arthur harry leo muhammad jack charlie oscar jacob henry thomas freddie alfie theo
william theodore archie joshua alexander james isaac edward lucas tommy finley max logan ethan mohammed
benjamin teddy arlo joseph sebastian harrison elijah adam daniel samuel louie mason reuben albie rory
jaxon hugo luca zachary reggie hunter louis dylan albert david jude frankie roman ezra toby riley carter
ronnie frederick gabriel stanley bobby jesse michael grayson liam jenson matthew harvey ibrahim yusuf
ahmed omar ali hamza abdullah kacper jakub filip kian jayden tyler kai callum nathan connor luke ryan
kyle aaron lewis cameron bradley rhys owen jamal tariq kofi kwame emeka tunde chidi andrei stefan mihai
vlad dragos arjun rohan vikram harpreet gurdeep imran bilal zain
""".split()
GIRLS = """
olivia amelia isla ava mia ivy lily isabella rosie sophia grace freya florence willow emily ella poppy
evie elsie charlotte evelyn sienna sofia daisy phoebe sophie alice harper matilda ruby emilia maya millie
eva jessica isabelle eliza luna eleanor chloe penelope zara nancy ada esme erin imogen molly lola harriet
maisie violet thea bonnie aria hallie robyn hannah scarlett orla rose gracie amber darcie abigail lucy
holly leah summer bella megan lauren chelsea courtney paige bethany georgia caitlin aisha fatima maryam
khadija amina zainab hafsa layla noor zuzanna maja oliwia lena amara chioma ngozi folake adaeze abena
akosua ioana andreea elena priya ananya simran jasleen kiran shanice tamika
""".split()

_GROUPS = """
abdul abdulla abdullah abdullahi abdallah
abdurrahman abdulrahman abdirahman abdurahman abdirahmaan
abigail abi abbie abby gail
adam adi adem aadam
adrian ade adriano
agnieszka aga agnes
ahmed ahmad ahmet achmed axmed
aisha ayesha aicha aysha aishah caasha aesha
aleksandra alexandra ola alex sasha lexi lexie sandra
alexander alex aleksander aleksandar alexandru aleks al xander sandy sasha alec
alfred alfie alf fred
ali aly alli
amelia millie amy milly
amina aminah aamina aminat
andrew andy drew andrei andrzej andre
andreea andrea andreia
anthony tony antony ant anton antoni
archibald archie
arthur art artie
barbara babs barb basia
bartosz bartek bartlomiej
benjamin ben benji benny
bilal bilaal
bradley brad
callum calum cal kallum
cameron cam kameron
catherine katherine kathryn katie kate cath cathy kat kathy catharine katarzyna kasia caitlin
caitlin kaitlin katelyn catelyn kaitlyn caitlyn
charles charlie chas chuck charley
charlotte charlie lottie charley lotte char
christina kristina tina chrissie krystyna cristina
christopher chris kit topher krzysztof kris
connor conor conner konnor
daniel dan danny dani daniil danyal
danielle dani dannii danniella daniela
david dave davey dawid davie
deborah debbie deb debra
dominic dom dominik dominick
edward ed eddie ted teddy ned eduard
eleanor ellie nell elle nora elinor eleanora
elizabeth liz lizzie beth betty eliza libby elsie elisabeth elzbieta ellie lisa bess
ellen ellie nell
emily em emmy millie emilia
emma em emmy
ethan ethen eathan
ewa eva
faisal faysal feisal
fatima fatimah fatma fatoumata fadumo faduma faduumo fatimata faatimah
florence flo florrie flossie
frances fran frankie francesca
francis frank frankie francesco franek
frederick fred freddie freddy frederic
gabriel gabe gabi
gabriela gabriella gabi gabby gabrielle
george georgie gheorghe jerzy
georgia georgie georgina gina
gregory greg grzegorz gregor
hamza hamzah hamsa xamse
hannah hanna hana hanah
harold harry hal
harrison harry
harriet hattie harri
henry harry hank hal henryk
hassan hasan xasan hasaan
hussain hussein husain hussayn hossain hussein xuseyn husayn
ibrahim ebrahim ibraheem ibrahima
ifeoluwa ife
isaac ike zac isaak isak
isabella isabel bella izzy isabelle isobel bel issy izabela
ishaq isxaaq ishak
ismail ismael ismaeel ismaciil
jacob jake jakub kuba jacub
jacqueline jackie jacqui
james jim jimmy jamie jem
jamal jamaal jamall djamal
jan john
jasmine jaz jas jasmin yasmin jazmin yasmine yasmeen jazmine
jennifer jen jenny jenn jennie
jeremy jez jerry jem
jessica jess jessie jesika
joanna jo joanne asia ioana joann
john johnny jon jack johnathan jonny
jonathan jon jonny johnny johnathan
joseph joe joey jozef josef jo
joshua josh joshy
judith judy jude
julia jules julie
kamil kamill
karim kareem
katarzyna kasia kasha
khadija khadijah khadeeja kadija khadidja
khaled khalid khaalid
kimberley kim kimberly
krzysztof krzys chris
kyle kile kyl
lawrence larry laurie loz laurence
leah lea lia
leonard len leo lenny
lewis louis lou luis lewi
liam william
louise lou
luke lucas lukasz luca lukas
madeleine maddie maddy madelaine madeline madalina
magdalena magda
maisie maisy masie
malgorzata gosia margaret
margaret maggie meg peggy marge greta
mariam maryam miriam maryan marium maryum
maria mary marie marya
marcus mark marc markus marek
martin marty marcin
matthew matt matty mateusz matei mathew
maximilian max maksymilian maxim maxwell
megan meg meghan meagan
michael mike mick mikey micky micheal michal mikael mihai
mohammed muhammad mohamed mohammad muhammed mohamad mohamud maxamed md mohd muhamad mo moh mahomed mohammod
mustafa mustapha mostafa mustafe
nasir naseer nasser naser
natalia natalie nat nataly natalya
natasha tasha nat natacha
nathan nate nath nathen
nathaniel nathan nate nat
nicholas nick nicky nicolas nikolas nicolae
nicola nicky nic nikki nichola
oliver ollie olly oli
olivia liv livvy ollie livia oliwia
oluwaseun seun
oluwatobi tobi
oluwatoyin toyin
omar umar omer cumar umer
osman usman uthman othman cusman cismaan osmaan
oskar oscar
patrick pat paddy rick patryk
patricia pat trish tricia patsy
paul pawel pavel
peter pete piotr petr petru
philip phil phillip pip filip philippe
piotr pete
rebecca becky becca beck rebekah bex rebeka
richard rick dick richie ricky rich ryszard
robert rob bob bobby robbie bert roberto
ronald ron ronnie
rosemary rose rosie
rory ruairi ruari
ryan rian ryen
samantha sam sammy sammie
samuel sam sammy
sara sarah sally sarrah zara
shaun sean shawn shane
simisola simi
sofia sophia sophie zofia sofija sophy
stephanie steph stef stefania
stephen steve steven stevie stefan szczepan
susan sue susie suzie suzanne
tadeusz tadek
temitope temi tope
temilade temi
thaddeus tad
theodore theo ted teddy
theresa tess terry tessa teresa
thomas tom tommy tomasz thom
timothy tim timmy
tomasz tomek
victoria vicky vicki tori wiktoria vic viktoria
vincent vince vinny
walter wally walt
wiktor victor viktor vic
wiktoria wika
william will bill billy liam willie wil
wojciech wojtek
yusuf yousef yousuf yusef yusuff youssef joseph yuusuf
yahya yahia yaya
zachary zac zach zak zack zachariah zakariya zakaria zackary
zainab zaynab zeinab zaineb
aaron arron aron
aidan aiden aydan
aileen eileen
aoife eefa
ashley ash ashleigh ashlee ashton
caoimhe keeva kiva
cathal cahal
ciaran kieran kieron keiran kieren
declan dec
eoin owen euan ewan
erin eryn
gareth gaz garry
jayden jaden jaydon jaiden
kaine kane cain
katerina kat katya
keira kiera ciara kyra
leighton layton
lorraine lori
lyndsey lindsay lindsey linsey
niamh neve nieve
orlaith orla
philippa pippa pip
rhys reece rees reese
roisin rosheen
siobhan shevaun chevonne
tiegan teagan tegan
tyler tylor
zoe zoey zoie
begum begom begam
chan chen chin
choudhury chowdhury chaudhry choudhary chaudhary chaudhury
lee li leigh
mcdonald macdonald
reid read reed
uddin udin uddeen
wong wang huang
"""

VARIANTS: dict[str, frozenset[str]] = {}
for _line in _GROUPS.split("\n"):
    _root, *_forms = _line.split() or [""]
    for _form in {_root, *_forms} - {""}:
        VARIANTS[_form] = VARIANTS.get(_form, frozenset()) | {_root}


KNOWN = frozenset(VARIANTS) | frozenset(BOYS) | frozenset(GIRLS)


def roots(given: str) -> frozenset[str]:
    """Return the names for which `given` (already folded) may stand, itself if we know no other."""
    return VARIANTS.get(given) or frozenset({given} - {""})


def forms_of(word: str) -> tuple[str, ...]:
    """Return the names that a name (already folded) may stand for or be short for, itself first."""
    mine = roots(word)
    others = sorted(form for form, theirs in VARIANTS.items() if theirs & mine and form != word)
    return (word, *others)
