/**
 * Made by training/word_list.py; not to be edited. The lemmas of WordNet that are in use, and first
 * names of the US census of 1990. WordNet is Copyright 2011 by Princeton University; its licence
 * stands in wordnet.ts.
 */
export const KNOWN_WORDS: string = `
aaa aaron aba abandon abandoned abandonment abbey abbot abbreviated abbreviation abby abc abdomen abdominal abduction
abel aberdeen abide abiding abigail ability abject able abnormal abnormally aboard abode abolish abolition abomination
aboriginal abort abortion abound about above abraham abrasive abridged abroad abrupt abruptly abs absence absent
absentee absolute absolutely absorb absorbed absorbing absorption abstain abstinence abstract abstraction absurd
absurdity abuja abundance abundant abundantly abuse abused abuser abusive abyss acacia academia academic academically
academy acc accelerate accelerated acceleration accelerator accent accept acceptable acceptance accepted accepting
access accessibility accessible accession accessory accident accidental accidentally acclaim accommodate accommodating
accommodation accompanied accompaniment accompany accompanying accomplice accomplish accomplished accomplishment accord
accordance according accordingly accordion account accountability accountable accountancy accountant accounting accra
accreditation accredited accrued accumulate accumulated accumulation accuracy accurate accurately accusation accuse
accused accusing accustomed ace acer acetate ache achievable achieve achievement achilles aching acid acidic acidity
acknowledge acknowledged acknowledgement acknowledgment acne acorn acoustic acoustics acquaintance acquainted acquire
acquired acquiring acquisition acquittal acquitted acre acreage acres acronym across acrylic act actin acting action
actionable activate activated activating activation active actively activism activist activity actor actress acts actual
actuality actually acupuncture acute acutely ada adam adamant adams adapt adaptable adaptation adapted adapter adaptive
add addict addicted addiction addictive addie addition additional additionally additive address addressed adela adelaide
adele adeline aden adept adequate adequately adhd adhere adherence adhesion adhesive adjacent adjective adjunct adjust
adjustable adjusted adjustment adjutant administer administration administrative administrator admirable admiral
admiralty admiration admire admired admirer admission admit admittedly ado adobe adolescence adolescent adolfo adolph
adopt adopted adoption adoptive adorable adoration adore adored adorn adorned adp adrenaline adrian adriana adrienne
adrift adult adultery adulthood advance advanced advancement advancing advantage advantageous advent adventure
adventurer adventurous adversary adverse adversely adversity advert advertise advertised advertisement advertiser
advertising advice advisable advise advised adviser advisor advisory advocacy advocate aegis aerial aerobic aerodynamic
aeronautical aeronautics aeroplane aerosol aerospace aesthetic aesthetically aesthetics afar affair affairs affect
affected affecting affection affectionate affectionately affective affidavit affiliate affiliated affiliation affinity
affirm affirmation affirmative affirmed afflicted affliction affluent afford affordable afghan afghanistan afield afl
afloat aforementioned afp afraid africa african afro aft after afterlife aftermath afternoon afterward afterwards aga
again agar age aged ageing agency agenda agent aggravated aggravating aggregate aggregated aggregation aggression
aggressive aggressively aggressor agile agility aging agitated agitation agnes agnostic ago agony agrarian agree
agreeable agreed agreement agricultural agriculture agustin ahead ahem aid aida aide aided aides aids aiken aileen
ailing aim aimee ain air airborne airbus aircraft aired airfield airflow airing airline airliner airplane airport airs
airspace airway airy aisle ajax akin akron al ala alabama aladdin alamo alan alana alarm alarmed alarming alas alaska
alaskan albania albanian albany albert alberta alberto albino albion album albuquerque alchemist alchemy alcohol
alcoholic alcoholism alderman ale alejandra alejandro aleppo alert alex alexander alexandra alexandria alexis alfonso
alfred alfredo algae algebra algebraic algeria algerian algiers algorithm ali alias alibi alice alicia alien alienate
alienated alienating alienation alight align aligned aligning alignment alike alimony aline alisa alisha alison alissa
alive alkaline all allah allan allegation allege alleged allegedly allegheny allegiance allegory allen allergic allergy
alleviate alley alliance allie allied allies alligator allison allocate allocation allotment allotted allow allowance
alloy allure alluring ally allyson alma almanac almighty almond almost aloe aloft aloha alone along alongside alonso
alonzo aloud alp alpha alphabet alphabetical alphabetically alphonso alpine alps already alright als also alt alta altar
alter alteration altercation altered altering alternate alternately alternating alternative alternatively althea
altitude alto altogether alton alum aluminium aluminum alvaro alvin always alyce alyssa amalgamation amalia amanda
amateur amaze amazed amazement amazing amazingly amazon ambassador amber ambient ambiguity ambiguous ambition ambitious
ambivalent ambrose ambulance ambush amd amelia amen amend amended amendment amends amenities america american americana
amethyst amie amino amir amish amman ammo ammonia ammonium ammunition amnesia amnesty amor amos amount amour amp
amphibious ample amplification amplifier amplify amplitude amputation amsterdam amuse amused amusement amusing amy ana
anaheim anal analog analogous analogue analogy analyse analysis analyst analytic analytical analyze analyzed analyzer
anarchism anarchist anarchy anastasia anatomical anatomy ancestor ancestral ancestry anchor anchorage ancient ancients
ancillary andersen anderson andes andre andrea andres andrew andrews android andromeda andy anecdotal anecdote anemia
anesthesia anesthetic aneurysm anew ang angel angela angelia angelic angelica angelina angeline angelo anger angered
angie angle angled anglia anglican angling angola angrily angry angst anguish angular angus ani anil animal animate
animated animation anime animosity anita ankara ankle ann anna annabelle annals annapolis anne annette annex annexation
annie annihilation anniversary announce announced announcement announcer annoy annoyance annoyed annoying annual
annually annuity annum anomaly anon anonymity anonymous anonymously anorexia another ans answer answering ant antagonist
antagonistic antarctic antarctica ante antelope antenna anterior anthem anthology anthony anthrax anthropological
anthropologist anthropology anti antibiotic antibody antichrist anticipate anticipated anticipation antidote antigen
antigua antimicrobial antioch antiquated antique antiquity antisemitism antisocial antitrust antoine antoinette anton
antonia antonio antony antwerp anus anvil anxiety anxious anxiously any anyhow anymore anyway anyways anywhere anzac
aortic apache apart apartheid apartment apathy apc ape aperture apex apiece apis apnea apocalypse apocalyptic apollo
apologise apologize apology apostle apostolic appalachian appalled appalling apparatus apparel apparent apparently
appeal appealing appear appearance appearing appease appellate appendix appetite applaud applause apple appleton
appliance applicable applicant application applied apply appoint appointed appointment appraisal appreciate appreciated
appreciation appreciative apprehend apprehended apprehension apprehensive apprentice apprenticeship approach approaching
appropriate appropriately appropriation approval approve approved approving approximate approximately approximation apr
april apron apt aptitude aptly aqua aquaculture aquarium aquarius aquatic aqueous aquinas ara arab arabia arabian arabic
araceli arbitrarily arbitrary arbitration arbor arc arcade arcadia arch archaeological archaeologist archaeology archaic
archbishop archdiocese arched archer archery archie archipelago architect architectural architecture archival archive
archives arctic ardent arduous are area arena ares argentina argentine argentinian argos arguably argue arguing argument
argus aria ariana arid aries arise aristocracy aristocratic aristotle arithmetic arizona ark arkansas arlene arline
arlington arm armada armageddon armament armand armando armchair armed armenia armenian arming armistice armor armored
armory armour armoured armpit arms armstrong army arnold aroma aromatic around arousal aroused arrange arranged
arrangement arranging array arrears arrest arresting arrival arrive arrogance arrogant arrow arse arsenal arsenic arson
art artemis arterial artery arthritis arthur article articulate articulated articulation artifact artificial
artificially artillery artisan artist artistic artistry arts arturo artwork aryan asap asbestos ascend ascending
ascension ascent ascertain ascot asean ash ashamed ashe asheville ashlee ashley ashore ashton asia asian asiatic aside
ask asking asl asleep asp asparagus aspect aspen asphalt aspiration aspire aspirin aspiring ass assailant assam assassin
assassinate assassinated assassination assault assay assemble assembling assembly assent assert asserted asserting
assertion assertive assess assessment asset assets asshole assign assigned assigning assignment assimilate assimilation
assist assistance assistant assisted associate association assorted assortment assume assumed assuming assumption
assurance assure assured assuring asterisk asteroid asthma astonished astonishing astounding astral astray astrology
astronaut astronomer astronomical astronomy astute asylum asymmetric asymmetrical ate atf atheism atheist athena
athenian athens athlete athletic athletics atlanta atlantic atlantis atlas atm atmosphere atmospheric atom atomic
atonement atop atp atrium atrocious atrocity attach attached attachment attack attacker attacking attain attainable
attained attainment attempt attempted attend attendance attendant attended attending attention attentive attest attested
attic attire attitude attorney attract attraction attractive attractiveness attributable attribute attribution attrition
atypical aubrey auburn auckland auction auctioneer audacity audible audience audio audit audition auditor auditorium
auditory audra audrey aug augment augmentation augmented august augusta augustine augustus aunt auntie aunty aura
aurelia aurora auschwitz auspices auspicious aussie austen austere austerity austin australia australian austria
austrian authentic authentication authenticity author authorisation authorised authoritarian authoritarianism
authoritative authorities authority authorization authorize authorized authorship autism autistic auto autobiographical
autobiography autograph autoimmune automate automated automatic automatically automation automobile automotive
autonomous autonomy autopilot autopsy autumn auxiliary ava avail availability available avalanche avatar avenge avenger
avenue average averse aversion avert avery avian aviation avid avis avocado avoid avoidance avon await awaited awake
awaken awakened awakening award awarding aware awareness away awe awesome awful awfully awhile awkward awkwardly
awkwardness axe axial axiom axis axle ayrshire azalea azerbaijan aztec azure baba babe baby babylon babylonian babysit
babysitter babysitting bach bachelor bachelorette back backbone backdoor backdrop backed backer backfire background
backing backlash backlog backpack backpacking backseat backside backstage backup backward backwards backyard bacon
bacteria bacterial bacterium bad badge badger badly badminton baffled baffling bag bagel baggage bagging baggy baghdad
bahamas bahrain bai bail bailey bailiff bait baiting bake baked baker bakersfield bakery baking balance balanced
balancing balcony bald baldwin bale balfour bali balkan balkans ball ballad ballast ballerina ballet ballistic balloon
ballot ballpark ballroom balm baltic baltimore bam bamboo ban banana band bandage banded bandit bandwagon bandwidth bane
bang bangalore banger banging bangkok bangladesh bangladeshi bangor banish banjo bank banker banking bankrupt bankruptcy
banks banned banner banning banquet banter bantu baptism baptist baptized bar barb barbados barbara barbarian barbaric
barbecue barbed barber barbra barcelona bard bare barefoot barely bargain bargaining barge bark barker barkley barley
barn barometer baron baroness baroque barrage barred barrel barrels barren barricade barrie barrier barring barrister
barrow barry bars bart bartender barter bartlett basal basalt base baseball based basel baseless baseline basement bash
basic basically basics basil basilica basin basis basket basketball basque bass bassist bastard bastille bastion bat
batch bath bathe bathing bathroom bathtub batman baton bats batsman battalion batter battered battery batting battle
battlefield battleground battleship bavaria bavarian bay bayer bayonet bayou bazaar bbl bce beach beacon bead beaded
beads beagle beak beam beaming bean bear beard bearded bearer bearing beast beat beaten beater beating beatles beatrice
beatriz beats beau beaumont beautiful beautifully beauty beaver beck beckett becky become becoming bed bedding bedrock
bedroom bedside bedtime bee beech beef beep beer beet beethoven beetle before beforehand beg beggar begging begin
beginner beginning behalf behave behavior behavioral behaviour behavioural beheaded behind behold beige beijing being
beirut bel belarus belated belfast belgian belgium belgrade belief believable believe believer believing belinda belize
bell belle belligerent bellows belly belmont belong belonging belongings beloved below belt ben bench benchmark bend
bender bending bends beneath benedict benefactor beneficial beneficiary benefit benevolent bengal bengali benghazi
benign benin benita benito benjamin bennet bennett bennie benny bent benton berg bergen bergman berkeley berkshire
berlin bermuda bern bernadette bernadine bernard bernardo bernice bernstein berry berserk bert berta berth bertha beset
besides besieged bespoke bessie best bestseller bet beta beth bethany bethel bethlehem betray betrayal betsy bette
better betterment bettie betting betty bettye between beulah beverage beverly beware bewildered bey beyond bharat bhutan
bianca bias biased bible biblical bibliography biceps bickering bicycle bid bidder bidding biennial big bigfoot bigger
bigot bigoted bigotry bihar bike biker bikers bikini bilateral bile bilingual bill billboard billed billie billing
billings billion billionaire billy bin binary bind binder binding binge bingo binoculars biochemical biochemistry
biodiversity biographer biographical biography biological biologically biologist biology biomass biomedical biopsy
biotech biotechnology bipartisan bipolar birch bird birdie birmingham birth birthday birthplace birthright biscuit
bisexual bishop bismarck bison bistro bit bitch bitchy bite biting bitter bitterly bitterness bittersweet biz bizarre
black blackberry blackboard blackburn blackjack blacklist blackmail blackness blackout blackpool blacksmith blackwater
bladder blade blah blaine blair blake blame blamed blanc blanca blanche bland blank blanket blasphemy blast blasted
blaster blasting blatant blatantly blaze blazer blazing bleach bleached bleak bleed bleeding bleep blend blended blender
blending bless blessed blessing blight blind blinded blindfolded blinding blindly blindness bling blink blinking bliss
blissful blister blitz blizzard blob bloc block blockade blockage blockbuster blocked blocker blocking blog blogger
bloke blond blonde blood bloodbath blooded bloodshed bloodstream bloody bloom bloomfield blooming bloomington blossom
blot blouse blow blower blowing blowjob blown blowout blue blueberry bluegrass blueprint blues bluff blunder blunt
bluntly blur blurred blurry blush blushing bmi boa boar board boarding boards boardwalk boast boasting boat boating bob
bobbi bobbie bobby bod bode bodied bodily body bodybuilding bodyguard boer bog bogus bohemia bohemian boil boiled boiler
boiling boise bold boldly bolivia bolivian bollocks bollywood bologna bolster bolt bomb bombardment bombay bomber
bombing bombshell bonanza bonaparte bond bondage bonding bone boner bones bonfire bong bonita bonkers bonn bonnet bonnie
bonus bony boo boob boogie book booked booker booking booklet bookmark bookshop bookstore boom boomer boomerang booming
boon boone boost booster boot booted booth bootleg booty booze bop bordeaux border bordered borderline bore bored
boredom boring born borneo borough borrow borrower borrowing bos bosch bose bosnia bosnian bosom boss boston bot botanic
botanical botany botched both bother bothered botox botswana bottle bottom boulder boulevard bounce bouncer bouncing
bouncy bound boundary bounded boundless bounds bounty bouquet bourbon bourgeois bourgeoisie bourne bout boutique bovine
bow bowed bowel bowels bower bowie bowing bowl bowler bowling bowls bowman box boxed boxer boxers boxing boy boycott
boyd boyfriend boyhood boyle bra brace braced bracelet braces bracing bracket brad bradford bradley brady brag bragg
bragging braid braided braille brain brainwashed brake brakes bran branch branched branching brand branded brandi
branding brandon brandt brandy brasil brass brat braun brave bravely bravery bravo brawl bray brazen brazil brazilian
breach bread breadth break breakaway breakdown breaker breakers breakfast breaking breakout breakthrough breakup breast
breasted breath breathe breathed breather breathing breathless breathtaking breed breeder breeding breeze breezy brenda
brendan brent bret brethren breton brett brew brewer brewery brewing brian briana brianna bribe bribery brick bridal
bride bridesmaid bridge bridgeport bridges bridget bridgette brie brief briefcase briefing briefly briefs brig brigade
brigadier bright brighten brightly brightness brighton brill brilliance brilliant brilliantly brim brine bring bringing
brink brisbane brisk bristol brit britain british brits britt brittany brittle brittney broad broadband broadcast
broadcaster broadcasting broaden broadening broadly broadway broccoli brochure broke broken broker brokerage bronx
bronze brooch brood brooding brook brooke brooklyn brooks broom broth brothel brother brotherhood brow brown browne
brownie browning brownish browse browser browsing bruce bruise bruising brunch brunei brunette bruno brunswick brunt
brush brushed brushing brussels brutal brutality brutally brute brutus bryan bryant bryce bryon bubble bubbling bubbly
buchanan bucharest buck bucket buckle bud budapest buddha buddhism buddhist budding buddy budge budget budgetary buff
buffalo buffer buffet bug bugged bugger buggy build builder building buildup built bulb bulgaria bulgarian bulge bulging
bulk bulky bull bulldog bullet bulletin bulletproof bullion bullish bullock bullpen bullshit bully bullying bum bummer
bump bumper bumpy bun bunch bundle bungalow bunk bunker bunny buns bunting buoy burbank burberry burden burdened bureau
bureaucracy bureaucratic burger burgess burglar burglary burgundy burial buried burke burlesque burlington burma burmese
burn burned burner burnett burnham burning burns burnt burr burrito burroughs burrow burst burt burton bury burying bus
bush business businessman businessmen bust busted buster bustling busty busy but butch butcher butler butt butte butter
butterfly buttocks button buy buyer buying buyout buzz buzzer buzzing bye bypass byproduct byrd byron bystander byte
byzantine cab cabal cabaret cabbage cabin cabinet cable cabot cache cactus cad cadence cadet cadre caesar cafe cafeteria
caffeine cage cain cairo caitlin cake calais calamity calcium calculate calculated calculating calculation calculator
calculus calcutta calder caldwell caleb calendar calf calgary cali caliber calibrated calibration calibre calif
california californian caliphate call caller callie calligraphy calling callous calm calming calmly calorie calvin cam
cambodia cambodian cambridge camden camel cameo camera cameraman cameron cameroon camille camo camouflage camp campaign
campaigner campaigning campbell camper campfire campground camping campsite campus can canaan canada canadian canal
canary canberra cancel cancellation cancelled cancer cancerous candace candice candid candidacy candidate candle
candlelight candy cane canine canister cannabis canned cannes cannibal cannibalism cannon canoe canon canonical canopy
cant canteen canterbury canton cantonese cantor canvas canyon cap capability capable capacitor capacity cape capital
capitalism capitalist capitalization capitalize capitol capped capri capricorn capsule captain caption captivated
captivating captive captivity capture car cara caracas caramel carat caravan carbohydrate carbon carbonate carcass
carcinoma card cardboard cardiac cardiff cardigan cardinal cardiology cardiovascular cards care career carefree careful
carefully caregiver careless caretaker carey cargo caribbean caricature caring carl carla carlene carlos carlton carly
carlyle carmela carmella carmen carmichael carnage carnegie carnival carol carole carolina caroline carolyn carousel
carp carpenter carpet carriage carrie carrier carroll carrot carry carson cart carte cartel carter carthage cartier
cartilage carton cartoon cartoonist cartridge cartwright carve carved carver carving cary casablanca cascade case casey
cash cashed cashier cashmere casing casino casket casper caspian cassandra casserole cassette cassie cast caste caster
casting castle castor castro casual casually casualty cat catalan catalina catalog catalogue catalonia catalyst
catalytic catapult catastrophe catastrophic catch catcher catching catchment catchy categorically categorized category
cater catering caterpillar catfish cathedral catherine catheter cathleen cathode catholic catholicism cathy cattle
caucasian caucasus caucus cauldron cauliflower causal causation cause causeway causing caution cautious cautiously
cavalier cavalry cave caveat cavendish cavern caviar cavity cayman cbc ccc cdc cease cebu cecelia cecil cecile cecilia
cedar cedric ceiling celebrate celebrated celebration celebratory celebrity celery celeste celestial celia cell cellar
cello cellphone cellular cellulose celsius celtic cement cemetery censor censored censorship census cent centenary
centennial center centered centerpiece central centralized centrally centre centric centrist centurion century ceo
ceramic ceramics cereal cerebral ceremonial ceremony cert certain certainly certainty certificate certification
certified certify cervical cervix cesar cessation ceylon cfo chad chain chained chains chainsaw chair chairman
chairperson chalet chalice chalk challenge challenger challenging chamber chamberlain chambers chameleon champ champagne
champaign champion championship chance chancellor chandelier chandler chandra chang change changed changer changing
channel channels chant chanting chaos chaotic chap chapel chaplain chaplin chapman chapter char character characteristic
characterization characterize charcoal charge charged charger chariot charisma charismatic charitable charity charlene
charles charleston charlie charlotte charm charmaine charmed charming chart charter chartered chase chased chaser
chasity chassis chastity chat chateau chattanooga chatter chauffeur chavez cheap cheaply cheat cheater cheating chechen
check checked checker checkers checklist checkout checkpoint cheddar cheek cheeky cheer cheerful cheering cheerleader
cheery cheese cheeseburger cheesecake cheesy cheetah chef chelsea chemical chemically chemist chemistry chemotherapy
chen chennai cheque cheri cherie cherish cherished chernobyl cherokee cherry cheryl chess chest chester chesterfield
chestnut chevron chevy chew chewing cheyenne chi chic chicago chick chicken chico chief chiefly chihuahua child
childbirth childcare childhood childish childless chile chilean chili chill chilli chilling chilly chime chimney chin
china chinese chino chip chipotle chipping chips chit chivalry chloride chlorine chocolate choice choir choke choked
choking cholera cholesterol chomsky choose chop chopped chopper choral chord chore choreographer choreography chorus
chosen chow chris christ christa christchurch christi christian christianity christie christina christine christmas
christopher christy chrome chromium chromosome chronic chronically chronicle chronological chronology chrystal chubby
chuck chuckle chunk chunky church churchill churn churning chute cia cicero cid cider cigar cigarette cincinnati
cinderella cindy cinema cinematic cinematography cinnamon cio cipher circle circuit circuitry circular circulate
circulating circulation circumcision circumference circumstance circumstances circumstantial circumvent circus cis cisco
citadel citation cite citizen citizenship citrus city civic civil civilian civilisation civilised civility civilization
civilized clad claim claimant claire clam clamp clams clan clandestine clap clapping clara clare clarence clarice
clarification clarify clarifying clarinet clarissa clarity clark clash clasp class classic classical classics
classification classified classify classmate classroom classy claude claudette claudia claudine clause claw clay clayton
clean cleaner cleaners cleaning cleanliness cleanly cleanse cleanser cleansing cleanup clear clearance cleared clearing
clearly cleavage cleaver clegg clemens clement cleo cleopatra clergy clergyman cleric clerical clerk cleveland clever
cleverly cliche click client clientele cliff clifford clifton climate climatic climax climb climber climbing clinch
clinched cling clinic clinical clinically clint clinton clip clipped clipper clipping clique clit clive cloak clock
clocks clockwise clockwork clogged clone cloning close closed closely closeness closer closest closet closing closure
clot cloth clothed clothes clothing cloud clouded cloudy clout clover clown club clubhouse clue clueless clumsy cluster
clustered clustering clutch clutches clutter clyde cns coach coaching coal coalition coarse coast coastal coaster
coastline coat coated coating cob cobalt cobra coca cocaine cochran cock cockpit cockroach cocktail cocky coco cocoa
coconut cocoon cod code codex coding cody coefficient coercion coexist coffee coffin cog cognition cognitive coherence
coherent cohesion cohesive cohn cohort coil coin coinage coincide coincidence coincidentally coke col cola colbert cold
cole colette colin coliseum collaborate collaboration collaborative collaborator collage collagen collapse collar
collateral colleague collect collected collectible collecting collection collective collectively collector colleen
college collegiate collide collier collins collision collusion cologne colombia colombian colombo colon colonel colonial
colonialism colonization colony color colorado coloration colorectal colored colorful coloring colorless colors colossal
colossus colour coloured colourful colouring colours colt columbia columbus column columnist coma comb combat
combination combine combined combing combining combo combustion come comeback comedian comedy comet comfort comfortable
comfortably comforted comforting comforts comfy comic comical coming comma command commandant commander commanding
commandment commando commemorate commemorating commemoration commemorative commence commencement commend commendable
commendation comment commentary commentator commerce commercial commercially commission commissioned commissioner
commissioning commit commitment committed committee commodity commodore common commonly commonplace commons commonwealth
commotion communal commune communicate communicating communication communications communion communism communist
community commute commuter commuting comp compact companion companionship company comparable comparative comparatively
compare comparing comparison compartment compass compassion compassionate compatibility compatible compel compelling
compendium compensate compensated compensation compete competence competency competent competition competitive
competitively competitiveness competitor compilation compile compiler compiling complacency complacent complain
complainant complaining complaint complement complementary complete completed completely completeness completing
completion complex complexion complexity compliance compliant complicate complicated complication complicity compliment
complimentary compliments comply component compose composed composer composing composite composition compost composure
compound compounded compounding comprehend comprehension comprehensive compress compressed compression compressor
comprise compromise compromising compton comptroller compulsion compulsive compulsory computation computational compute
computer computing comrade con concave conceal concealed concealing concede conceding conceivable conceive concentrate
concentrated concentration concepcion concept conception conceptual concern concerned concert concerted concerto
concession concierge concise conclude concluded concluding conclusion conclusive concord concrete concur concurrent
concurrently concussion condemn condemnation condemning condensation condescending condition conditional conditioned
conditioner conditioning conditions condo condom condominium condone conducive conduct conducting conductive
conductivity conductor conduit cone coney confederacy confederate confederation confer conference confess confession
confessional confetti confidence confident confidential confidentiality confidently configuration configure configured
confined confinement confines confirm confirmation confirmed confirming conflict conflicting confluence conform
conforming conformity confront confrontation confrontational confucius confuse confused confusing confusion congenital
congested congestion conglomerate congo congolese congratulate congratulations congregation congregational congress
congressional congressman conical conjecture conjunction conjure conn connect connected connecticut connection
connective connectivity connector connie connolly connors conquer conquering conqueror conquest conrad conscience
conscientious conscious consciously consciousness consecrated consecutive consensual consensus consent consenting
consequence consequent consequential consequently conservancy conservation conservatism conservative conservatory
conserve conserved consider considerable considerably considerate consideration considered consignment consist
consistency consistent consistently consolation console consolidate consolidated consolidation consonant consort
consortium conspicuous conspiracy constable constance constant constantine constantinople constantly constellation
constipation constituency constituent constitute constituted constitution constitutional constitutionally constrained
constraint construct construction constructive consuelo consul consular consulate consult consultancy consultant
consultation consultative consume consumer consuming consummate consumption contact contagion contagious contain
contained container containment contaminated contamination contemplate contemplation contemporaries contemporary
contempt contend contender content contention contentious contentment contents contest contestant contested context
contextual contiguous continent continental contingency contingent continual continually continuation continue continued
continuing continuity continuous continuously continuum contour contra contraband contraception contraceptive contract
contracted contracting contraction contractor contractual contradict contradiction contradictory contrary contrast
contrasting contribute contributing contribution contributor contrived control controlled controller controlling
controversial controversy conundrum convection convene convenience convenient conveniently convent convention
conventional conventionally converge convergence conversation conversational converse conversely conversion convert
converter convertible convex convey conveying conveyor convict conviction convince convinced convincing convincingly
convoluted convoy coo cook cookbook cooke cooked cooker cookery cookie cooking cool coolant cooler cooling coon coop
cooper cooperate cooperation cooperative coordinate coordinated coordinating coordination coordinator cop cope
copenhagen coping copious copper copy copying copyright copyrighted cora coral corbett cord cordial cordon cords core
corey corina corine corinne cork corn cornelia cornelius cornell corner cornerback cornered cornerstone cornish cornwall
corny corolla corona coronary coronation coroner corp corporal corporate corporation corps corpse corpus corral correct
corrected correction correctional corrections corrective correctly correctness correlate correlated correlation
correspond correspondence correspondent corresponding corridor corrine corrosion corrosive corrugated corrupt corrupted
corruption corset cortex cortez cortical cortisol corvette cory cos cosmetic cosmic cosmopolitan cosmos cost costa
costing costly costs costume cosy cot cottage cotton couch cougar cough coughing coulter council councillor councilman
counsel counseling counselling counsellor counselor count countdown counter counteract counterfeit counterpart
counterpoint counterproductive countess counting countless country countryside county coup coupe couple coupled coupling
coupon courage courageous courier course coursework court courteous courtesy courthouse courting courtney courtroom
courtship courtyard cousin couture cove coven covenant coventry cover coverage covered covering covert coveted cow
coward cowardice cowardly cowboy cows cox coy coyote cozy cpa cpi cpr cps cpu crab crabs crack crackdown cracked cracker
crackers cracking cradle craft craftsman craftsmanship crafty craig cram cramp cramped cranberry crane crank cranky crap
crappy crash crashing crate crater crave craven craving crawford crawl crawling crayon craze crazed craziness crazy
cream creamy crease create creation creative creatively creativity creator creature credence credentials credibility
credible credit credited creditor credits cree creed creek creep creeping creeps creepy cremation creole crescent crest
cretaceous crete crew crib cricket cricketer crime crimea criminal criminally criminology crimson cringe cripple
crippled crippling crisis crisp crispy cristina criterion critic critical critically criticise criticism criticize
critique croatia croatian crochet crock crockett crocodile croft cromwell crook crooked crop cropped crore crosby cross
crossbow crossed crossfire crossing crossover crossroads crossword crotch crouch crow crowd crowded crowding crown
crowned crowning crt crucial crucible crucifix crucifixion crude cruel cruelty cruise cruiser crumble crunch crusade
crusader crush crushed crusher crushing crust crusty crux cry crying crypt cryptic crystal crystalline cst cub cuba
cuban cube cubic cubicle cuckoo cucumber cuddle cuddling cuddly cue cuff cuisine culinary culmination culprit cult
cultivate cultivated cultivation cultural culturally culture cultured cum cumberland cumbersome cumbria cumin cummings
cumulative cunning cunningham cunt cup cupboard cupcake cupid curate curator curb cure cured curfew curing curiosity
curious curiously curl curled curling curly currency current currently curricular curriculum curry curse cursed cursor
curt curtain curtis curvature curve curved curving curvy cushion cusp custard custodial custodian custody custom
customary customer customize customs cut cute cutler cutlery cutoff cutter cutting cyanide cyborg cycle cyclic cyclical
cycling cyclist cyclone cyclops cylinder cylindrical cynical cynicism cynthia cypress cyprus cyril cyrus cyst cystic
czar czech czechoslovakia dab dad dada daddy daft dagger dah dahl daily dainty dairy daisy dak dakota dal dale dallas
dalton dam damage damaged damages damaging damascus dame damian damien damn damned damning damon damp dan dana dance
dancer dancing dandy dane danger dangerous dangerously dangling daniel danielle danish dank danny dante danube daphne
darcy dare daredevil darin daring darius dark darkened darkness darla darlene darling darn darnell darrel darrell darren
darrin darryl dart dartmouth darts darwin daryl das dash dashboard dashed dashing dat data database date dated dating
daughter daunting dave davenport david davis davy daw dawes dawn dawson day daybreak daycare daylight days daytime
dayton dazed dazzle dazzling dea deacon dead deadline deadly deaf deal dealer dealership dealing dealings dean deana
deanna deanne dear dearest dearly death deb debacle debatable debate debbie debilitating debit debora deborah debra
debris debt debtor debut dec decade decadent decal decatur decay deceased deceit deceive december decency decent
decentralized deception deceptive decide decided decidedly deciding deciduous decimal decipher decision decisive
decisively deck decker declaration declare declared decline deco decode decoding decomposition decor decorate decorated
decoration decorative decoy decrease decreased decreasing decree decreed dedicate dedicated dedication deduct deductible
deduction dee deed deeds deem deena deep deepen deepening deeply deer defamation default defeat defeated defect
defective defence defend defendant defender defending defense defenseless defensive defensively defer defiance defiant
defiantly deficiency deficient deficit define defined defining definite definitely definition definitive deflect
deflection deforestation deformation deformed defunct defy degenerate degeneration degenerative degradation degrade
degraded degrading degree dehydrated dehydration deidre deirdre deity delaware delay delayed delbert delegate delegation
delete deletion delhi deli delia deliberate deliberately deliberation delicacy delicate delicately delicious delight
delighted delightful delinquent deliver deliverance delivery dell della delores deloris delphi delta deluge delusion
delusional deluxe delve demand demanding demeanor dementia demetrius demise demo democracy democrat democratic
democratically demographic demolish demolished demolition demon demonic demonstrate demonstrated demonstration dempsey
den dena denial denim denis denise denmark dennis denny denomination denominator denote denounce dense densely density
dent dental dentist dentistry denver deny deodorant depart departed department departmental departure depend dependable
dependence dependency dependent depict depicted depicting depiction depleted depletion deplorable deploy deployment
deport deportation deposit deposition depot depraved depreciation depressed depressing depression depressive deprivation
deprive deprived depth depths deputy derail deranged derby deregulation derek derelict derick derivation derivative
derive derived dermatologist derogatory derrick des descend descendant descendants descending descent describe described
description descriptive desert deserted deserve deserved deserving design designate designation designed designer
designing desirable desire desired desiree desist desk desktop desmond desolate desolation despair desperate desperately
desperation despicable despise despised despite dessert destination destined destiny destitute destroy destroyed
destroyer destruction destructive detached detachment detail detailed detailing details detain detect detectable
detected detecting detection detective detector detention deter detergent deteriorate deterioration determination
determine determined determining deterrent detonation detour detox detract detriment detrimental detroit devastating
devastation develop developed developer developing development developmental devi deviant deviate deviation device
devices devil devin devious devise devoid devolution devon devote devoted devotion devotional devour devout dew dewayne
dewey dexter dexterity dhaka dharma dia diabetes diabetic diagnose diagnosing diagnosis diagnostic diagnostics diagonal
diagram dial dialect dialog dialogue dialysis diameter diamond diana diane dianna dianne diaper diaphragm diarrhea
diarrhoea diary diaspora diaz dice dichotomy dick dickens dickhead dickinson dictate dictated dictator dictatorship
dictionary die diego diesel diet dietary dieter dieting dietrich differ difference different differential differentiate
differentiated differentiation differently difficult difficulty diffraction diffuse diffusion dig digest digestion
digestive digger digging digit digital digitally dignified dignity digs dilapidated dildo dilemma diligence diligent
diligently dill dilute diluted dilution dim dime dimension dimensional diminish diminished diminishing diminutive din
dina dine diner ding dining dinner dinosaur diocese diode dion dior dioxide dip diploma diplomacy diplomat diplomatic
dipped dire direct directed directing direction directional directive directly director directorate directory dirk dirt
dirty dis disability disable disabled disabling disadvantage disadvantaged disagree disagreement disappear disappearance
disappearing disappoint disappointed disappointing disappointment disapproval disapprove disarm disarmament disaster
disastrous disbelief disc discard discarded discern discerning discharge discharged disciple disciplinary discipline
disciplined disclaimer disclose disclosed disclosure disco discography discomfort disconnect disconnected discontent
discontinue discontinued discord discount discourage discouraged discouraging discourse discover discovered discovery
discredit discredited discreet discreetly discrepancy discrete discretion discretionary discriminate discriminating
discrimination discriminatory discuss discussion disdain disease diseased disgrace disgraced disgraceful disgruntled
disguise disguised disgust disgusted disgusting dish dishonest dishonesty dishwasher disillusioned disintegration disk
dislike disliked dislocated dismal dismantle dismantled dismantling dismay dismiss dismissal dismissed dismissive disney
disneyland disobedience disorder disorderly disorganized disparate disparity dispatch dispatcher dispel dispensary
dispense dispenser dispersal disperse dispersed dispersion displacement display displeasure disposable disposal dispose
disposed disposition disproportionate disproportionately dispute disputed disqualification disqualified disregard
disregarded disrespect disrespectful disrupt disrupted disruption disruptive diss dissatisfaction dissatisfied
dissection disseminate dissemination dissent dissenting dissertation dissident dissimilar dissipated dissolution
dissolve dissolved dissolving dissonance dissuade distal distance distant distillation distillery distinct distinction
distinctive distinctly distinguish distinguished distort distorted distortion distract distracted distraction distraught
distress distressed distressing distribute distributed distribution distributor district distrust disturb disturbance
disturbed disturbing ditch ditto diva dive diver divergence divergent divers diverse diversification diversified
diversify diversion diversity divert diverted diverting divide divided dividend divine diving divinity division
divisional divisive divorce divorced dix dixie dizziness dizzy dna doable dobson doc dock docking doctor doctoral
doctorate doctrine document documentary documentation documented dod dodge dodger dodging dodgy doe dog doggie doggy
dogma doha doi doj dolce dole doll dollar dollie dolly dolores dolphin domain dome domestic domestically domesticated
dominance dominant dominate dominated dominating domination domingo dominic dominican dominick dominion dominique domino
don dona donald donate donation done donetsk dong donkey donna donnell donnie donor donovan donut doodle doom doomed
doomsday door doorbell doorstep doorway dopamine dope doppler dora dorado doreen dorian doris dork dorm dormant
dormitory dorothea dorothy dorsal dorthy dortmund dory dos dosage dose dossier dot dotted double doubled doubles
doubling doubly doubt doubtful doubting doubtless douche doug dough doughnut douglas douglass dove dover down downer
downfall downgrade downhill downing download downright downside downstairs downstream downtime downtown downturn
downward downwards dowry doyle dozen dozens drab draco dracula draft drafting drag dragging dragon dragonfly drain
drainage drained draining drake drama dramatic dramatically draped draper drastic drastically draught draw drawback
drawer drawers drawing drawn dread dreaded dreadful dream dreamed dreamer dreaming dreamy dreary dredge drenched dresden
dress dressed dresser dressing drew dreyfus dribble dried drier drift drifting drill drilled drilling drink drinker
drinking drip dripping drive driven driver driveway driving drizzle drone drool drop dropout dropping drought drove
drown drug drugged drugstore drum drummer drumming drunk drunken dry dryer dual duality duane dub dubai dubious dublin
duchess duchy duck ducking duct dude due duel duet duff dug dugout duke dull dulles duluth duly dumb dumbass dummy dump
dumping dumplings dumps dumpster dun duncan dune dung dungeon dunk dunkirk duo duplex duplicate duplication durability
durable durant duration durban duress durham dusk dust dustin dusty dutch dutchman duty dvd dwarf dwayne dwell dwelling
dwight dwindling dye dyed dyer dying dyke dylan dynamic dynamically dynamics dynamite dynamo dynasty dysfunction
dysfunctional dyslexia dystopian each eager eagerly eagle ear earl earlene earlier earliest earline early earn earned
earnest earnestine earnings earring earth earthly earthquake earthy ease eased easily easing east eastbound easter
eastern eastman eastward easy eat eater eating eats ebb ebola ebony eccentric ecclesiastical echo echoing eclectic
eclipse ecological ecology economic economical economically economics economist economy ecosystem ecstasy ecstatic ect
ecuador ecumenical eczema ed eddie eddy eden edgar edge edged edging edgy edible edict edinburgh edison edit edited
edith editing edition editor editorial edmond edmonton edmund edna edo eds eduardo educate educated education
educational educator edward edwards edwin edwina eeg eel eerie eff effect effected effective effectively effectiveness
effects efficacy efficiency efficient efficiently effie effort effortless effortlessly efrain egalitarian egg eggplant
eggs ego egregious egypt egyptian eiffel eight eighteen eighteenth eighth eighties eighty eileen einstein eisenhower
either ejection elaborate elaborated elaine elastic elasticity elbert elbow elder elderly eldest eldon eleanor elect
elected election elective electoral electorate electric electrical electrically electrician electricity electrification
electrode electrolyte electromagnetic electron electronic electronically electronics elegance elegant element elemental
elementary elements elena elephant elevate elevated elevation elevator eleven eleventh elf eli elias elicit eligibility
eligible elijah eliminate elimination elinor eliot elisa elisabeth elise elite elitist elixir eliza elizabeth
elizabethan elk ella ellen ellington elliot elliott elliptical ellis ellison elm elma elmer elnora eloise elongated
eloquent elsa elsewhere elsie elton elusive elva elves elvia elvin elvira elvis elwood email emancipation emanuel
embankment embargo embark embarrass embarrassed embarrassing embarrassment embassy embedded embezzlement emblem embodied
embodiment embody embrace embracing embroidery embryo embryonic emerald emerge emergence emergency emergent emerging
emeritus emerson emery emigration emil emile emilia emilio emily eminence eminent emir emission emit emma emmanuel
emmett emmy emotion emotional emotionally empathy emperor emphasis emphasise emphasised emphasize emphasized emphasizing
emphatic emphatically empire empirical employ employed employee employer employment empower empowered empowerment
empress emptiness empty emptying emu emulate emulation enable enabling enact enactment enamel encased enchanted
enchanting enclave enclosed enclosure encoding encompass encompassing encore encounter encourage encouraged
encouragement encouraging encryption encyclopedia end endanger endangered endearing endeavor endeavour ended endemic
endgame ending endless endlessly endocrine endorse endorsement endothelial endowed endowment endurance endure enduring
enemy energetic energy enforce enforceable enforced enforcement engage engaged engagement engaging engine engineer
engineering england english englishman engraved engraving enhance enhanced enhancement enigma enigmatic enjoy enjoyable
enjoyment enlarge enlarged enlargement enlighten enlightened enlightening enlightenment enlist enmity enormous
enormously enough enquiry enraged enrich enrichment enrique enroll enrollment enrolment ensemble ensign ensuing ensure
entail entangled enter entering enterprise entertain entertained entertainer entertaining entertainment enthusiasm
enthusiast enthusiastic enthusiastically entice enticing entire entirely entirety entitled entitlement entity entourage
entrance entrenched entrepreneur entrepreneurial entropy entry envelope envious environment environmental
environmentally envision envisioned envoy envy enzyme eos epa epi epic epidemic epidemiology epilepsy epilogue epiphany
episcopal episode episodic epithelial epitome epoch epoxy epstein equal equality equally equate equation equator
equatorial equestrian equilibrium equine equinox equip equipment equipped equipping equitable equity equivalence
equivalent era eradicate eradication erase erasmus erect erection eric erica erick ericka erie erik erika erin eritrea
erma ernest ernestine ernesto ernie ernst erode eroded eros erosion erotic erotica err errand erratic erroneous
erroneously error eruption ervin erwin escalate escalation escalator escape escaped escort escrow eskimo esmeralda
esoteric esp especially esperanza espionage espresso esq esquire essay essence essential essentially essex essie est
establish established establishment estate esteban esteem esteemed estela estella estelle ester esther estimate
estimation estonia estonian estranged estrogen estuary eta etched etching eternal eternally eternity etf ethan ethanol
ethel ether ethereal ethernet ethic ethical ethically ethics ethiopia ethiopian ethnic ethnically ethnicity ethos
etiquette etta eucalyptus eucharist eugene eugenia eula eulogy eunice euphoria eurasia eureka euro europa europe
european euthanasia eva evacuate evacuation evade evaluate evaluation evan evangelical evangeline evangelist evans
evaporate evaporated evaporation evasion evasive eve evelyn even evening evenly event eventful eventual eventually ever
everest everett evergreen everlasting every everyday everywhere eviction evidence evidenced evident evidently evil
evocative evoke evoked evolution evolutionary evolve exact exactly exaggerate exaggerated exaggeration exalted exam
examination examine examiner example excavation exceed exceeding exceedingly excel excellence excellency excellent
except exception exceptional exceptionally excerpt excess excessive excessively exchange exchanged exchequer excise
excitation excite excited excitedly excitement exciting exclamation exclude exclusion exclusive exclusively excruciating
excursion excuse excused exec execute executed executing execution executioner executive exemplary exempt exemption
exercise exercising exert exhale exhaust exhausted exhausting exhaustion exhaustive exhibit exhibition exhilarating
exile exist existence existent existential existing exit exodus exorbitant exotic expand expanded expanse expansion
expansive expat expect expectancy expectation expected expedite expedition expel expenditure expense expensive
experience experienced experiment experimental experimentally experimentation expert expertise expiration expire expired
expiry explain explanation explanatory explicit explicitly explode exploded exploit exploitation exploited exploration
exploratory explore explorer explosion explosive expo exponential exponentially export exporter exporting expose exposed
exposition exposure express expressed expression expressive expressly expressway expulsion exquisite extant extend
extended extension extensive extensively extent exterior extermination external externally extinct extinction extinguish
extinguished extortion extra extracellular extract extraction extradition extraordinarily extraordinary extraterrestrial
extravagant extreme extremely extremism extremist extremity eye eyeball eyebrow eyed eyelid eyeliner eyes eyeshadow
eyesight eyewitness eyre ezekiel ezra faa fab fabian fable fabric fabricated fabrication fabulous facade face faced
facet facial facilitate facility facing fact faction factor factory factual faculty fad fade faded fading fag faggot
fahrenheit fail failing failure faint faintly fair fairbanks fairly fairness fairy fairytale faith faithful faithfully
faithfulness fake falcon fall fallacy fallen falling fallout falls false falsely fame famed familial familiar
familiarity family famine famous famously fan fanatic fanatical fancied fancy fandom fanfare fang fannie fanny fantastic
fantastically fantasy faq far farce fare farewell fargo farm farmer farmhouse farming farmland farrell fart farther
farthest fas fascinated fascinating fascination fascism fascist fashion fashionable fashioned fast fastball fastened
faster fastest fasting fat fatal fatality fatally fate fated fateful father fathom fatigue fatima fatty faucet faulkner
fault faulty fauna faust faux favor favorable favorably favored favorite favour favourable favourite fawn fax fay faye
fayetteville fbi fcc fda fdr fear fearful fearless fearsome feasibility feasible feast feat feather feathered feature
featured feb february fecal feces fed federal federalist federally federation federico fedora fee feeble feed feedback
feeder feeding feel feeling feelings feisty felicia felicity feline felipe felix fell fella fellow fellowship felon
felony felt fema female feminine femininity feminism feminist femur fence fencing fend fender feral ferdinand
fermentation fern fernando ferocious ferret ferry fertile fertility fertilization fertilizer fervent fervor festival
festive fetal fetch fetish fetus feud feudal fever few fewer fewest fiance fiancee fiasco fiat fiber fiberglass fibre
fibrosis fickle fiction fictional fictitious fiddle fidel fidelity fiduciary field fielder fielding fields fiend fierce
fiercely fiery fiesta fife fifteen fifteenth fifth fifties fifty fig fight fighter fighting figurative figure figured
figuring fiji filament file filing filipino fill filled filler filling filly film filmed filming filmmaker filter filth
filthy filtration fin final finale finalist finally finance finances financial financially financier financing finch
find finder finding findings fine finely finer finesse finger fingered fingering fingerprint finish finished finisher
finishing finite fink finland finn finnish fir fire firearm fireball fired firefighter firefly fireman fireplace
firepower firewall firewood firing firm firmly firmware first firsthand firstly firth fiscal fischer fish fisher
fisherman fishery fishing fishy fission fist fit fitch fitness fitted fitter fitting fitzgerald five fives fix fixation
fixed fixer fixing fixture flag flagrant flagship flair flak flake flamboyant flame flaming flamingo flammable flanders
flank flannel flap flapping flaps flare flash flashback flashing flashlight flashy flask flat flats flattened flatter
flattering flavor flavour flaw flawed flawless flax flea fledged fledgling flee fleece fleet fleeting fleming flemish
flesh fletcher flex flexibility flexible flick flicker flies flight flimsy flinders fling flint flip flirt flirting
float floating flock flood flooded flooding floor flooring flop floppy flora floral florence florida florist floss
flossie flotation flour flourish flourishing flow flower flowering flowing floyd flu fluctuating fluency fluent fluff
fluffy fluid fluke fluorescence fluorescent fluoride flurry flush flushed flute flutter flux fly flyer flying foam fob
focal focus focused focusing focussed fodder foe fog foggy foil fold folder folding foliage folio folk folklore folks
follow follower followers following folly fond fondly fondness font food foodie fool fooling foolish foolishness foot
footage football footballer footed footer foothold footing footnote footprint footwear footwork forage foraging foray
forbid forbidden forbidding force forced forceful forcefully forcibly ford fore forearm forecast forecasting foreclosure
forefront foregoing foreground forehead foreign foreigner foreman foremost forensic forensics foreplay foresee
foreseeable foresight forest forested forestry forever foreword forfeit forfeited forfeiture forge forged forgery forget
forging forgive forgiveness forgiving forgotten fork form formal formality formally format formation formative
formatting formed former formerly formidable formula formulate formulated formulation forrest fort forte forth
forthcoming forties fortified fortitude fortnight fortress fortunate fortunately fortune forty forum forward forwarding
forwards fossil foster fostering foul fouled found foundation founder founding foundry fountain four fourier fourteen
fourteenth fourth fowl fowler fox foxy foyer fps fraction fractional fracture fragile fragment fragmentation fragmented
fragrance fragrant frail frame framed framework framing fran franc france frances franchise francine francis francisca
francisco franco frank frankenstein frankfurt frankie franklin frankly frantic frantically frat fraternal fraternity
frau fraud fraudulent fraught fray freak freaky fred freda freddie freddy frederick fredrick free freedom freeing
freelance freelancer freely freeman freestyle freeway freeze freezer freezing freight freighter fremont french frenchman
frenzy frequency frequent frequently fresco fresh fresher freshly freshman freshness freshwater fresno fret freud frey
fri friar friction friday fridge fried frieda friedman friend friendly friendship fries frigate fright frighten
frightened frightening fringe frivolous frog front frontal frontier frost frosted frosting frosty frown frozen fructose
frugal fruit fruitful fruition fruitless fruity frustrated frustrating frustration fry frying ftc ftp fuck fucker
fucking fudge fuel fueled fueling fugitive fuji fulfil fulfill fulfilled fulfillment full fullback fuller fullness fully
fulton fumble fumes fun function functional functionality functionally functioning fund fundamental fundamentalist
fundamentally fundamentals funded funding fundraiser funds funeral fungal fungi fungus funk funky funnel funny fur
furious furiously furnace furnish furnished furnishing furniture furry further furthermore furthest fury fuse fused
fuselage fusion fuss fussy futile future futuristic fuzz fuzzy gaap gabby gable gabriel gabriela gabrielle gaddafi
gadget gaelic gag gaga gage gaia gail gain gainesville gait gal gala galactic galaxy gale galilee galileo gall gallant
gallery galley gallon gallop galloway gallows gallup galore galveston galway gambia gambit gamble gambler gambling game
gaming gamma gandhi gang gangsta gangster gao gap gaping garage garb garbage garden gardener gardening gardiner gardner
garfield garland garlic garment garner garnet garnish garrett garrison garry gary gas gasoline gasp gastric
gastrointestinal gate gates gateway gather gathered gathering gator gauge gaul gauntlet gavin gay gayle gaza gaze
gazette gcse gdp gear gearbox geared gearing gee geek gel gelatin gem gemini gemma gen gena gender gene genealogical
genealogy general generalization generalized generally generate generation generational generator generic generosity
generous generously genesis genetic genetically genetics geneva genevieve genie genital genitalia genitals genius genoa
genocide genome genre gent gentile gentle gentleman gently gentrification gentry genuine genuinely genus geoffrey
geographic geographical geographically geography geologic geological geologist geology geometric geometry geophysical
geopolitical george georgetown georgette georgia georgian georgina geothermal gerald geraldine gerard gerardo germ
german germanic germany gerry gertrude gestapo gestation gesture get getaway getting gettysburg ghana ghanaian ghastly
ghetto ghost ghostly ghz gia giant gibbs gibraltar gibson giddy gift gifted gig gigantic giggle gilbert gilberto gilded
gill gillespie gillette gilt gimmick gin gina ginger gingerbread giraffe girl girlfriend giro gist git give giveaway
given giver giving glacial glacier glad gladiator gladly gladstone gladys glamorous glamour glance gland glare glaring
glasgow glass glasses glaucoma glaze glazed gleaming glee glen glenda glenn glenna glide glider gliding glimmer glimpse
glitch glitter glittering global globalization globally globe gloom gloomy gloria glorified glorify glorious glory gloss
glossary glossy gloucester gloucestershire glove glow glowing glucose glue glued gluten gmt gnome gnu goa goal goalie
goalkeeper goat goblin god goddamn goddard goddess godfather godly goethe goggles gogh going gold goldberg golden
goldfish goldie goldman goldsmith golf golfer golfing goliath gone gong gonzalo goo good goodbye goodman goodness
goodwill goody goodyear goofy google goon goose gop gorbachev gordon gore gorge gorgeous gorilla gosling gospel gospels
gossip goth gothic gould gourmet gout govern governance governed governing government governmental governor gown gpa gps
grab grace graceful gracefully gracie graciela gracious graciously grad grade graded grader gradient grading gradual
gradually graduate graduated graduation grady graffiti graft graham grail grain gram grammar grammatical gran granada
grand grandchild granddaughter grandeur grandfather grandma grandmother grandpa grandson grange granger granite granny
grant granted granular grape grapefruit graph graphic graphical graphics graphite grapple grappling grasp grasping grass
grasshopper grassland grassroots grassy grate grateful gratification gratifying grating gratitude grave gravel gravely
graves graveyard gravitational gravity gravy gray graze grazing grease greasy great greater greatest greatly greatness
greece greed greedy greek green greenberg greene greenhouse greenish greenland greens greensboro greenville greenwich
greenwood greet greeting greg gregg gregorio gregory grenada grenade greta gretchen grey greyhound grid grief grievance
grieve grieving grievous griffin griffith grill grille grilled grilling grim grime grimm grin grind grinder grinding
grinning grip gripping grit gritty grizzly groan grocer grocery groin groom groomed grooming groove groovy groping gross
grossly grotesque ground groundbreaking grounding grounds groundwork group grouped grouping grouse grove grover groves
grow grower growing growl grown growth grub grudge gruesome grumpy grunge grunt guadalupe guam guangdong guangzhou
guantanamo guarantee guard guarded guardian guatemala gubernatorial guernsey guerrilla guess guessing guest guggenheim
gui guidance guide guided guideline guiding guild guillermo guillotine guilt guilty guinea guinness guise guitar
guitarist gujarat gulf gull gullible gully gum gun gunfire gunman gunner gunpoint gunpowder gunshot gurney guru gus gust
gustavo gusto gut guthrie guts gutter guy guyana gwen gwendolyn gym gymnasium gymnast gymnastics gypsy habit habitable
habitat habitual hack hacker hackney hades hahn haiku hail hair haircut hairdresser haired hairline hairstyle hairy
haiti haitian hajj hal halal hale haley half halfback halftime halfway halifax hall halle hallelujah hallmark hallowed
halloween hallway halo halt halting ham hamas hamburg hamburger hamilton hamlet hammer hammered hammering hammock hamper
hampshire hampton hamster hamstring han hancock hand handbag handball handbook handed handful handgun handheld handicap
handicapped handkerchief handle handled handler handling handmade handout hands handset handshake handsome handwriting
handwritten handy hang hangar hanger hanging hangout hangover hank hanks hannah hannibal hanoi hanover hans hap happen
happening happily happiness happy harass harassed harassment harbor harbour hard hardcore hardcover harden hardened
harding hardly hardness hardship hardware hardwood hardworking hardy hare harem harlan harlem harley harlow harm harmful
harmless harmonic harmonious harmony harness harold harp harper harriet harriett harris harrisburg harrison harrow
harrowing harry harsh harshly hart hartford hartley harvard harvest harvesting harvey hash hassle haste hastily hastings
hasty hat hatch hatched hatchet hatching hate hated hateful hater hathaway hatred hattie haul hauling haunt haunted
haunting havana have haven havoc haw hawaii hawaiian hawk hawking hawkins hawthorn hawthorne hay hayes hays hazard
hazardous haze hazel hazy head headache headband headed header heading headless headline headmaster headphone
headquarters headset headway heal healed healer healing health healthcare healthier healthy heap heaps hear heard
hearing hearsay hearst heart heartache heartbeat heartbreak heartbreaking heartbroken heartfelt hearth heartland
heartless hearts heartwarming hearty heat heated heater heath heathen heather heating heaven heavenly heavens heavily
heavy heavyweight hebrew hebrews hectare hectic hector hedge hedgehog heed heel hefty hegemony heidi height heights
heinous heinz heir heiress heist held helen helena helene helicopter helium helix hell heller hello helm helmet help
helper helpful helping helpless helsinki hem hemingway hemisphere hemorrhage hemp hen hence henceforth hendrix henrietta
henry henson hepatic hepatitis hepburn herald heralded herb herbal herbert hercules herd here hereafter hereby
hereditary hereford herein heresy heretic heriberto heritage herman hermann hermes hermit hernia hero heroic heroin
heroine heroism heron herpes herr herring hershey hertfordshire hertz hesitant hesitate hesitation hess het
heterogeneous heterosexual hex heyday hezbollah hhs hiatus hibernation hickey hickory hidden hide hideous hideout hiding
hierarchical hierarchy high higher highland highlands highlight highlighting highly highness highschool highway hijab
hijack hijacking hike hiking hilarious hilariously hilary hilda hill hillary hillside hilltop hilly himalayan himalayas
hind hinder hindi hindrance hindsight hindu hinduism hinge hint hip hippie hippies hippo hippy hipster hiram hire hired
hiroshima hispanic hiss historian historic historical historically history hit hitch hitchcock hitherto hitler hitman
hitter hitting hiv hive hives hoard hoarding hoax hobart hobbes hobbit hobbs hobby hobo hockey hoe hoffman hog hogan
hogg hoist hold holder holding hole holiday holiness holistic holland hollow holly hollywood holmes holocaust hologram
holographic holster holy homage home homecoming homegrown homeland homeless homelessness homemade homeowner homepage
homer homestead hometown homework homicide homo homogeneous homophobia homophobic homosexual homosexuality honduras hone
honest honestly honesty honey honeymoon honolulu honor honorable honorary honored honoring honour honourable honours
hood hoof hook hooked hooker hooking hooks hookup hoop hoops hooray hoover hop hope hopeful hopefully hopeless
hopelessly hopkins hopper hops horace horde horizon horizontal horizontally hormonal hormone horn horne horned hornet
horny horoscope horowitz horrendous horrible horribly horrid horrific horrified horrifying horror horse horseback
horseman horsepower horseshoe horticultural horticulture hose hospice hospital hospitality hospitalization host hostage
hostel hostess hostile hostilities hostility hot hotel hotspot hotspur houghton hound hour hourly hours house household
housekeeper housekeeping housewife housework housing houston hover howard howdy howe however howl howling hoy html http
hua hub hubbard hubble hubby hubert hud huddle huddled hudson hue huff hug huge hugely hugging hugh hughes hugo hula
hulk hull hum human humane humanist humanitarian humanities humanity humankind humanoid humans humberto humble humbled
humbling humbly humboldt hume humid humidity humiliate humiliated humiliating humiliation humility humming hummus humor
humorous humour hump hun hunch hundred hungarian hungary hunger hungry hunk hunt hunted hunter hunting huntington
huntsville hurdle hurdles hurling huron hurricane hurried hurry hurt hurtful hurting husband hush husky hussein hustle
hut hutch hutchinson hutton huxley hybrid hyderabad hydra hydrate hydrated hydration hydraulic hydrocarbon hydroelectric
hydrogen hygiene hymn hype hyperbolic hypertension hypnosis hypnotic hypocrisy hypocrite hypocritical hypothesis
hypothetical hysteria hysterical iaea ian ibrahim icc ice iceberg iceland icelandic icing icon iconic icu icy ida idaho
idea ideal idealism idealistic ideally identical identifiable identification identified identifier identify identity
ideological ideologically ideology idf idiot idiotic idle idol idyllic ignacio ignite ignited ignition ignorance
ignorant ignore ignored iii ike ila ilene ill illegal illegally illegitimate illicit illinois illiterate illness
illogical illuminate illuminated illuminating illumination illusion illustrate illustration illustrative illustrator
illustrious image imagery imaginable imaginary imagination imaginative imagine imaging imam imbalance imelda imf imitate
imitation immaculate immature immediate immediately immense immensely immersion immigrant immigration imminent immoral
immortal immortality immune immunity immunization immunology imo imogene imp impact impacted impaired impairment impala
impart impartial impatient impeach impeachment impeccable impedance impede impediment impending impenetrable imperative
imperfect imperial imperialism imperialist impetus implant implantation implanted implement implementation implemented
implicated implication implicit implicitly imply import importance important importantly importation imported importer
importing impose imposed imposing imposition impossibility impossible impotent impoverished impractical impress
impressed impression impressive imprint imprisoned imprisonment improbable impromptu improper improperly improve
improved improvement improving improvisation improvise improvised impulse impulsive impunity ina inability inaccessible
inaccurate inaction inactive inactivity inadequate inadvertently inanimate inappropriate inappropriately inaugural
inauguration inbound inc inca incandescent incapable incapacitated incarceration incarnation incendiary incense
incentive inception incessant incest inch incidence incident incidental incidentally incision incite inclination incline
inclined include included inclusion inclusive incognito incoherent income incoming incompatible incompetence incompetent
incomplete incomprehensible inconceivable inconclusive inconsiderate inconsistency inconsistent inconvenience
inconvenient incorporate incorporated incorporation incorrect incorrectly increase increased increasing increasingly
incredible incredibly incremental incriminating incubation incubator incumbent incur incurable indebted indecent indeed
indefinite indefinitely independence independent independently indestructible index indexing india indian indiana
indianapolis indicate indication indicative indicator indictment indie indifference indifferent indigenous indignation
indigo indirect indirectly indiscriminate indispensable indistinct indistinguishable individual individualism
individuality individualized individually indonesia indonesian indoor indoors induce induced inducing induction indulge
indulgence indulgent indulging indus industrial industrialization industrialized industry ineffective inefficient
ineligible inept inequality inert inertia inevitable inevitably inexpensive inexperienced inexplicable inexplicably inez
infallible infamous infancy infant infantry infect infected infection infectious infer inference inferior infernal
inferno infertility infestation infidelity infield infiltrate infiltration infinite infinitely infinity infirmary
inflamed inflammation inflammatory inflatable inflate inflated inflation inflict influence influential influenza influx
info inform informal informally informant informatics information informational informative informed informing infrared
infrastructure infrequently infringement infuriating infusion ingenious ingenuity ingrained ingredient ingrid inhabit
inhabited inhalation inhale inherent inherently inherit inheritance inherited inhibit inhibited inhibition inhibitor
inhuman inhumane initial initially initiate initiation initiative inject injection injunction injure injured injury
injustice ink inland inlet inmate inn innate inner inning innings innocence innocent innocuous innovate innovation
innovative innovator innumerable inorganic inpatient input inquest inquire inquiry inquisition ins insane insanely
insanity insatiable inscribed inscription insect insecure insecurity insensitive inseparable insert insertion inside
insider insidious insight insightful insignia insignificant insist insistence insistent insisting insofar insolvency
insomnia inspect inspection inspector inspiration inspirational inspire inspired inspiring instability install
installation installing installment instalment instance instant instantaneous instantly instead instill instinct
instinctive instinctively institute institution institutional institutionalized instruct instruction instructional
instructions instructor instrument instrumental instrumentation insufficient insular insulation insulin insult insulting
insurance insure insured insurer insurgency insurgent insurmountable insurrection intact intake intangible integer
integral integrate integrated integrating integration integrity intellect intellectual intellectually intelligence
intelligent intelligently intend intended intense intensely intensified intensify intensity intensive intent intention
intentional intentionally inter interact interaction interactive intercept interception interchange interchangeable
interconnected intercontinental intercourse interdisciplinary interest interested interesting interestingly interface
interfere interference interfering interim interior interlude intermediary intermediate intermission intermittent
intermittently intern internal internally international internationally internet internship interpersonal interplay
interpol interpret interpretation interpreted interpreter interpreting interpretive interracial interrogation interrupt
interrupted interruption intersect intersection interstate interstellar interval intervene intervening intervention
interview interviewer intestinal intestine intimacy intimate intimately intimidate intimidated intimidating intimidation
intolerable intolerance intolerant intoxicated intoxication intracellular intravenous intrepid intricate intrigue
intriguing intrinsic intrinsically intro introduce introduction introductory intruder intrusion intrusive intuition
intuitive intuitively inundated invade invading invalid invalidate invaluable invariably invariant invasion invasive
invent invention inventive inventor inventory inverse inversion inverted invest investigate investigating investigation
investigative investigator investing investment investor invincible invisible invitation invitational invite inviting
invoice invoke involuntary involve involved involvement inward ioc iodine ion ionic ionization iowa ipo ipod ira iran
iranian iraq iraqi ire ireland irene iris irish irishman irma iron ironic ironically ironing ironman irons irony
irradiation irrational irregular irrelevant irreplaceable irresistible irrespective irresponsible irreversible
irrigation irritable irritate irritated irritating irritation irs irvin irving isaac isabel isabella isabelle isaiah isi
isis islam islamabad islamic islamist island islander isle ism ismael isn isolate isolated isolating isolation isotope
israel israeli israelites issac issuance issue issuer issuing istanbul italia italian italy itch itching itchy item
iteration ithaca itinerary iva ivan ives ivory ivy jab jack jackass jacket jackie jackpot jacks jackson jacksonville
jaclyn jacob jacobs jacqueline jacquelyn jade jag jagged jagger jaguar jail jailbreak jailed jaime jain jakarta jake jam
jamaica jamaican jamal james jami jamie jammed jamming jan jana jane janelle janet janette janice janie janine janis
janitor janna january janus japan japanese jar jared jargon jarring jarrod jarvis jasmine jason jasper java javier jaw
jay jayne jayson jazz jazzy jealous jealousy jean jeanette jeanie jeanine jeanne jeannette jeannie jeannine jeans jeep
jeff jefferson jeffery jeffrey jeffry jehovah jelly jellyfish jenifer jenna jenner jennie jennifer jenny jensen
jeopardize jeopardy jerald jeremiah jeremy jeri jericho jerk jerking jerky jermaine jerome jerri jerry jersey jerusalem
jess jesse jessica jessie jest jesuit jesus jet jetty jew jewel jewell jewellery jewelry jewish jfk jig jigsaw jihad
jill jillian jim jimmie jimmy jingle jinx jive jo joachim joan joann joanna joanne joaquin job jobless jocelyn jock
jockey jodi jodie jody joe joel joesph joey joffrey jog jogging johanna johannesburg john johnathan johnnie johnny johns
johnson johnston join joined joining joint jointly joke joker joking jokingly jolene jolly jolt jon jonah jonathan
jonathon jones jong joni jordan jordanian jorge jose josefa josefina joseph josephine josh joshua josie joss journal
journalism journalist journalistic journey joy joyce joyful joyous juan juana juanita jubilee judah judaism judas jude
judge judgement judges judging judgment judgmental judicial judiciary judith judo judy jug juggle juggling juice juicy
jukebox julia julian juliana julianne julie juliette julio julius july jumbo jump jumper jumping jumpsuit junction
juncture june jung jungle junior juniper junk junkie juno junta jupiter jurassic jurisdiction jurisprudence juror jury
just justice justifiable justification justified justify justin justine juvenile kabul kahn kaiser kale kali kami
kangaroo kansas kant kappa kara karachi karaoke karate karen kari karin karina karl karla karma karnataka kasey kashmir
kat kate katelyn katharine katherine kathie kathleen kathmandu kathrine kathryn kathy katie katrina katy kaufman kay
kayak kaye kayla kazakhstan keaton kebab keel keen keenly keep keeper keeping keg keisha keith keller kelley kelli
kellie kellogg kelly kelsey kelvin ken kendall kendra kendrick kennedy kennel kenneth kenny kent kentucky kenya kenyan
kepler kept keri kermit kern kernel kerosene kerri kerry ketchup kettle kevin key keyboard keynes keynote keystone kgb
khaki khan khmer khz kick kicker kicking kickoff kid kidd kidnap kidnapping kidney kiev kill killer killing kiln kilo
kilogram kilometer kilometre kim kimberley kimberly kin kinase kind kinda kindergarten kindle kindly kindness kindred
kinetic king kingdom kingpin kingston kink kinky kinship kiosk kip kirk kirsten kiss kissing kissinger kit kitchen kite
kitten kitty kiwi kkk klan klein knack knee kneel kneeling knife knight knit knitted knitting knob knock knocking
knockout knot know knowing knowingly knowledge knowledgeable known knox knoxville knuckle knuckles koala kobe koch
kolkata koran korea korean kos kosher kosovo kraft kremlin kris krishna krista kristen kristi kristie kristin kristina
kristine kristopher kristy kruger krystal kudos kurdish kurdistan kurt kuwait kyle kylie kyoto kyrgyzstan lab label
labeled labelled labor laboratory labour labrador labyrinth lac lace laced lacey lack lacking lacrosse lactose lacy lad
ladder laden ladonna lady lafayette lag lager lagging lagoon lagos laguna lahore laid lair laird lake lakeisha lakeside
lakh lakisha lam lama lamar lamb lambda lambert lame lament lamented lamont lamp lan lana lancashire lancaster lance
lancet land landed lander landfall landfill landing landline landlord landmark landowner landscape landscaping landslide
lane lange langley language lansing lantern lao laos lap lapse laptop lara large largely larger lark larry lasagna laser
lash lashing lass last lasting lastly lat latasha latch late lately latency latent later lateral latest latex latin
latino latisha latitude latonya latoya latte latter lattice latvia latvian laugh laughable laughing laughter launch
launcher launching laundering laundry laura laureate laurel lauren laurence laurie lava lavender laverne lavish lavonne
law lawanda lawful lawfully lawless lawmaker lawn lawrence laws lawsuit lawton lawyer lax lay layer layered laying
layout lazarus laziness lazy lcd lea leach lead leader leaders leadership leading leaf leaflet leafy league leah leak
leakage leaky lean leaning leann leanne leap leaping lear learn learned learner learning lease leased leash least
leather leave leaving lebanese lebanon lecture lecturer lecturing led ledge ledger lee leech leeds lees left leftist
leftover leftovers lefty leg legacy legal legality legalization legalize legally legend legendary legged legion
legislate legislation legislative legislator legislature legitimacy legitimate legitimately lego legs lei leicester
leicestershire leigh leila leipzig leisure leisurely lela leland lemon lemonade lena lend lender lending length lengthy
lenient lenin leningrad lennon lenora lenore lens lent leo leola leon leona leonard leonardo leone leonor leopard
leprosy lerner leroy lesbian lesion lesley leslie less lessen lesser lessie lesson lester let letha lethal leticia leto
letter lettering letterman letters letting lettuce leukemia lev levant level leveling lever leverage leveraging levi
leviathan levy lewd lewis lexicon lexington liabilities liability liable liaison liar libby libel liberal liberalism
liberate liberated liberation liberia liberian libertarian liberty libido librarian library libya libyan licence license
licensed licensee lick licked licking lid lidia lie lied lien lieu lieutenant life lifeboat lifeguard lifeless lifeline
lifelong lifespan lifestyle lifetime lift lifted ligament ligand light lighted lighten lightening lighter lighthouse
lighting lightly lightning lightweight like likeable liked likelihood likely likeness likewise liking lila lilac lilia
lilian liliana lillian lillie lilly lily lima limb limbo lime limelight limerick limestone limit limitation limited
limiting limitless limo limousine limp lin lina lincoln lincolnshire linda linden lindsay lindsey line lineage linear
linebacker lined lineman linen liner lineup ling linger lingerie lingering lingo linguistic linguistics lining link
linkage linked links linux lion lionel lip lipid lipstick liquid liquidation liquidity liquor lisa lisbon lisp list
listed listen listener listening lister listing lit lite liter literacy literal literally literary literate literature
lithium lithuania lithuanian litigation litre litter littered little liturgical liturgy liv live livelihood lively liver
liverpool livery livestock living livingston livingstone liza lizard lizzie lloyd load loaded loader loading loads loaf
loan loathe loathing lobby lobbyist lobe lobster local locality localization localized locally locate located locating
location locator loch lock lockdown locke locker locking lockout loco locomotive locus locust lodge lodging loeb loft
lofty log logan logging logic logical logically logistic logistical logistics logo logos lohan lois loki lola lolita
lollipop lombard london lone loneliness lonely loner lonesome long longer longest longevity longing longitude
longitudinal longstanding longtime lonnie loo look looking lookout loom looney loop loophole looping loose loosely
loosen loot looted looting lora loraine lord lordship lore loren lorena lorene lorenzo loretta lori lorie lorna lorraine
lorrie lorry lose loser loss losses lost lot lotion lots lottery lottie lotto lotus lou loud loudly louie louis louisa
louise louisiana louisville lounge lourdes lousy louvre lovable love loved lovely lover loving lovingly low lowell lower
lowered lowering lowest lowly lowry loyal loyalist loyalty loyd loyola lsd luann lubbock lube lubricant lucas lucia
lucid lucifer lucile lucille lucinda luck luckily lucknow lucky lucrative lucy ludicrous luella lug luggage luis luisa
luke lukewarm lula lull lullaby lulu lumbar lumber lumen luminous lump luna lunar lunatic lunch luncheon lunchtime lund
lung lupe lupus lure lurk lush lust luther lutheran lux luxembourg luxurious luxury luz lydia lying lyle lymph lymphoma
lynch lynching lynda lynette lynn lynne lynnette lynx lyon lyons lyric lyrical mabel mable mac macaroni macarthur macau
macbeth mace macedonia macedonian mach machete machine machinery macho macintosh mack mackenzie mackerel macleod macon
macro macroeconomic mad madagascar madam madame madden made madeline madelyn madge madison madly madman madness madonna
madras madrid mae maestro mafia mag magazine magdalena magenta maggie magic magical magically magician magistrate magma
magnate magnesium magnet magnetic magnetism magneto magnificent magnitude magnolia magnum maharashtra mahatma mahogany
maid maiden mail mailbox mailed mailing main maine mainland mainline mainly mainstay mainstream maintain maintained
maintenance maitland maize majestic majesty major majority majors mak make makeover maker makeshift makeup makin making
malaria malawi malay malaya malaysia malaysian malcolm maldives male malfunction mali malice malicious malignant malik
malinda mall mallet mallory malnutrition malone malpractice malt malta maltese malware mam mama mamie mamma mammal
mammalian mammoth man manage manageable management manager managerial manchester mandarin mandate mandatory mandela
mandy mane maneuver manga manganese mango manhattan manhood manhunt mania maniac manic manifest manifestation manifesto
manifold manila manipulate manipulation manipulative manitoba mankind manly mann manned mannequin manner mannered
manners manoeuvre manor manpower mansfield mansion manslaughter manson mantis mantle mantra manual manually manuel
manuela manufacture manufactured manufacturer manufacturing manure manuscript many mao maori map maple mapping mar mara
marathon marble marbles marc marcel marcella march marches marching marci marcia marcie marco marcos marcus marcy mare
margaret margarita marge margery margie margin marginal marginally margo margret marguerite mari maria marian marianne
maribel maricela marie marietta marijuana marilyn marina marine mariner marines marino mario marion marisa marisol
marissa marital maritime maritza marjorie mark marked markedly marker market marketable marketing marketplace marking
markov marks markup marla marlene marley marlin marlon marlowe maroon marquee marquette marquis marred marriage married
marrow marry mars marseille marsh marsha marshal marshall marshals marshmallow mart marta martha martial martian martin
martina martini marty martyr martyrdom marva marvel marvellous marvelous marvin marx marxism marxist mary maryann
maryanne maryland marylou mascara mascot masculine masculinity mash mask masked masking mason masonic masonry masquerade
mass massachusetts massacre massage masse masses massive massively mast master mastered masterful mastering mastermind
masterpiece masters mastery masturbate masturbation mat match matched matching matchmaking matchup mate mater material
materialism materially maternal maternity mates math mathematical mathematically mathematician mathematics mathew
mathias maths matilda mating matrix matron matt matte matter matthew mattie mattress mature matured maturity maude maui
maureen maurice mauricio mauritius maverick mavis max maxi maxim maximal maximise maximize maximizing maximum maxine
maxwell may maya mayan maybe mayer mayhem maynard mayo mayonnaise mayor mayoral mayra mays maze mba mccarthy mccartney
mccormick mcgraw mcintosh mckinley mcmaster mcpherson mead meade meadow meagan meager meal mean meaning meaningful
meaningless means meantime meanwhile measles measurable measure measured measurement measuring meat meaty mecca mechanic
mechanical mechanically mechanics mechanism med medal medalist medallion medallist meddling medial median mediate
mediated mediation mediator medic medicaid medical medically medicare medication medici medicinal medicine medieval
medina mediocre mediocrity meditate meditation mediterranean medium medley medusa meek meet meeting meg megan meghan mei
melancholy melanie melanoma melba melbourne melee melinda melisa melissa mellon mellow melodic melodrama melody melon
melt meltdown melted melting melva melville melvin member membership membrane meme memo memoir memorabilia memorable
memorandum memorial memorize memory memphis men menace menacing mend meningitis menopause menstrual mental mentality
mentally mention mentor menu meow mercantile mercedes mercenary mercer merchandise merchandising merchant merciful
merciless mercury mercy mere meredith merely merge merged merger merging meridian merit merle merlin mermaid merry
merton mesa mesh mess message messaging messenger messiah messy metabolic metabolism metadata metal metallic
metamorphosis metaphor metaphorical metaphysical metaphysics metastatic meteor meteorite meteorological meteorology
meter meth methane method methodical methodist methodological methodology methyl meticulous meticulously metre metric
metrics metro metropolis metropolitan mew mexican mexico mfa mhz mia miami mic micah michael micheal michel michelangelo
michele michelle michigan mick mickey micro microbial microbiology microphone microscope microscopic microscopy
microwave mid midday middle middleton middleweight midfield midget midi midland midnight midst midsummer midterm midway
midwest midwestern midwife might mighty migraine migrant migrate migration migratory miguel mike mil milagros milan
milano mild mildly mildred mile mileage miles milestone militant militarily military militia milk milkshake milky mill
millard millennial millennium miller millie millimeter milling million millionaire mills milne milo milton milwaukee
mime mimic min mina mince mind minded mindful mindfulness mindless mindset mindy mine mined miner mineral minerva ming
mingle mini miniature minimal minimalist minimally minimise minimize minimized minimum mining minion minister
ministerial ministry minivan mink minneapolis minnesota minnie minor minority minors minsk mint minus minute minutes
miracle miraculous miraculously mirage miranda miriam mirror mirrored miscarriage miscellaneous mischief mischievous
misconception misconduct misdemeanor miserable miserably misery misfortune misguided mishap misinformation mislead
misleading mismanagement mismatch misogyny misplaced miss missed missile missing mission missionary mississippi missouri
missy mist mistake mistaken mistakenly mistaking mister mistreated mistress mistrust misty misunderstand
misunderstanding misunderstood misuse misused mit mitchell mite mitigate mitigation mitt mitzi mix mixed mixer mixing
mixture mls moan moat mob mobile mobility mobilization mobilize mock mockery mocking mod modal mode model modeled
modeling modelling modem moderate moderately moderation moderator modern modernism modernist modernity modernization
modernize modest modestly modesty modification modified modify mods modular modulation module mogul mohammad mohammed
mohawk moises moist moisture mojave mojo mol molasses mold molded molding moldova mole molecular molecule mollie molly
molotov molten mom moment momentarily momentary momentous momentum momma mommy mon mona monaco monarch monarchy
monastery monastic monday monet monetary money mongolia mongolian monica moniker monique monitor monitoring monk monkey
mono monochrome monogram monograph monolithic monologue monopoly monoxide monroe mons monsieur monsoon monster monstrous
montage montana monte montenegro monterey montgomery month monthly montreal monty monument monumental moo mood moody
moon moonlight moor moore moose moot mop moral morale morality morally morals moratorium moray morbid more moreover
morgan morgue morley mormon mormons morn morning moroccan morocco moron morph morphine morphological morphology morris
morrison morrow morse mortal mortality mortar mortgage mortimer morton mortuary mosaic moscow moses mosque mosquito moss
most mostly mosul mot motel moth mother motherfucker motherhood motherland motif motion motivate motivated motivating
motivation motivational motive motley motor motorbike motorcycle motoring motorist motorized motorway mott motto mould
mound mount mountain mountainous mounted mounting mourn mourning mouse moustache mouth mouthful mouthpiece movable move
moved movement mover movie moving mow mower mozambique mozart mozzarella mph mps mri mrna mrs msc msg mubarak much muck
mucus mud muddy muffin muffled mug muhammad muir mulberry mule muller mulligan multicultural multiculturalism
multilateral multilingual multimedia multinational multiple multiplication multiplied multiplier multiply multitude mum
mumbai mummy munch mundane munich municipal municipality munro mural murder murdered murderer murderous murdoch muriel
murky murphy murray mus musa muscle muscular muse museum mushroom music musical musically musician musk muslim mussolini
must mustache mustang mustard muster mutant mutation mute muted mutilated mutilation mutiny mutton mutual mutually
muzzle mvp myanmar myra myriad myrna myron myrtle mysterious mysteriously mystery mystic mystical mysticism mystique
myth mythic mythical mythological mythology nab nacho nada nadia nadine nafta nag nagging nail nairobi naive naked name
nameless namely names namesake namibia naming nan nancy nanette nanjing nannie nanny nanotechnology naomi nap napa
napier napkin naples napoleon napoli napping narcissism narcissistic narcotic narration narrative narrator narrow
narrowed narrowing narrowly nasa nasal nascent nasdaq nash nashville nassau nasser nasty natal natalia natalie natasha
nathan nathaniel nation national nationalism nationalist nationalistic nationality nationally nationwide native nativity
nato natural naturalist naturally nature naughty nausea nauseous nautical navajo naval nave navigate navigation
navigator navy nay nazareth nazi nazism neal near nearby nearer nearest nearly neat neatly nebraska nebula nec
necessarily necessary necessity neck necklace nectar ned nee need needed needle needless needlessly needs needy
nefarious negative negatively negativity neglect neglected negligence negligent negligible negotiable negotiate
negotiation negotiator negro nehru neighbor neighborhood neighboring neighbour neighbourhood neil neither nelda nell
nellie nelson nemesis neo neoliberal neon neonatal nepal nepali nephew neptune nerd nero nerve nerves nervous nervously
nervousness ness nest nestled net netball netherlands netted nettie netting network neumann neural neurological
neurologist neurology neuron neuronal neuroscience neurotic neutral neutrality neutralize neutron neva nevada never
nevertheless new newark newbie newborn newcastle newcomer newfound newfoundland newly newman newport news newsletter
newspaper newsroom newt newton next nexus ngo niagara nib nicaragua nice nicely niche nicholas nichole nick nickel
nickelodeon nickname nickolas nicolas nicole nicotine niece nielsen nietzsche nifty niger nigeria nigerian nigh night
nightclub nightfall nightingale nightlife nightly nightmare nighttime nih nike nikki nil nile nimble nina nine nineteen
nineteenth nineties ninety ninja ninth nip nipple nirvana nissan nit nita nitrate nitrogen nix nixon nmr noaa noah nobel
nobility noble nobleman nobody nocturnal nod nodding node noe noel noemi noise noisy nola nolan nomad nomadic
nomenclature nominal nominally nominate nominated nomination nominee non nona none nonetheless nonexistent nonfiction
nonlinear nonprofit nonsense nonstop nonviolent noodle nook noon nora norbert nordic noreen norfolk norm norma normal
normalize normally norman normandy normative norris norse north northampton northbound northeast northeastern northern
northumberland northward northwest northwestern norway norwegian nose nosed nostalgia nostalgic not notable notably
notary notation notch notched note notebook noted noteworthy nothing notice noticeable noticeably noticed notification
notify notion notoriety notorious notoriously notwithstanding noun nourishment nov nova novel novelist novella novelty
november novice now nowadays nowhere nozzle npc nra nrc nrl nsa nsf nsw nuance nuclear nucleotide nucleus nude nudge
nudity nugget nuisance nuke null numb number numbering numbers numeric numerical numerous nun nuremberg nurse nursery
nursing nurture nut nutmeg nutrient nutrition nutritional nutritious nuts nutshell nutty nylon nyse oak oakland oakley
oasis oates oath oatmeal obama obedience obedient obese obesity obey obi obituary object objection objectionable
objective objectively objectivity obligated obligation obligatory oblige obliged oblique obliterated oblivion oblivious
obnoxious obscene obscure obscurity observable observance observant observation observational observatory observe
observed observer observing obsessed obsession obsessive obsolete obstacle obstetrics obstruct obstruction obtain
obtainable obtuse obvious obviously occasion occasional occasionally occasions occult occupancy occupant occupation
occupational occupied occupy occur occurrence ocean oceanic oct octane octave october octopus oculus odd oddly odds ode
odell odessa odin odor odyssey ofelia off offence offend offended offender offending offense offensive offer offering
office officer official officially officiating offset offshore offside offspring oft often oftentimes ogden ogre ohio
ohm oil oiled oily okay okinawa oklahoma ola old older olfactory olga olive oliver olivia olivier ollie olympia olympian
olympic olympics olympus omaha oman omar ombudsman omega omen ominous omission omit omnibus once oncology oncoming one
ongoing onion online only ono onset onslaught onstage ontario onward onwards ooh opal opaque opec open opened opener
opening openly openness opera operate operating operation operational operations operative operator ophelia opinion
opium opponent opportunistic opportunity oppose opposed opposing opposite opposition oppressed oppression oppressive ops
opt optic optical optics optimal optimism optimist optimistic optimization optimize optimum option optional opus ora
oracle oral orally orange orb orbit orbital orchard orchestra orchestral orchestrated orchid ordained ordeal order
ordered ordering orderly ordinance ordinarily ordinary ordination ordnance ore oregon organ organic organically
organisation organisational organise organised organiser organism organization organizational organize organized
organizer organs orgasm orgy orient oriental orientation oriented origin original originality originally originate orion
orlando orleans ornament ornamental ornate orphan orphanage orphaned orr ortega orthodox orthodoxy orthopedic orville
orwell osaka osborne oscar osha osiris oslo ostensibly ostrich oswald otc other otherwise otis ottawa otter otto ottoman
ounce out outage outback outbound outbreak outburst outcast outcome outcry outdated outdoor outdoors outer outfield
outfielder outfit outflow outgoing outing outlandish outlaw outlawed outlet outline outlined outlook outlying outpatient
outperform outpost output outrage outraged outrageous outreach outright outset outside outsider outskirts outspoken
outstanding outward outwardly outweigh oval ovarian ovation oven over overall overboard overcast overcome overdose
overdrive overdue overflow overflowing overgrown overhaul overhead overheating overland overlap overlapping overlay
overload overloaded overlook overlooked overlooking overlord overly overnight overpriced override overriding overrun
overseas oversee oversight oversized overt overtake overtaking overthrow overtime overtly overture overturn overturned
overuse overview overweight overwhelm overwhelming overwhelmingly owe owen owens owing owl own owned owner ownership
oxford oxidation oxidative oxide oxygen oyster ozone pablo pac pace pacific pacifist pacing pack package packaged
packaging packed packer packet packing pact pad padded padding paddle paddock paddy padre pagan page pageant paid paige
pain paine painful painfully painless pains paint paintball painted painter painting pair paired pairing paisley
pakistan pakistani pal palace palatable palate pale palermo palestine palestinian palette palladium pallet palliative
palm palmer palpable palsy pam pamela pamphlet pan panama pancake pancreas pancreatic panda pandemic pandora pane panel
pang panic panicked panorama panoramic pant pantheon panther pantomime pantry pants pap papa papacy papal paper
paperback papers paperwork papua par para parable parachute parade paradigm paradise paradox paragon paragraph paraguay
parallel paralysis paralyzed paramedic parameter paramilitary paramount paranoia paranoid paranormal paraphrase parasite
parasitic parcel parchment pardon parent parental parenthood paris parish parisian parity park parked parker parking
parkinson parkland parks parkway parliament parliamentary parlor parlour parmesan parochial parody parole parr parrish
parrot parry parsley parsons part partake parted partial partially participant participate participating participation
participatory particle particular particularly particulate parting partisan partition partly partner partnership
partridge parts party pas pasadena pascal pasha pass passage passenger passer passing passion passionate passionately
passive passively passover passport password past pasta paste pasted pastel pastime pastor pastoral pastry pasture pat
patch patched patchwork patent patented paternal paternity paterson path pathetic pathfinder pathogen pathological
pathologist pathology pathway patience patient patiently patio patriarch patriarchal patriarchy patrica patrice patricia
patrick patriot patriotic patriotism patrol patron patronage patsy pattern patterned patti patty paul paula paulette
pauline pause pave paved pavement pavilion paving paw pawn pax paxton pay payable payback paycheck payday payer paying
payload payment payoff payroll pbs pct pea peabody peace peaceful peacefully peacekeeping peacetime peach peacock peak
peaked peanut peanuts pear pearl pearlie peasant peat pebble peck peculiar pedagogical pedagogy pedal peddling pedestal
pedestrian pediatric pediatrician pediatrics pedigree pedophile pedophilia pedro pee peeing peek peel peeled peeling
peep peer peg pegasus peggy pei peking pelican pellet pelvic pelvis pembroke pen penal penalty penance penchant pencil
pendant pending pendulum penelope penetrate penetrating penetration penguin penicillin peninsula penis penitentiary penn
pennsylvania penny pensacola pension pentagon penthouse penultimate people peoples peoria pep pepper peppermint
pepperoni pepsi peptide perceive perceived percent percentage percentile perception perch percussion percy perennial
perfect perfected perfection perfectly perforated perform performance performer performing perfume perhaps peril
perilous perimeter period periodic periodical periodically peripheral periphery perish perjury perk perm permanent
permanently permian permissible permission permit peroxide perpendicular perpetrator perpetual perpetually perpetuate
perplexed perry persecution perseverance persia persian persist persistence persistent persistently person persona
personal personalised personality personalized personally personnel perspective persuade persuasion persuasive perth
pertinent peru peruvian pervasive perverse pervert perverted pes peshawar pesky peso pessimistic pest pesticide pet
petal pete peter petersburg petite petition petra petrol petroleum petting petty pew phantom pharaoh pharma
pharmaceutical pharmacist pharmacology pharmacy phase phd pheasant phenomenal phenomenon phenotype phi phil philadelphia
philanthropic philanthropist philanthropy philharmonic philip philippine philippines phillip philosopher philosophical
philosophy phobia phoebe phoenix phone phonetic phony phosphate phosphorus photo photograph photographer photographic
photography photon photosynthesis photovoltaic phrase phyllis physical physically physician physicist physics
physiological physiology physique pia pianist piano piazza pic picasso piccolo pick picket picking pickle pickled pickup
picky picnic pictorial picture pictured picturesque pie piece pied piedmont pier pierce pierced piercing pierre piety
pig pigeon piggy pigment pike pile piles pilgrim pilgrimage piling pill pillar pillow pilot piloting pimp pin pinball
pinch pinched pine pineapple ping pink pinky pinnacle pinning pinot pinpoint pint pinto pioneer pious pip pipe pipeline
piper piping piracy pirate pisa piss pissed pissing pistol piston pit pita pitch pitched pitcher pitchfork pitching
pitiful pitt pitted pitting pittsburgh pity pivot pivotal pixel pixie pizza place placebo placed placement placenta
placid plagiarism plague plaid plain plainly plaintiff plan planar planck plane planet planetary plank plankton planned
planner planning plant plantation planted planter planting plaque plasma plaster plastered plastic plat plate plateau
platform plating platinum plato platonic platoon platter plausible play playable playback playbook playboy played player
playful playground playhouse playing playlist playoff playtime playwright plaza plea plead pleading pleasant pleasantly
please pleased pleasing pleasurable pleasure pledge pledged pleistocene plenary plentiful plenty plethora plight plot
plotted plough plow ploy pluck plucked plug plugged plum plumber plumbing plume plump plunder plunge plural plurality
plus plush pluto plutonium ply plymouth plywood pms pneumatic pneumonia poaching pocket pod podcast podium poe poem poet
poetic poetry poignant point pointed pointer pointless poise poised poison poisoning poisonous poke poker poking pol
poland polar polaris polarity polarization pole police policeman policy polio polish polished polishing polite politely
political politically politician politico politics polk polka poll pollard pollen pollock polls polluted pollution polly
polo polyester polygamy polygon polymer polynomial polytechnic pom pompeii pompey pompous pond ponder pondering pong
pontiac pony ponytail poodle pool poop poor poorly pop popcorn pope poplar popping poppy populace popular popularity
popularly populated population populism populist populous porcelain porch pore pork porn porno pornographic pornography
porous porridge port portable portage portal porte porter portfolio portion portland porto portrait portray portrayal
portrayed portraying portsmouth portugal portuguese pose posed poseidon posh posing position positional positioning
positive positively positivity posse possess possessed possession possessive possibility possible possibly post postage
postal postcard postcode postdoctoral posted poster posterior postgraduate posting postman postmaster postmodern
postpone postponement posture postwar pot potassium potato potency potent potential potentially potion potomac potter
pottery potty pouch poultry pound pounding pour pouring poverty pow powder powdered powell power powered powerful
powerfully powerhouse powerless pox ppp practical practically practice practiced practise practised practitioner
pragmatic prague prairie praise praising prank pray prayer prc preach preacher preaching precarious precaution
precedence precedent preceding precinct precious precipitation precise precisely precision preclude precursor predator
predatory predecessor predetermined predicament predict predictable predictably prediction predictive predictor
predominant predominantly preface prefect prefecture prefer preferable preferably preference preferential preferred
prefix pregnancy pregnant prehistoric prejudice prejudiced preliminary prelude premature prematurely premier premiere
premiership premise premises premium prenatal prentice preoccupied prep prepaid preparation preparatory prepare prepared
preparedness preposterous prerequisite prerogative presbyterian preschool prescott prescribe prescribed prescription
preseason presence present presentation presenter presently preservation preserve preserved preserves presidency
president presidential presley press pressed pressing pressure prestige prestigious preston presumably presume
presumption pretend pretended pretending pretense pretentious pretext pretoria pretty prevail prevailing prevalence
prevalent prevent preventable preventative prevention preventive preview previous previously prey price priceless pricey
pricing prick prickly pride priest priesthood prima primal primarily primary primate primates prime primed primer
primitive primordial prince princess princeton principal principally principle principled print printer printing prior
prioritize priority priory priscilla prism prison prisoner pristine privacy private privately privatisation
privatization privilege privileged privy prize pro proactive probability probable probably probate probation probe
probing problem problematic procedural procedure proceed proceeding proceedings proceeds process processed processing
procession processor proclaim proclaimed proclamation proctor procure procurement prod prodigy produce producer product
production productive productivity prof profanity professed profession professional professionalism professionally
professor proficiency proficient profile profiling profit profitability profitable profits profound profoundly progeny
progesterone prognosis program programme programmer programming progress progression progressive progressively prohibit
prohibited prohibition project projected projectile projecting projection projector proliferation prolific prologue
prolong prolonged prom promenade prometheus prominence prominent prominently promise promising promo promote promoter
promotion promotional prompt prompting promptly prone pronoun pronounce pronounced pronunciation proof prop propaganda
propagate propagation propane propel propeller propensity proper properly property prophecy prophet prophetic prophets
proponent proportion proportional proportionate proposal propose proposition proprietary proprietor props propulsion
prose prosecute prosecution prosecutor prospect prospective prospectus prosper prosperity prosperous prostate prosthetic
prostitute prostitution protagonist protect protected protecting protection protective protector protein protest
protestant protester proto protocol proton prototype protracted protruding proud proudly prove proved proven provenance
provence proverb proverbial proverbs provide providence provider province provincial provision provisional provisions
provocation provocative provoke provoked provoking provost prowess proximal proximity proxy prudence prudent prudential
pruning prussia prussian pry psa psalm psalms pseudo pseudonym psi pst psyche psychedelic psychiatric psychiatrist
psychiatry psychic psycho psychoanalysis psychological psychologically psychologist psychology psychopath psychosis
psychotherapy psychotic ptsd pub puberty pubic public publication publicist publicity publicized publicly publish
published publisher publishing puck pudding puddle pueblo puff puffy pug puke pulitzer pull pulling pullman pulmonary
pulp pulpit pulse puma pump pumped pumpkin pun punch punctuation puncture pundit punish punishable punished punishing
punishment punitive punjab punjabi punk punt punter pup pupil puppet puppy purcell purchase purchaser purchasing pure
purely purgatory purge purification purify puritan purity purple purpose purposeful purposefully purposely purse
pursuant pursue pursued pursuing pursuit pus push pushing pushy puss pussy put putin putt putting puzzle puzzled
puzzling pvc pyongyang pyramid python qaeda qatar qin qing quack quad quadrant quadruple quail quaint quake quaker
qualification qualified qualifier qualify qualifying qualitative quality quantify quantitative quantity quantum
quarantine quark quarrel quarry quart quarter quarterback quarterly quartermaster quarters quartet quartz quasi quay
quebec queen queens queensland queer quell quentin query quest question questionable questioning questionnaire queue
quick quicker quickest quickly quid quiet quietly quill quilt quincy quintessential quinton quirk quirky quit quite
quits quiz quorum quota quotation quote quran rabbi rabbit rabble rabid rabies raccoon race racecourse racer racetrack
rachael rachel rachelle racial racially racing racism racist rack racket racking rad radar radial radiance radiant
radiating radiation radiator radical radically radio radioactive radiology radiotherapy radius rae raf rafael raffle
raft rag rage ragged raging raid raider raiding rail railing railroad rails railway rain rainbow rainfall rainforest
raining rainwater rainy raise raised raisin raising raj raja rake raleigh rally rallying ralph ram rama ramadan rambling
ramiro ramon ramona ramp rampage rampant rana ranch rancher rand randal randall randi randolph random randomized
randomly randy range ranger ranging rank ranked rankin ranking ransom rant ranting rap rape raped raphael rapid rapidly
rapist rapper rapport raptor rapture raquel rare rarely rarity ras rascal rash rasmussen raspberry rat ratchet rate
rates rather ratification ratified rating ratio ration rational rationale rationality rationally rationing rattle
rattled rattling raul ravaged rave raven ravine raving raw ray raymond razor rbi rcmp reach reaching react reaction
reactionary reactive reactor read readable reader readership readily readiness reading ready reagan real realisation
realise realised realism realist realistic realistically reality realization realize realized really realm realtor
realty reap reaper reappear rear rearing rearrange reason reasonable reasonably reasoned reasoning reassurance reassure
reassured reassuring reba rebate rebecca rebekah rebel rebellion rebellious rebirth reboot reborn rebound rebuild
rebuilding rebuke rebuttal recall recap recapture receipt receipts receive received receiver recent recently reception
receptionist receptive receptor recess recession recharge recipe recipient reciprocal reciprocity recital recite
reckless reckon reckoning reclaim reclaimed reclamation recognise recognised recognition recognizable recognize
recognized recoil recollection recommend recommendation reconcile reconciled reconciliation reconnaissance reconsider
reconstruct reconstructed reconstruction record recorded recorder recording recount recourse recover recovered
recovering recovery recreate recreation recreational recruit recruiter recruitment rectangle rectangular rectify rector
recurrence recurrent recurring recycle recycling red redding reddish redeem redeemed redeemer redeeming redefine
redemption redesign redevelopment redhead redirect redistribution redneck redo redress reduce reduced reducing reduction
redundancy redundant redwood reed reef reel reelection ref refer referee reference referenced referendum referral refill
refine refined refinement refinery refining reflect reflected reflecting reflection reflective reflector reflex reform
reformation reformed reformer refrain refresh refreshed refreshing refrigerated refrigeration refrigerator refuge
refugee refund refurbishment refusal refuse refute regain regaining regal regard regardless regency regenerate
regeneration regent reggae reggie regime regimen regiment regimental regina reginald region regional register registered
registrar registration registry regression regret regrets regroup regular regularity regularly regulate regulated
regulating regulation regulator regulatory rehabilitate rehabilitation rehearsal reich reid reign reigning reimburse
reimbursement rein reincarnation reindeer reinforce reinforced reinforcement reinstate reinvent reissue reiterate reject
rejected rejection rejoice rejoin relapse relate related relation relational relations relationship relative relatively
relativity relax relaxation relaxed relaxing relay release releasing relegation relentless relentlessly relevance
relevant reliability reliable reliably reliance reliant relic relief relieve relieved reliever religion religious
religiously relinquish relish relive reload relocate relocated relocation reluctance reluctant reluctantly rely rem
remain remainder remaining remains remake remark remarkable remarkably rematch rembrandt remedial remediation remedy
remember remembering remembrance remind reminder reminiscent remission remit remnant remorse remote remotely removable
removal remove removed remuneration rena renaissance renal rename render rendering rendezvous rendition rene renee
renegade renew renewable renewal renewed renewing reno renounce renovate renovation renown renowned rent rental renting
reopen reorganization reorganized rep repair repatriation repay repayment repeal repeat repeated repeatedly repeating
repel repent repentance repertoire repetition repetitive replace replacement replacing replay replenish replica
replicate replication reply report reported reportedly reporter reporting repository represent representation
representative represented repressed repression repressive reprint reproduce reproduction reproductive reptile republic
republican repulsive reputable reputation request requested requiem require required requirement requisite reread res
resale rescue rescued research researcher resemblance resemble resent resentment reservation reserve reserved reserves
reservoir reset resettlement reside residence residency resident residential residual residue resign resignation
resilience resilient resin resist resistance resistant resistor resolute resolution resolve resolved resolving resonance
resonant resonate resort resounding resource resourceful respect respectable respected respectful respectfully
respective respectively respects respiration respiratory respite respond respondent response responsibility responsible
responsibly responsive responsiveness rest restart restaurant rested restitution restless restoration restore restrain
restrained restraint restrict restricted restricting restriction restrictive restroom restructure result resultant
resume resumption resurgence resurrect resurrection ret retail retailer retailing retain retained retainer retake
retaliate retaliation retard retarded retention rethink retina retinal retire retired retirement retiring retract
retracted retreat retreated retribution retrieval retrieve retro retrograde retrospect retrospective return returning
reuben reunification reunion reunite reusable reuse rev reva revamp reveal revealing revel revelation revenge revenue
revere revered reverence reverend reversal reverse reversed reversible revert review reviewer revise revised revising
revision revisit revival revive revived reviving revoke revolt revolting revolution revolutionary revolve revolved
revolver revue reward rewarding rewind rewrite rewriting rex reyes reynaldo reynolds rhapsody rhea rhetoric rhetorical
rheumatoid rhine rhino rhoda rhodes rhodesia rhonda rhyme rhythm rhythmic rib ribbon ricardo rice rich richard richards
richardson riches richly richmond richness rick rickey rickie ricky rico rid riddle riddled ride rider ridge ridicule
ridiculous ridiculously riding ridley rife riff rifle rift rig rigged rigging right righteous righteousness rightful
rightfully rightly rigid rigoberto rigor rigorous rigorously riley rim ring ringer ringing rings rink rinse rio riot
rioting rip ripe ripped ripper ripping ripple rise risen rising risk risky rita rite ritual ritz rival rivalry river
rivera riverside riviera riyadh rna roach road roadblock roads roadside roadway roam roanoke roar roaring roast roasted
roasting rob robber robbery robbie robbins robe robert roberta roberto roberts robertson robin robinson robot robotic
robotics robust robyn roc rocco rochelle rochester rock rockefeller rocker rockers rocket rockford rockies rockwell
rocky rod rodent rodeo roderick rodger rodgers rodney rodolfo rodrigo roe rogelio roger rogers rogue roi roland rolando
role rolf roll rolled roller rolling rom roma roman romance romania romanian romans romantic romantically rome romeo ron
ronald ronda rondo ronnie roof roofing rooftop rook rookie room roommate rooms roosevelt roost rooster root rooted
rooting roots rope roper rory rosa rosalie rosalind rosalinda rosalyn rosanne rosario rosary roscoe rose roseann rosella
rosemarie rosemary rosetta rosie roslyn ross roster roswell rosy rot rotary rotate rotated rotation rotational roth
rothschild rotor rotten rotterdam rotting rouge rough roughly roulette round roundabout rounded rounder rounding
roundtable roundup rouse rousseau rout route router routine routinely roux rover row rowan rowdy rower rowing roxanne
roxie roy royal royalty royce rpm rub rubber rubbing rubbish rubble ruben ruby rudd rudder ruddy rude rudimentary
rudolph rudy rue ruff rufus rug rugby rugged ruin ruined ruining rule ruled ruler ruling rum rumble rumor rumour rump
run runaway rundown rune rung runner running runoff runway rupee rupert rupture rural rus ruse rush rushed rushing
russel russell russia russian rust rustic rusty rut ruth rutherford ruthie ruthless rwanda ryan rye sabbath saber sabine
sabotage sabre sabrina sac sack sacked sacking sacrament sacramento sacred sacrifice sacrificial sad saddam saddle sadie
sadistic sadly sadness safari safe safeguard safely safety saffron sag saga sage sahara saharan sahib said saigon sail
sailing sailor saint sake salaam salad salah salary sale salem sales salesman salient salim saline salisbury saliva
sallie sally salmon salmonella salon saloon salsa salt salted saltwater salty salute salvador salvage salvation
salvatore salzburg sam samantha samaritan samba same sami sammie sammy samoa sample sampler sampling samson samuel
samurai sana sanchez sanction sanctioned sanctity sanctuary sand sandbox sandra sands sandstone sandwich sandy sane sang
sanitary sanitation sanity sanskrit santa santiago santos sap sapphire sara sarah sarajevo sarasota saratoga sarcasm
sarcastic sargent sari sas sash sasha saskatchewan sassy sat satan satanic satellite satin satire satirical satisfaction
satisfactory satisfied satisfy satisfying saturated saturation saturday saturn sauce saucepan saucer saudi saul sauna
saundra sausage savage savannah save saved saver saving savings savior saviour savory savoy savvy saw sawyer sax saxon
saxophone say saying scaffold scaffolding scale scaled scaling scalp scam scan scandal scandalous scandinavia
scandinavian scanner scanning scant scapegoat scar scarce scarcely scarcity scare scarecrow scared scarf scarlet scarred
scary scatter scattered scattering scavenger scenario scene scenery scenic scent scented sceptical schedule scheduled
scheduling schema schematic scheme scheming schiller schism schizophrenia schizophrenic schmidt scholar scholarly
scholarship scholastic school schoolboy schoolgirl schooling schooner schulz science scientific scientifically scientist
scientology scion scissors sclerosis scoop scooter scope scorched scorching score scoreboard scoreless scorer scores
scoring scorn scorpio scorpion scot scotch scotland scots scotsman scott scottish scotty scourge scout scouting scrabble
scramble scrambled scranton scrap scrape scraping scrappy scraps scratch scratching scream screaming screeching screen
screening screenplay screenwriter screw screwdriver screwing scribe scrimmage script scripted scripture scroll scrub
scrubbed scrubbing scrubs scrum scrutiny scuba sculpted sculptor sculpture scum sea seaboard seafood seagull seal sealed
sealing seam seaman seamless sean search searching seaside season seasonal seasonally seasoned seasoning seat seatbelt
seated seating seats seattle seawater seaweed sebastian sec secession secluded second secondary secondhand secondly
secrecy secret secretariat secretary secretion secretive secretly sect sectarian section sectional sector secular
secularism secure securely security sedan sedentary sediment sedimentary sedition seduce seduction seductive see seed
seeded seeing seek seeker seeking seem seeming seemingly seer segment segmentation segmented segregated segregation
seine seismic seize seizing seizure seldom select selected selection selective selectively selector selena self selfish
selfishness selfless sell seller sellers selling selma semantic semantics semblance semen semester semi semiconductor
semifinal seminal seminar seminary semitic sen senate senator send sender sending seneca senegal senior seniority sens
sensation sensational sense sensed senseless sensibility sensible sensing sensitive sensitivity sensor sensory sensual
sent sentence sentient sentiment sentimental sentinel sentry seoul sep separate separated separately separation
separatist sepsis sept september septic sequel sequence sequential serb serbia serbian serena serene serenity serge
sergeant sergio serial series serious seriously seriousness sermon serotonin serpent serpentine serum servant serve
server service services servicing serving servitude sesame session sessions set setback seth setting settle settled
settlement settler settling setup seven sevens seventeen seventeenth seventh seventies seventy sever several severance
severe severed severely severity severn sevilla seville sew sewage seward sewer sewing sewn sex sexism sexist sexton
sexual sexuality sexually sexy seymour shabby shack shade shaded shades shading shadow shadowy shady shaft shag shaggy
shah shake shaken shaker shakespeare shaking shaky shale shallow sham shaman shambles shame shamed shameful shameless
shampoo shan shana shane shanghai shank shanna shannon shape shaped shaping shard share shared shareholder shari sharia
sharing shark sharon sharp sharpen sharpened sharper sharply sharpness sharron shatter shattered shattering shaun shauna
shave shaved shaving shaw shawl shawn shawna shay shear sheath shed shedding sheen sheena sheep sheer sheet sheffield
sheik sheikh sheila shelby sheldon shelf shelia shell shelled shelley shellfish shelling shelly shelter sheltered
shepard shepherd sheree sheri sheridan sheriff sherlock sherman sherri sherrie sherry sherwood sheryl shetland shia
shield shielded shielding shift shifter shifting shilling shin shine shingles shining shiny ship shipbuilding shipment
shipper shipping shipwreck shipyard shire shirley shirt shit shite shitting shitty shiv shiva shiver shivering shock
shocked shocker shocking shockingly shoddy shoe shoemaker shoes shook shoot shooter shooting shootout shop shopper
shopping shore shoreline short shortage shortcut shorten shortened shortening shortfall shorthand shortlist shortly
shorts shortstop shot shotgun shoulder shout shouted shouting shove shovel show showcase showdown shower showing
showroom showtime shrapnel shred shredded shrewd shrimp shrine shrink shrinking shroud shrub shrug shudder shuffle
shuffling shun shut shutdown shutout shutter shutting shuttle shy siam siberia siberian sibling sic sichuan sicilian
sicily sick sickening sickle sickly sickness side sidebar sidekick sideline sidewalk sideways siding sidney siege
siegfried siemens sierra sieve sift sigh sight sighted sighting sights sightseeing sigma sign signage signal signaling
signature signed significance significant significantly signify signing sikh silence silenced silent silently silhouette
silica silicon silicone silk silky sill silly silo silva silver silverware silvery silvia simeon similar similarity
similarly simmer simon simone simple simplicity simplify simplistic simply simpson simulate simulated simulation
simulator simultaneous simultaneously sin sinai sinatra sincere sincerely sincerity sinclair sine sinful sing singapore
singer singing single singles singleton singular singularity sinister sink sinking sinner sinus sion sioux sip sir sire
siren sirius sis sissy sister sit sitcom site sitter sitting situated situation six sixteen sixteenth sixth sixties
sixty sizable size sizeable sized sizing sizzling skate skateboard skateboarding skater skating skeletal skeleton
skeptical skepticism sketch sketchy skew skewed ski skid skier skiing skill skilled skillet skillful skim skimming skin
skincare skinned skinner skinny skip skipper skirmish skirt skit skull skunk sky skydiving skyline skyscraper slab slack
slag slain slalom slam slander slang slant slap slash slashed slashing slate slater slaughter slave slavery slavic slay
slayer slaying sleazy sled sledge sleek sleep sleeper sleeping sleepless sleepy sleeve slender slew slice sliced slicing
slick slide slider sliding slight slightly slim slime slimy sling slip slipper slippery slipping slit slogan slope
sloping sloppy slot sloth slough slovak slovakia slovenia slow slowdown slower slowest slowing slowly sludge slug
sluggish slum slumber slump slur slut sly smack smacking small smaller smallpox smart smash smashed smashing smear smell
smelling smelly smile smiley smiling smirk smith smitten smog smoke smoked smoker smoking smoky smooth smoother smoothie
smoothly smothered smug smuggle smuggled smuggling snack snag snail snake snap snapper snappy snapshot snare snatch
sneak sneaker sneaking sneaky sneeze sneezing sniff snipe sniper snippet snitch snooker snoop snoring snort snout snow
snowball snowboard snowboarding snowfall snowflake snowman snowy snp snuff snug snuggle soak soaked soaking soap soar
soaring sob sobbing sober sobriety soccer social socialism socialist socialization socialize socially societal society
socioeconomic sociological sociologist sociology sociopath sock socket socorro socrates sod soda sodium sofa sofia soft
softball soften softened softening softly software soggy soho soil sol solace solar sold solder soldier sole solely
solemn solemnly solicit solicitation solicitor solid solidarity solidified solidly solitaire solitary solitude solo
soloist solomon solstice soluble solution solve solved solvent solving som soma somali somalia somber some somebody
someday somehow someone someplace somerset sometime sometimes somewhat somewhere son sonar sonata sondra song songwriter
sonia sonic sonja sonny sonya soon sooner soot soothe soothing sophia sophie sophisticated sophistication sophomore
soprano sorcerer sorcery sore sorely soreness sorority sorrow sorry sort sorted sorting sos sought soul soulful sound
sounding soundtrack soup sour source south southbound southeast southeastern southern southward southwest southwestern
souvenir sovereign sovereignty soviet soviets sow soy soybean spa space spacecraft spaced spaceship spacing spacious
spade spaghetti spain spam span spaniard spanish spank spanking spar spare sparing sparingly spark sparkle sparkling
sparkly sparring sparrow sparse sparsely sparta spartan spat spatial spawn speak speaker speaking spear spec special
specialised specialist speciality specialization specialize specialized specially specialty species specific
specifically specification specificity specified specify specimen speck specs spectacle spectacles spectacular
spectacularly spectator specter spectral spectre spectroscopy spectrum speculate speculation speculative speech
speechless speed speeding speedway speedy spell spelling spelt spencer spend spending spent sperm sphere spherical
sphinx spice spicy spider spiegel spielberg spike spiked spill spin spinach spinal spindle spine spinner spinning spiral
spire spirit spirited spirits spiritual spirituality spiritually spit spite spitting splash splashed splashing spleen
splendid splendor splinter split splitting spock spoil spoiled spoiler spoiling spoilt spokane spoke spoken spokesman
spokesperson spokeswoman sponge sponsor sponsorship spontaneous spontaneously spoof spooky spoon sporadic spore sport
sporting sportsman sportsmanship sporty spot spotless spotlight spots spotted spotting spouse spout sprawling spray
spraying spread spreading spreadsheet spree spring springer springfield springtime sprinkle sprinkler sprint sprinter
sprite sprout spruce spur spy spying squad squadron square squared squarely squash squat squeaky squeeze squeezing squid
squire squirrel squirt squishy sse stab stabbing stability stabilization stabilize stabilized stabilizing stable stacey
staci stacie stack stacked stacks stacy stadium staff staffer stag stage staged staggering staging stagnant stagnation
stain stained staining stainless stair staircase stairs stairway stake stakeholder stakes stale stalemate stalin stalk
stalked stalker stalking stall stalling stallion stalls stamina stamp stampede stan stance stand standard
standardization standardized standby standing standoff standpoint standstill stanford stanley stanton stanza staple star
starboard starch stardom stardust stare starfish staring stark starlight starling starr starred starring starry starship
start starter starting startled startling startup starvation starve starved starving stash state stated stately
statement statesman statewide static station stationary stationery stations statistic statistical statistically
statistics statue stature status statute statutory staunch stave stay stays std stead steadfast steadily steady steak
steal stealing stealth steam steamboat steamed steamer steaming steamship steamy steel steele steep steer steering
stefanie stein steinberg steiner stella stellar stem stemmed stench step stepfather stephan stephanie stephen stephenson
stepmother steps stereo stereotype stereotypical sterile sterilization sterling stern steroid steve steven stevens
stevenson stew steward stewardship stewart stick sticker sticking sticky stiff stiffness stifle stigma still stimulant
stimulate stimulated stimulating stimulation stimulus sting stinging stingy stink stinking stinky stint stipend stir
stirred stirring stitch stitched stitching stochastic stock stocked stockholm stocking stockpile stocks stockton stoic
stoke stole stomach stomp stone stoned stoner stony stool stoop stop stoppage stopped stopper stopping stops storage
store storey storm stormy story storyline storyteller stout stove stow straight straighten straightforward strain
strained straining strait straits strand stranded strange strangely stranger strangle strangled strap strasbourg
strategic strategically strategist strategy strauss straw strawberry stray streak stream streamer streaming streamline
streamlined streep street streetcar strength strengthen strengthened strengthening strenuous stress stressed stressful
stretch stretched stretcher stretching stricken strickland strict strictly stride strife strike striker striking
strikingly string stringent stringer strings strip stripe striped stripes stripped stripper stripping strive striving
stroke stroking stroll stroller strong stronghold strongly struck structural structurally structure structured struggle
struggling strung strut stuart stub stubborn stubbs stuck stud studded student studied studio study studying stuff
stuffed stuffing stuffy stumble stump stun stung stunned stunning stunt stupid stupidity sturdy sturgeon stuttgart style
stylish stylist stylistic stylized stylus sub subclass subcommittee subconscious subdivision subdue subdued subgroup
subject subjective sublime submarine submerged submission submissive submit subordinate subpoena subscribe subscribed
subscriber subscription subsection subsequent subsequently subset subsidiary subsidized subsidy subsistence substance
substantial substantially substantive substitute substituting substitution substrate subterranean subtitle subtle
subtlety subtly subtract subunit suburb suburban subversion subversive subway succeed succeeding success successful
successfully succession successive successively successor succulent succumb such suck sucker sucking suction sudan
sudanese sudden suddenly sue suede suez suffer suffering suffice sufficiency sufficient sufficiently suffix suffocating
suffrage sugar sugary suggest suggestion suggestive suicidal suicide suisse suit suitability suitable suitably suitcase
suite suited sulfate sulfur sullivan sully sulphur sultan sum sumatra summarize summary summer summertime summit summon
summoning summons sumner sumo sumptuous sun sunday sunderland sunflower sung sunglasses sunk sunken sunlight sunni sunny
sunrise sunscreen sunset sunshine sup super superannuation superb superbly superficial superfluous superhuman
superintendent superior superiority superman supermarket supermodel supernatural supernova superpower supersonic
superstar superstition superstitious supervise supervised supervising supervision supervisor supervisory supper
supplement supplemental supplementary supplier supply supplying support supported supporter supporting supportive
suppose supposed supposedly suppress suppressed suppression supra supremacist supremacy supreme supremely sur surcharge
sure surely surf surface surfer surfing surge surgeon surgery surgical surgically surging surname surpass surpassing
surplus surprise surprised surprising surprisingly surreal surrender surrey surrogate surround surrounded surrounding
surroundings surveillance survey surveying surveyor survival survive surviving survivor sus susan susana susanna susanne
susceptibility susceptible sushi susie suspect suspected suspend suspended suspense suspension suspicion suspicious
suspiciously sussex sustain sustainability sustainable sustained sutherland suture suv suzanne suzette swag swagger
swain swallow swami swamp swan swansea swanson swap swarm swat sway swear swearing sweat sweater sweating sweats
sweatshirt swede sweden swedish sweep sweeping sweepstakes sweet sweetened sweetheart sweetie sweetly sweetness swell
swelled swelling swept swift swiftly swim swimmer swimming swimsuit swimwear swine swing swinging swipe swirl swiss
switch switching switzerland swollen swoop sword sworn sybil sydney syllable syllabus sylvester sylvia symbol symbolic
symbolism symbolize symmetric symmetrical symmetry sympathetic sympathize sympathy symphony symposium symptom
symptomatic synagogue synaptic sync synchronization synchronized synchronous syndicate syndrome synergy synod synonym
synonymous synopsis syntax synthesis synthetic syphilis syracuse syria syrian syringe syrup system systematic
systematically systemic tab tabatha tabernacle tabitha table tablespoon tablet tabletop tabloid taboo tack tackle tacky
taco tacoma tact tactic tactical tactics tactile tad taft tag tagged tahiti tai tail tailed tailgate tailor tailored
tailoring tails tainted taipei taiwan taiwanese tajikistan take takeaway takedown taken takeoff takeover taker takin
taking talbot tale talent talented taliban talisman talk talking talks tall tallahassee tally tam tamara tame tamed
tameka tami tamika tamil tammi tammie tammy tampa tampering tan tandem tang tangent tangible tangle tangled tango tania
tanisha tank tanker tanned tanner tanning tantrum tanya tanzania tao tap tape taped taper tapered tapering tapestry
taping tapped tapping taps tar tara tarantino target tariff tarmac tarot tart tarzan tasha task tasmania tasmanian taste
tasteful tasteless tasting tasty tat tate tattoo tatum tau taunting taurus tavern tax taxable taxation taxi taxing taxis
taxonomy taxpayer tay taylor tcp tea teach teacher teaching teal team teammate teamwork tear tearing tears tease teased
teaser teasing teaspoon tec tech technical technically technician technique techno technological technologically
technology tectonic ted teddy tedious tee teen teenage teenager teens teeny teeth tehran telecast telecom
telecommunication telegram telegraph telemetry telephone telescope television tell teller telling telly telugu temp
temper temperament temperance temperate temperature tempered tempest templar template temple tempo temporal temporarily
temporary tempt temptation tempting ten tenacious tenacity tenancy tenant tend tendency tender tenderness tending tendon
tenet tennessee tennis tenor tense tension tensor tent tentative tentatively tenth tenuous tenure tequila terence teresa
teri term terminal terminally terminate terminated termination terminator terminology terminus terms terrace terrain
terrance terrell terrence terrestrial terri terrible terribly terrie terrier terrific terrified terrifying territorial
territory terror terrorism terrorist terry tertiary tesla tessa test testament tested tester testify testimonial
testimony testing testosterone texan texas text textbook textile textual texture textured thaddeus thai thailand thames
thank thankful thankfully thanks thanksgiving thatcher thaw thc theater theatre theatrical theft thelma thematic theme
then thence theodore theologian theological theology theorem theoretical theoretically theorist theory therapeutic
therapeutics therapist therapy there thereafter thereby therefore therein thereof theresa therese thermal thermodynamics
thermometer thermostat thesis theta thick thickness thief thigh thin thing things think thinker thinking thinly thinner
thinning third thirdly thirst thirsty thirteen thirteenth thirties thirty thistle tho thomas thompson thomson thong thor
thoracic thorn thornton thorough thoroughly thorpe thou though thought thoughtful thousand thrash thread threaded
threads threat threaten threatened threatening three threesome threshold thrice thrift thrill thrilled thriller
thrilling thrive thriving throat throbbing throne throttle through throughout throughput throw throwback thrown thrust
thug thumb thumbnail thumping thunder thunderbolt thunderstorm thurman thursday thus thwart thwarted thyme thyroid tia
tibet tibetan tic tick ticker ticket ticking tickle tidal tide tidy tie tied tier tiered tiff tiffany tiger tigers tight
tighten tightening tightly tights tijuana tile tiled till tilt tilted tim timber time timed timeless timeline timely
timer times timetable timid timing timmy timor timothy tin tina tinder ting tingling tinker tint tiny tip tipped tire
tired tireless tirelessly tiresome tiring tissue tit titan titanic titanium title titled tito titty titus tlc tnt toad
toast toasted toaster tobacco tobago tobin toby tod today todd toddler toe tofu together toggle togo toil toilet token
tokyo toledo tolerable tolerance tolerant tolerate tolkien toll tolstoy tom tomas tomato tomb tombstone tome tommie
tommy tomography tomorrow ton tonal tone toned toner tonga tongue toni tonia tonic tonight tonne tons tony tonya too
tool toon toot tooth toothbrush toothed toothpaste top topeka topic topical topless topographic topography topology
topped topper topping tops tor torah torch tore torment tormented torn tornado toronto torpedo torque torrent torso tort
tortilla tortoise torture tortured torturing tory toss tot total totaled totalitarian totally tote totem touch touchdown
touched touching touchscreen touchy tough toughness toulon toulouse tour tourism tourist tournament tourney tours tout
tow towel tower towering town townsend township toxic toxicity toxicology toxin toy toyota trace tracer tracey traci
tracie tracing track tracked tracker tracking tract traction tractor tracy trade trademark trader trading tradition
traditional traditionally trafalgar traffic tragedy tragic tragically trail trailer trailing train trained trainee
trainer training trait traitor trajectory tram tramp trampoline trance tranquil tranquility transaction transactions
transatlantic transcend transcendental transcribed transcript transcription transfer transferable transform
transformation transformed transformer transfusion transgender transient transistor transit transition transitional
translate translation translational translator translucent transmission transmit transmitted transmitter transmitting
transnational transparency transparent transplant transplantation transponder transport transportation transporter
transverse trap trapped trapping trash trashy trauma traumatic travel traveled traveler traveling travelled traveller
travelling traverse travesty travis tray treacherous treachery tread treadmill treason treasure treasured treasurer
treasury treat treated treatise treatment treaty treble tree trek tremble trembling tremendous tremendously tremor
trench trend trendy trent trenton trespass trespassing trevor trey triad trial triangle triangular tribal tribe tribunal
tribune tributary tribute tricia trick trickle tricky trident tried trigger trillion trilogy trim trimester trimmed
trimming trina trinidad trinity trio trip triple tripod tripoli tripping trisha tristan triumph triumphant trivia
trivial trojan troll trolley trolling troop trooper troops trope trophy tropical tropics trot trouble troubled
troublesome troubling trough troupe trousers trout trove troy truce truck trucking trudy true truffle truly truman trump
trumpet trumpets truncated trunk trunks truss trust trusted trustee trusting trustworthy trusty truth truthful
truthfully try trying tsa tsar tsk tsunami tub tube tuberculosis tubing tubular tuck tucked tucker tucson tudor tuesday
tug tuition tulip tully tulsa tum tumble tumbling tummy tumor tumour tumultuous tuna tundra tune tung tungsten tunic
tuning tunis tunisia tunisian tunnel turbine turbulence turbulent turd turf turin turing turk turkey turkish turmoil
turn turnaround turned turner turning turnout turnover turnpike turquoise turret turtle tuscan tuscany tutor tutorial
tutu tuxedo twain twat tweak tweed tweet twelfth twelve twenties twentieth twenty twice twig twilight twin twinkle twins
twist twisted twister twisting twitch twitter two ty tycoon tying tyler tyne type typewriter typhoon typical typically
typing typo typography tyranny tyrant tyre tyrone tyson ubiquitous ufo uganda ugandan ugly ukraine ukrainian ukulele
ulcer ulster ultimate ultimately ultimatum ultra ultrasonic ultrasound ultraviolet ulysses umbilical umbrella ump umpire
unable unacceptable unaffected unanimous unanimously unannounced unanswered unarmed unattended unattractive unauthorised
unauthorized unavailable unavoidable unaware unbalanced unbearable unbeatable unbeaten unbelievable unbelievably
unbiased unborn unbreakable unbroken uncanny uncensored uncertain uncertainty unchanged uncharted unchecked uncle
unclean unclear uncomfortable uncomfortably uncommon uncompromising unconditional unconditionally unconfirmed
unconscious unconsciously unconstitutional uncontrollable uncontrolled unconventional uncover uncovered uncovering uncut
undated undecided undefeated undefined undeniable undeniably under underage undercover undercut underdog underestimate
undergo undergraduate underground underlying undermine underneath underside understand understandable understandably
understanding understated understatement understood undertake undertaker undertaking underwater underway underwear
underwood underworld undesirable undetected undeveloped undisclosed undiscovered undisputed undivided undo undocumented
undoing undone undoubtedly undue uneasy uneducated unemployed unemployment unequal unequivocally unesco unethical uneven
unexpected unexpectedly unexplained unfair unfairly unfaithful unfamiliar unfavorable unfinished unfit unfold unfolding
unforeseen unforgettable unforgivable unfortunate unfortunately unfounded unfriendly ungrateful unhappiness unhappy
unharmed unhealthy unheard unhinged unholy unicef unicorn unidentified unification unified uniform uniformed uniformity
uniformly unify unifying unilateral unilaterally unimaginable unimportant uninhabited uninsured unintended unintentional
unintentionally uninterested uninterrupted union unionist unique uniquely uniqueness unisex unison unit unitary unite
united uniting unity universal universally universe university unix unjust unjustified unknowingly unknown unlawful
unlawfully unleash unlicensed unlike unlikely unlimited unload unloaded unloading unlock unlocked unlucky unmanned
unmarked unmarried unmatched unmistakable unnamed unnatural unnecessarily unnecessary unnoticed unofficial unorthodox
unpack unpaid unparalleled unplanned unpleasant unpopular unprecedented unpredictable unprepared unproductive
unprofessional unprotected unpublished unqualified unquestionably unravel unreal unrealistic unreasonable unregistered
unregulated unrelated unreleased unreliable unresolved unrest unrestricted unruly unsafe unsatisfactory unscrupulous
unsecured unseen unsettled unsigned unskilled unsolicited unsolved unspeakable unspecified unspoken unstable unstoppable
unsuccessful unsuccessfully unsuitable unsure unsuspecting untenable unthinkable untimely untitled untold untouchable
untouched untrained untreated untrue unused unusual unusually unveil unveiled unveiling unwanted unwarranted unwavering
unwelcome unwell unwilling unwillingness unwind unwise unwittingly unworthy unwritten upbeat upbringing upcoming update
updating upfront upgrade upheaval uphill uphold upkeep upland uplift uplifting upload upper upright uprising uproar
upscale upset upsetting upside upstairs upstate upstream uptake uptown upward upwards uranium uranus urban urbana
urbanization urdu urge urgency urgent urgently urging urinary urine url urn ursula uruguay usa usability usable usaf
usage usda use used useful usefulness useless user usher using usps ussr usual usually utah utc ute uterine uterus
utilised utilitarian utility utilization utilize utilized utmost utopia utopian utter uttered utterly uzbekistan vacancy
vacant vacate vacation vaccinated vaccination vaccine vacuum vagina vaginal vague vaguely vain valarie vale valencia
valentine valeria valerie valet valiant valid validate validated validation validity valkyrie valley valor valuable
valuation value valued values valve vampire van vance vancouver vandalism vanderbilt vane vanessa vanguard vanilla
vanish vanished vanishing vanity vantage vapor vapour var vargas variability variable variance variant variation varied
variety various variously varnish varsity vary varying vas vascular vase vast vastly vat vatican vaughan vaughn vault
vaulted veal vector vedic veer veg vega vegan vegetable vegetarian vegetation veggie vehemently vehicle vehicular veil
veiled vein velma velocity velvet vendetta vending vendor veneer venerable venetian venezuela venezuelan vengeance
vengeful venice venom venomous vent ventilation venting ventral venture venue venus vera verb verbal verbally verbatim
verdict verge verification verified verify verifying veritable vermont vern verna vernacular vernon verona veronica
versace versailles versatile versatility verse versed version vertex vertical vertically vertigo very vessel vest vested
vet veteran veterinarian veterinary veto viability viable viagra vial vibe vibes vibrant vibrate vibration vibrator
vicar vice vicente viceroy vicinity vicious vicki vickie vicky victim victimized victor victoria victorian victorious
victory vidal video videotape vie vienna vietnam vietnamese view viewer viewers viewing viewpoint vigil vigilance
vigilant vigilante vigor vigorous vigorously vii viii viking vile villa village villain vilma vince vincent vine vinegar
vineyard vintage vinyl viola violate violated violation violence violent violently violet violin violinist vip viper
viral virgie virgil virgin virginia virginity virgo virtual virtually virtue virtuous virus visa visceral viscosity
viscount visibility visible visibly vision visionary visit visitation visiting visitor vista visual visualization
visualize visually vital vitality vitamin viva vivian vivid vividly vocabulary vocal vocalist vocation vocational vodka
vogue voice voiced voicemail voicing void volatile volatility volcanic volcano volley volleyball volt voltage voltaire
volume voluntarily voluntary volunteer vomit vomiting voodoo vortex vote voter voting vouch voucher vow vowel vox voyage
voyager vulcan vulgar vulnerability vulnerable vulture wacky waco wad wade wading wafer waffle wag wage wager wages
wagner wagon wailing wainwright waist wait waiter waiting waitress waive waiver wake waking wales walk walker walking
walkway wall wallace waller wallet wallpaper wally walnut walter walton waltz wan wand wanda wander wanderer wandering
waning wannabe want wanted wanting war ward warden wardrobe ware warehouse warfare warhead warhol warlord warm warmed
warmer warming warmly warmth warn warner warning warp warped warrant warranty warren warring warrior warsaw warship
wartime warwick wary wash washed washer washing washington wasp waste wasted wasteful wasteland wastewater wasting watch
watchdog watcher watchful watching watchman water watercolor watered waterfall waterford waterfront watergate watering
waterloo watermelon waterproof waters watershed waterway watery watson watt watts wave wavelength waving wavy wax waxed
waxing way wayne ways wayward weak weaken weakened weakening weakly weakness wealth wealthy weapon weaponry wear
wearable wearer wearing weary weasel weather weathered weave weaver weaving web webb webcam weber webpage website
webster wed wedding wedge wednesday wee weed weeds week weekday weekend weekly weep weeping wei weigh weighing weight
weighted weightlifting weir weird weirdly weirdo welch welcome welcoming weld welding welfare well wellbeing welles
wellington wellness wells welsh wembley wen wendell wendi wendy werewolf wesley wesleyan west westbound westerly western
westminster weston westside westward wet wetland whack whale wharf wharton whatever whatnot whatsoever wheat wheel
wheelchair wheeled wheeler wheeling whence whereabouts wherever whey whiff while whim whimsical whine whip whiplash
whipping whirlwind whisk whiskey whisky whisper whispered whispering whistle whistleblower whistler whistling whit white
whitehall whitehead whiteness whiting whitman whitney who whole wholeheartedly wholesale wholesome wholly whoop whopping
whore why wichita wick wicked wicker wicket wide widely widen widening widespread widow widowed widower width wield
wiener wife wifi wig wiggle wight wilbert wilbur wild wildcat wilde wilder wilderness wildfire wildlife wildly wiley
wilfred wilfredo wilkes wilkins wilkinson will willa willard willful willfully william williams willie willing willingly
willingness willis willow willpower wilma wilmington wilson wilt wilton wimbledon win winch winchester wind winding
windmill window windows windshield windsor windy wine winery wing winged winger wings winifred wink winner winnie
winning winnings winnipeg winslow winston winter wipe wire wired wireless wiring wisconsin wisdom wise wisely wish
wishful wishing wit witch witchcraft withdraw withdrawal withdrawn wither withhold withholding within withstand witness
wits witty wiz wizard wm wobble wobbly woe wolf wolfe wolff wolverine woman womb won wonder wonderful wonderfully
wondering wonderland wondrous wont woo wood wooded wooden woodland woodrow woods woodward woodwork woodworking woody
woof wool woolf woolly worcester worcestershire word wording words work workable worker workflow workforce working
workings workload workmanship workout workplace works workshop workstation world worldly worldwide worm worn worried
worry worrying worse worsen worsened worsening worship worshipped worst worth worthless worthwhile worthy wound wounded
wounding woven wow wraith wrap wrapped wrapper wrapping wrath wreath wreck wreckage wrecked wrecking wren wrench
wrenching wrestle wrestler wrestling wretched wright wrinkle wrinkled wrist writ write writer writing writings written
wrong wrongdoing wrongful wrongly wrought wto www wyatt wyoming xanax xavier xenophobia xenophobic xerox xii xiii
xinjiang xiv xmas xvi xxx yacht yahoo yak yakuza yale yam yang yangon yank yankee yard yarn yawn yawning yay yea yeah
year yearbook yearly yearning years yeast yell yelled yelling yellow yellowish yellowstone yelp yemen yemeni yen yes
yesenia yesterday yet yeti yew yiddish yield yielding yin yoga yoghurt yogi yogurt yoke yokohama yolanda yolk york
yorkshire yoruba yosemite young younger youngster youth youthful yuan yugoslav yugoslavia yukon yummy yvette yvonne
zachary zambia zeal zealand zebra zed zee zelma zen zenith zeppelin zero zest zeta zeus zhou zig zimbabwe zimmer zinc
zion zionism zionist zip zipper zodiac zombie zone zoning zoo zoological zoology zoom zulu zurich
`;
