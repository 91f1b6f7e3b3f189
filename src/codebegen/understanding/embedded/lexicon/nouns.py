"""Nouns: persons, things that are mostly fields, things that are mostly entities, and the field types they tell."""

from codebegen.understanding.embedded.lexicon import english

# Last word of a field name → type. Only nouns that say something; the rest is a plain string.
FIELD_TYPES: dict[str, str] = {
    **dict.fromkeys(
        "description body content bio biography notes summary details instructions abstract transcript about "
        "remarks feedback explanation paragraph markdown html procedure terms allergies caption lyrics essay letter".split(),  # noqa: E501
        "text",
    ),
    **dict.fromkeys("email mail".split(), "email"),
    **dict.fromkeys("phone telephone mobile fax cellphone".split(), "phone"),
    **dict.fromkeys("url website link homepage uri webpage permalink".split(), "url"),
    **dict.fromkeys("slug handle-slug".split(), "slug"),
    **dict.fromkeys("password passphrase passcode".split(), "password"),
    **dict.fromkeys("photo picture avatar image logo thumbnail banner icon cover poster".split(), "image"),
    **dict.fromkeys("file attachment pdf resume document-file cv scan-file upload".split(), "file"),
    **dict.fromkeys(
        "price rent deposit cost amount fee total subtotal balance salary budget premium discount-amount "
        "deposit-amount revenue "
        "value-amount tax wage payment-amount fare tip rent-amount income expense-amount sum prize-pool pool "
        "charge "
        "payout bonus commission turnover worth goal-amount price-amount debt money surcharge bail".split(),
        "decimal",
    ),
    **dict.fromkeys(
        "lat lon lng kilos weight height width length depth area volume distance temperature latitude longitude "
        "surface "
        "speed mass "
        "humidity pressure percentage percent ratio rate score-average average grade gpa dosage-amount estimate "
        "radius diameter voltage current power energy consumption liters litres kilometers discount hours "
        "interest rainfall altitude elevation tonnage".split(),
        "decimal",
    ),
    **dict.fromkeys(
        "mileage count quantity qty stock capacity age year rating score priority position rank ranking "
        "level-number duration "
        "size-bytes number-of seats bedrooms bathrooms floors floor pages stars credits points minutes "
        "seconds days weeks "
        "months years limit maximum minimum order-index index seed round attempts retries views likes downloads "
        "beds berths axles wheels gears doors lanes "
        "inventory servings calories odometer persons people guests participants attendees steps sets reps "
        "copies-count month places units goals wins losses draws laps rooms slots threshold progress bytes "
        "semester "
        "population kilometrage votes amount-of edition version-number downloads-count shares clicks strength "
        "kids hour-count "
        "players members-count tries openings vacancies sequence week mileage-count lap".split(),
        "integer",
    ),
    **dict.fromkeys("date birthday deadline birthdate dob expiry expiration anniversary day since".split(), "date"),
    **dict.fromkeys("timestamp datetime moment".split(), "datetime"),
    **dict.fromkeys("time".split(), "datetime"),
    **dict.fromkeys("hour".split(), "time"),
    **dict.fromkeys("flag boolean".split(), "boolean"),
    **dict.fromkeys("status state type kind".split(), "string"),
    **dict.fromkeys("coordinates geolocation gps".split(), "geo"),
    **dict.fromkeys("metadata payload settings preferences configuration config json".split(), "json"),
    **dict.fromkeys("amenities ingredients-list keywords languages".split(), "list"),
}
# Participles and adjectives that, alone, are yes or no.
BOOLEAN_WORDS = frozenset(
    "active archived available banned blocked cancelled checked-in completed confirmed default deleted done "
    "enabled "
    "disabled explicit featured finished hidden locked online paid pinned private public published read recurring "
    "remote required resolved sold sunny verified visible vegetarian vegan spicy urgent adopted acknowledged "
    "correct "
    "approved billable shared returned signed fragile refundable mandatory subscribed open closed taxable favorite "
    "furnished insured fulltime internal external anonymous flagged processed shipped delivered seen premium-flag "
    "present late absent sick pregnant neutered vaccinated sterilized waterproof perishable organic "
    "in-stock sponsored edited draft-flag muted starred rented reserved occupied used "
    "international wheelchair-accessible accessible pet-friendly vip unlimited".split()
)
# Nouns that name a property of something else; on their own they are fields, not entities.
ATTRIBUTES = frozenset(
    "name title first-name last-name surname firstname lastname nickname username fullname status state type "
    "kind stage code "
    "color colour size gender sex species breed brand make model plate nationality country city state "
    "province region street "
    "address zip postcode zipcode postal label subject headline reason message text question answer-text unit "
    "value symbol "
    "currency language locale timezone isbn sku barcode ean upc iban bic vat vin serial reference number id "
    "identifier key slug "
    "position level difficulty condition severity role material dosage medication diagnosis specialty "
    "specialization "
    "profession occupation job-title industry sector method technique source destination origin shelf aisle "
    "row seat-number hash token emoji color-code format genre-name mime-type location place venue memo payee "
    "nick tagline subtitle "
    "excerpt isrc orcid hypothesis purpose cause quality crop variety soil frequency symptom symptoms temperature "
    "headcount visibility privacy remark remarks expiration validity warranty signature initials degree major "
    "due-date deadline percentage motto slogan rule-text instruction prize period topic-name product-name "
    "surname forename middle-name prefix suffix honorific version theme topic circumstances outcome result "
    "conclusion village town county continent district neighborhood".split()
) | frozenset(FIELD_TYPES)
# Alone, these name the moment at which something begins or ends.
BARE_MOMENTS = frozenset("start started end ended beginning ending from to until till arrival departure".split())
# Fields whose values are usually a closed list.
ENUM_NOUNS = frozenset(
    "status state type kind stage role level priority category gender sex condition difficulty size severity "
    "visibility method mode phase tier plan frequency currency unit color privacy scope grade language source "
    "direction result outcome reason soil quality class format species membership channel season day rank".split()
)
# Fields that come later in the life of a row, or that people leave out.
LATER = frozenset("bio biography notes note memo avatar remark remarks photo picture nickname about".split())
OUTCOME = frozenset(
    "closed returned finished ended completed delivered cancelled resolved paid approved rejected harvested "
    "shipped "
    "edited checked-out published archived deleted acknowledged refunded reviewed signed processed confirmed "
    "accepted answered read seen banned verified last-seen last-login last-used exited left discharged expired".split()
)

PERSONS = frozenset(
    "shipper companion merchandiser underwriter timekeeper newcomer buddy rep "
    "astronomer juror astronaut geologist biologist chemist physicist archaeologist economist journalist cyclist "
    "user admin administrator member customer client owner author student teacher instructor trainer coach "
    "employee "
    "manager staff doctor patient nurse vet veterinarian dentist receptionist librarian driver guide visitor guest "
    "organizer organiser attendee participant moderator editor reviewer buyer seller vendor agent broker tenant "
    "landlord host candidate recruiter applicant lawyer accountant cashier waiter chef chief cook courier dispatcher "
    "operator technician mechanic engineer scientist researcher professor lecturer tutor mentor mentee parent "
    "child "
    "volunteer donor sponsor supplier-contact contact person people speaker player referee artist musician singer "
    "actor director photographer subscriber follower listener viewer reader writer freelancer contractor worker "
    "supervisor inspector auditor adjuster insurer policyholder farmer gardener breeder handler coordinator "
    "curator "
    "boss hr superadmin superuser principal pharmacist therapist psychologist physiotherapist assistant secretary "
    "clerk officer warden janitor caretaker passenger pilot captain crew steward traveler traveller renter lender "
    "borrower learner pupil examiner grader juror judge attorney notary resident citizen voter taxpayer creator "
    "contributor collaborator maintainer developer tester designer analyst consultant salesperson shopper "
    "hairdresser stylist barber beautician masseur climber runner cyclist swimmer hiker skipper sailor "
    "angler hunter ranger keeper zookeeper lifeguard bartender barista baker butcher brewer florist grower "
    "tailor planner "
    "assignee reporter sender recipient uploader requester approver helper babysitter nanny neighbour "
    "neighbor friend "
    "colleague leader foreman builder plumber electrician carpenter packer picker storekeeper shopkeeper "
    "merchant retailer wholesaler dealer trader investor borrower-contact payer payee-person teller banker "
    "chairperson "
    "president treasurer beneficiary respondent interviewer interviewee trainee apprentice intern graduate alumnus "
    "facilitator chairman delegate representative observer spectator competitor contestant athlete racer jockey "
    "scorer umpire umpire commentator scout hostess cleaner housekeeper bellboy concierge doorman porter guard "
    "detective policeman fireman firefighter paramedic surgeon midwife caregiver carer optician translator "
    "interpreter "
    "publisher narrator podcaster streamer blogger vlogger influencer fan shareholder partner associate dj rider".split()  # noqa: E501
)

# Persons that stand for whoever did something; they name a relation and not a kind of account.
RELATIONAL_PERSONS = frozenset(
    "author creator owner reporter assignee reviewer uploader sender recipient requester approver writer submitter "
    "poster initiator commenter receiver holder follower".split()
)
# Persons who run a place: what they make is not theirs.
STAFF = frozenset(
    "admin administrator manager staff employee librarian receptionist clerk dispatcher operator superadmin "
    "secretary assistant officer curator "
    "supervisor moderator hr boss caretaker coordinator director registrar storekeeper technician editor_in_chief principal scheduler".split()  # noqa: E501
)
# What users see of each other; reporting it is a complaint about it.
CONTENT = frozenset(
    "tweet post comment user review photo picture video message listing profile article story answer question thread recipe image ad reply track".split()  # noqa: E501
)
# Any account, whatever the word.
ACCOUNT_WORDS = frozenset(
    "user account person people everyone everybody someone somebody anyone anybody member-user one".split()
)

# Groups of people and firms that act without being a person.
ACTORS = frozenset(
    "company shelter team clinic organization organisation institution school bank shop store vendor supplier "
    "restaurant hotel agency club department business firm publisher university hospital farm band".split()
)

# Parts of a house that act like people, and nothing else.
UNITS = frozenset(
    "prepress accounting accounts_department bookkeeping finance procurement purchasing logistics housekeeping hr "
    "human_resource reception front_desk front_office back_office help_desk helpdesk service_desk customer_service "
    "customer_support management top_management leadership quality_assurance qa it_department security_staff "
    "front_of_house dispatch payroll_department compliance facility_management administration registry "
    "secretariat editorial triage".split()
)
# What a compound that names a unit ends in: `exam office`, `finance team`.
UNIT_HEADS = frozenset(
    "team desk office department crew board committee panel commission council jury lab laboratory service "
    "kitchen workshop counter bureau secretariat authority management staff division squad".split()
)
# Written like a plural: `sales enters the order`.
UNITS_IN_S = frozenset("sales accounts operations logistics human-resources payments returns".split())
# Posts that are other things as well: `the chair opens the vote`.
POSTS = frozenset("head chair chief monitor lead chairperson deputy".split())
# Nouns that name a unit where they act, and anything else where they don't.
UNITS_AT_TIMES = frozenset(
    "sale support marketing legal production shipping printing kitchen lab laboratory warehouse workshop office "
    "desk bar security engineering account product press-office maintenance catering billing controlling "
    "purchase backoffice pharmacy radiology quality finance press customs depot planning scheduling operations "
    "operation design editorship counsel bench".split()
)

# Not things that a backend keeps rows of.
ABSTRACT = frozenset(
    "checkout check-out "
    "system app backend api rest service platform website site page data information info detail details access "
    "app tool software program project-api time way case example kind sort number amount lot list order-of "
    "set range pair "
    "part rest thing stuff everything something anything nothing something default maximum minimum max min total "
    "advance addition fact goal aim overview scope description-of feature functionality function requirement "
    "need use "
    "purpose business life world people end start begin work management tracking tracker manager-app "
    "store-data record "
    "database db table entity field model endpoint crud login logout auth authentication authorization jwt token "
    "registration-flow permission permissions right rights role roles rule rules validation pagination search "
    "filter sorting "
    "sort docker compose test tests ci deployment email-notification security privacy performance frontend backend "
    "user-interface ui interface dashboard-view style format json csv pdf sql postgres postgresql sqlite "
    "mysql mongo mongodb "
    "redis webhook webhooks websocket websockets fastapi python django flask today tomorrow week hour minute "
    "day month year moment "
    "once twice first last second third one two three each other others same own exercise week frontend trail "
    "change changes "
    "none null yes no true false ok login-page account-creation sign-up signup-flow sign-in anybody nobody "
    "everyone "
    "history overlap conflict duplicate duplicates account-info basis bit visit-purpose action operation "
    "process workflow lifecycle "
    "flow status type mode option-to manner condition-of once-only rate-limit limit rate uniqueness copy-of dont "
    "success failure error errors mistake issue-with choice possibility ability care use-case concept idea "
    "person-hours respect regard lead-time behalf charge term terms regard tree visibility pm am".split()
)
# Things that usually have rows of their own, even if the text says little about them.
THINGS = frozenset(
    "user post comment tag category order product item cart review customer invoice payment book author "
    "student course "
    "teacher lesson enrollment grade exam quiz question answer event ticket venue booking reservation room "
    "hotel guest flight "
    "passenger seat company contact deal lead note task project issue label attachment team workspace board "
    "card list todo "
    "member membership employee department leave attendance payroll shift job application candidate interview "
    "skill resume "
    "patient doctor appointment prescription clinic visit treatment pet animal owner vehicle car driver trip "
    "route inspection "
    "warehouse supplier stock shipment parcel delivery courier depot scan location device sensor reading "
    "alert building "
    "account transaction transfer budget loan card wallet bank currency portfolio artist album track song "
    "playlist genre "
    "movie series episode podcast show actor director channel message conversation thread reaction friend "
    "follow like "
    "notification recipe ingredient meal menu dish restaurant table waiter chef photo image video file "
    "document folder "
    "article page section chapter magazine newspaper publisher library copy borrower class trainer gym "
    "workout exercise "
    "plan subscription package property agent agency listing tenant lease landlord apartment house unit "
    "viewing farm field "
    "harvest machine rental tool equipment asset maintenance repair mechanic part lab experiment sample "
    "measurement "
    "instrument scientist policy claim holder coverage insurer donation campaign donor volunteer shelter "
    "adoption game player "
    "match tournament team score season league round poll option vote survey response form election ballot "
    "candidate party "
    "museum exhibit tour guide collection painting garden plot gardener plant planting hashtag tweet report "
    "story chat group "
    "forum topic role permission organization organisation branch store shop discount coupon promotion "
    "voucher refund return "
    "brand variant attribute size address country city region station stop line bus train ship boat flight "
    "airport airline "
    "fleet container pallet shelf bin zone site service contract quote estimate proposal client expense "
    "receipt timesheet "
    "time-entry milestone sprint epic bug feature version release build deployment server domain certificate "
    "key secret "
    "module unit assignment submission classroom school university faculty degree club society meetup "
    "conference session talk "
    "speaker sponsor booth badge agenda theatre cinema screening screen performance concert festival stage "
    "band gig wine beer "
    "brewery winery vineyard bottle batch tank ingredient recipe auction bid lot bidder item bidder hive "
    "colony apiary "
    "inspection-report nest bird dog cat horse stable lesson litter breed vaccine vaccination visit ward bed "
    "surgery case "
    "court hearing lawyer judge client evidence matter crime incident complaint resident household waste bin "
    "pickup "
    "meter bill tariff reading plan sim call contact campaign segment newsletter subscriber template "
    "import job queue "
    "worker run pipeline dataset model experiment annotation label image batch translation glossary term "
    "definition word "
    "language exercise deck flashcard card study habit goal streak entry journal mood diary memory wish "
    "wishlist gift registry "
    "guestlist invitation rsvp wedding vendor album print frame gallery artwork exhibition loan curator crew "
    "mission spaceship "
    "planet launch satellite telescope observation star orbit charger charging-station connector parking lot "
    "spot permit toll "
    "bridge tunnel road sign segment route waypoint hike trail peak climb boulder wall gym rope shoe rental "
    "bike scooter "
    "dock station ride helmet battery feedback milestone proposal contract checklist round wedding inspection offer request".split()  # noqa: E501
) - {"list-of", "like", "follow"}
# Between these and what has them it is many on both sides, unless the text says otherwise.
MANY_TO_MANY = frozenset(
    "tag label category skill hashtag genre topic keyword interest author technology language amenity badge "
    "symptom "
    "allergen group actor contributor feature speaker artist interviewer ingredient genre instructor".split()
)
# Nouns that name the fact that one thing is taken by another: their kind is association.
ASSOCIATION_NOUNS = frozenset(
    "booking enrollment enrolment registration reservation loan rental rating membership subscription vote "
    "reaction "
    "attendance rsvp application bid planting participation assignment purchase signup".split()
)
# Plural nouns in a list of fields that are simple values and no rows of their own.
PLURAL_VALUES = frozenset(
    "notes seats stars credits hours minutes seconds days weeks months years points instructions details amenities "
    "allergies symptoms kilometers liters litres grams pages bedrooms bathrooms floors likes views keywords "
    "coordinates settings preferences remarks servings calories contents initials steps terms reps sets wins "
    "losses draws goals bytes miles persons people beds places opening-hours hours-worked degrees news series".split()
)
# Nouns that are fields and hardly ever rows of their own.
FIELDS_ONLY = ATTRIBUTES - THINGS
# People by what they do, where the word is nothing else in a backend.
LISTED_PERSONS = PERSONS
PERSONS |= english.PERSONS - THINGS - ATTRIBUTES - ABSTRACT - BOOLEAN_WORDS - ENUM_NOUNS
