//! The phrases of the self-scan side: water, dike and freeboard, said beside shown.

use crate::words::words;

words! {
    /// A phrase about weighings.
    Phrase:
    // --- The page
    Title = "De dijk van je processen", "The dike of your processes";
    RoundOf = "Ronde {title}, gehouden op {date}. Stand van {as_of}.", "Round {title}, held on {date}. As of {as_of}.";
    RoundUndated = "Ronde {title}. Stand van {as_of}.", "Round {title}. As of {as_of}.";
    NoRound = "Stand van {as_of}.", "As of {as_of}.";
    Lead = "Bij elk proces staat water tegen een dijk. Het water is wat het proces waard is voor criminelen, verhoogd door omstandigheden. De dijk is de beheersing die in de praktijk houdt.",
        "At each process water stands against a dike. The water is what the process is worth to criminals, raised by circumstances. The dike is the control that holds in practice.";
    Confidential = "Dit stuk zegt waar je organisatie kwetsbaar is. Geef het alleen aan wie dat mag weten.",
        "This document says where your organisation is vulnerable. Give it only to those who may know.";
    MadeBy = "Gemaakt met Dijkwacht, methode {method}, inhoud {content}.", "Made with Dijkwacht, method {method}, content {content}.";
    NothingWeighed = "Er is nog geen proces gewogen.", "No process has been weighed yet.";

    // --- Figures
    Water = "Waterstand", "Water level";
    Dike = "Dijkhoogte", "Dike height";
    Freeboard = "Waakhoogte", "Freeboard";
    Class = "Klasse", "Class";
    Unknown = "Onbekend", "Unknown";
    Place = "Plaats", "Place";
    PlaceTo = "{first}–{last}", "{first}–{last}";
    To = "{low} tot {high}", "{low} to {high}";
    Until = "tot", "to";
    Red = "rood", "red";
    Orange = "oranje", "orange";
    Green = "groen", "green";
    Blue = "blauw", "blue";
    TooLittle = "onvoldoende bekend", "too little known";
    TooLittleShort = "onbekend", "unknown";
    NoFigure = "geen cijfer", "no figure";
    NoFigureWhy = "Er is geen cijfer: geen enkele beheersing is hier van toepassing.",
        "There is no figure: no control applies here.";
    Figures = "Het water staat op {water} en de dijk is {dike} hoog. De waakhoogte is {freeboard}: {class}.",
        "The water stands at {water} and the dike is {dike} high. The freeboard is {freeboard}: {class}.";
    FiguresShort = "water {water}, dijk {dike}", "water {water}, dike {dike}";
    UnknownShare = "Van {share} van het gewicht is niet zeker hoe het ermee staat.", "Of {share} of the weight it is not certain how it stands.";
    Attractive = "De aantrekkelijkheid is {level}.", "The attractiveness is {level}.";
    AttractiveChanged = "De aantrekkelijkheid is {level}; de catalogus zegt {proposed}. De reden: ‘{reason}’.",
        "The attractiveness is {level}; the catalogue says {proposed}. The reason: ‘{reason}’.";
    Low = "laag", "low";
    Middle = "midden", "middle";
    High = "hoog", "high";

    // --- What the drawing says
    Overflows = "stroomt over", "overflows";
    StaysDry = "blijft droog", "stays dry";
    Either = "kan beide", "could be either";
    Headline = "Van de {all} processen: {parts}.", "Of the {all} processes: {parts}.";
    HeadlineOver = "bij {count} staat het water zeker boven de dijk", "in {count} the water surely stands above the dike";
    HeadlineDry = "bij {count} blijft het water zeker onder de kruin", "in {count} the water surely stays below the crest";
    HeadlineOpen = "bij {count} is dat niet te zeggen", "in {count} that cannot be said";
    HeadlineOne = "{process} {state}.", "{process} {state}.";
    HeadlineLowest = "De laagste waakhoogte heeft ‘{process}’: {freeboard}.", "The lowest freeboard is that of ‘{process}’: {freeboard}.";
    HeadlineNone = "Van geen enkel proces is er een cijfer.", "There is no figure for any process.";
    DikeHead = "Waar staat het water, waar is de dijk laag?", "Where does the water stand, where is the dike low?";
    DikeTitle = "Doorsnede van de dijk bij elk proces", "Cross-section of the dike at each process";
    DikeDesc = "{sentence} Dezelfde gegevens staan in de tabel eronder.", "{sentence} The same data stand in the table below.";
    HowToRead = "Zo lees je de tekening", "How to read the drawing";
    LegendOver = "Stroomt over: het water staat zeker hoger dan de dijk.", "Overflows: the water surely stands higher than the dike.";
    LegendDry = "Blijft droog: de dijk is zeker hoger dan het water.", "Stays dry: the dike is surely higher than the water.";
    LegendEither = "Kan beide: het hangt af van wat nog niet bekend is.", "Could be either: it depends on what is not yet known.";
    LegendLittle = "Onvoldoende bekend: van meer dan {percent} % van het gewicht is niet zeker hoe het ermee staat.",
        "Too little known: of more than {percent}% of the weight it is not certain how it stands.";
    LegendBand = "Gestreept: zo veel hoger kan het water of de dijk nog zijn, door wat niet bekend is.",
        "Striped: so much higher the water or the dike may yet be, because of what is not known.";
    LegendBracket = "De pijl is de waakhoogte die er zeker is, of wat er zeker tekort is.",
        "The arrow is the freeboard that is surely there, or what is surely lacking.";
    LegendClasses = "De klassen: rood onder {red}, oranje onder {orange}, groen tot en met {green}, blauw daarboven. Blauw betekent: veel beheersing tegen weinig dreiging; kan het lichter?",
        "The classes: red below {red}, orange below {orange}, green up to and including {green}, blue above it. Blue means: much control against little threat; can it be lighter?";
    TableCaption = "De processen, de laagste waakhoogte eerst. Heel vol is 100, leeg is 0.",
        "The processes, the lowest freeboard first. Full is 100, empty is 0.";
    PlacesRest = "Een plaats als 1–3 betekent: door wat niet bekend is, kan het proces op elk van die plaatsen staan.",
        "A place such as 1–3 means: because of what is not known, the process may stand at each of those places.";

    // --- Reasons and caps
    Reasons = "Het zwaarst weegt: {reasons}.", "What weighs most: {reasons}.";
    ReasonAbsent = "‘{title}’ ontbreekt ({points} punten minder dijk)", "‘{title}’ is absent ({points} points less dike)";
    ReasonPaper = "‘{title}’ staat alleen op papier ({points} punten minder dijk)", "‘{title}’ stands on paper only ({points} points less dike)";
    ReasonApplied = "‘{title}’ wordt toegepast maar niet gecontroleerd ({points} punten minder dijk)",
        "‘{title}’ is applied but not checked ({points} points less dike)";
    ReasonControlOpen = "‘{title}’ is niet zeker (tot {points} punten minder dijk)", "‘{title}’ is not certain (up to {points} points less dike)";
    ReasonSomewhat = "‘{title}’ komt enigszins voor ({points} punten meer water)", "‘{title}’ occurs somewhat ({points} points more water)";
    ReasonStrongly = "‘{title}’ komt sterk voor ({points} punten meer water)", "‘{title}’ occurs strongly ({points} points more water)";
    ReasonCircumstanceOpen = "‘{title}’ is niet zeker (tot {points} punten meer water)", "‘{title}’ is not certain (up to {points} points more water)";
    CapAbsent = "Zolang sleutelbeheersing ontbreekt, komt de dijk niet boven {cap}. Dat geldt voor {titles}.",
        "As long as key controls are absent, the dike does not rise above {cap}. That holds for {titles}.";
    CapPaper = "Zolang sleutelbeheersing alleen op papier staat, komt de dijk niet boven {cap}. Dat geldt voor {titles}.",
        "As long as key controls stand on paper only, the dike does not rise above {cap}. That holds for {titles}.";
    CapOpen = "Van deze sleutelbeheersing is niet zeker hoe het ermee staat: {titles}. In het slechtste geval komt de dijk daardoor niet boven {cap}.",
        "Of these key controls it is not certain how they stand: {titles}. In the worst case that keeps the dike at {cap} at most.";
    AndMore = "nog {count} andere", "{count} others";

    // --- How firm is it
    SensitivityHead = "Hoe vast staat de volgorde?", "How firm is the order?";
    Sensitivity = "Vooraan staan {names}. In {same} van de {tried} proeven bleven dat dezelfde drie.",
        "First stand {names}. In {same} of the {tried} trials these stayed the same three.";
    SensitivityHow = "In elke proef is één gewicht een vijfde lichter of zwaarder, of is één proces een stap meer of minder aantrekkelijk.",
        "In each trial one weight is a fifth lighter or heavier, or one process is a step more or less attractive.";
    SensitivityFew = "Met drie processen of minder valt er niets te schuiven: vooraan staan ze allemaal.",
        "With three processes or fewer nothing can shift: all of them stand first.";

    // --- Said beside shown
    SaidHead = "Gezegd naast gebleken", "Said beside shown";
    SaidIntro = "Gezegd is wat mensen antwoordden. Gebleken is wat de gegevens laten zien. Waar die twee uiteenlopen, tellen de gegevens.",
        "Said is what people answered. Shown is what the data show. Where the two part, the data count.";
    PartingWorse = "Slechter dan gezegd", "Worse than said";
    PartingBetter = "Beter dan je denkt", "Better than you think";
    PartingDenied = "Gezegd: niet van toepassing. De gegevens zeggen er wel iets over", "Said: does not apply. The data do say something of it";
    PartingsNone = "Nergens lopen gezegd en gebleken uiteen.", "Nowhere do said and shown part.";
    PartingsNobody = "Niemand heeft nog geantwoord, dus er staat niets naast de gegevens.", "Nobody has answered yet, so nothing stands beside the data.";
    PartingsNoData = "Er zijn geen gegevens om naast de antwoorden te leggen.", "There are no data to lay beside the answers.";
    PartingLine = "gezegd: {said}; gebleken: {shown}", "said: {said}; shown: {shown}";
    Said = "Gezegd", "Said";
    Shown = "Gebleken", "Shown";
    Counts = "Wat telt", "What counts";
    Beside = "Naast elkaar", "Side by side";
    AgreeWord = "komt overeen", "agree";
    WorseWord = "slechter dan gezegd", "worse than said";
    BetterWord = "beter dan gezegd", "better than said";
    DeniedWord = "wel in de gegevens", "in the data all the same";
    NothingBeside = "niets om te vergelijken", "nothing to compare";
    NoRule = "geen toets zegt hier iets over", "no test speaks for this";
    NotCounted = "telt niet mee", "does not count";
    NotApplicable = "niet van toepassing", "does not apply";
    NotKnown = "niemand weet het", "nobody knows";
    NotAnswered = "niet beantwoord", "not answered";
    AgreedTogether = "samen afgesproken", "agreed together";
    AnswersOne = "1 antwoord", "1 answer";
    Answers = "{count} antwoorden", "{count} answers";
    AnswersSpread = "{count} antwoorden, van {low} tot {high}", "{count} answers, from {low} to {high}";
    UnsureOne = "1 weet het niet", "1 does not know";
    Unsure = "{count} weten het niet", "{count} do not know";
    NotForMe = "{count} keer niet van toepassing", "{count} times does not apply";
    Silent = "{count} zonder antwoord", "{count} without an answer";
    Groups = "leiding {management}, werkvloer {floor}", "management {management}, work floor {floor}";
    ControlsCaption = "Alle beheersing van dit proces", "All controls of this process";
    CircumstancesCaption = "Alle omstandigheden van dit proces", "All circumstances of this process";
    PartingsCaption = "Waar gezegd en gebleken uiteenlopen", "Where said and shown part";
    Control = "Beheersing", "Control";
    Circumstance = "Omstandigheid", "Circumstance";
    Subject = "Waarover", "About what";
    KeyControl = "sleutelbeheersing", "key control";
    AllControls = "Alle beheersing ({count})", "All controls ({count})";
    AllCircumstances = "Alle omstandigheden ({count})", "All circumstances ({count})";
    PerProcess = "Per proces", "By process";

    // --- Beside others
    ComparedHint = "De middelste helft is die van gemeenten van deze grootte in ‘{region}’.",
        "The middle half is that of municipalities of this size in ‘{region}’.";
    ShortLower = "lager dan de middelste helft", "lower than the middle half";
    ShortWithin = "zoals de middelste helft", "as the middle half";
    ShortHigher = "hoger dan de middelste helft", "higher than the middle half";
    ShortUnsure = "{standing}, niet zeker", "{standing}, not certain";
    ShortNone = "te weinig gemeenten om te vergelijken", "too few municipalities to compare";
    ComparedLower = "Lager dan de middelste helft van {count} gemeenten van deze grootte ({lower} tot {upper}).",
        "Lower than the middle half of {count} municipalities of this size ({lower} to {upper}).";
    ComparedWithin = "Zoals de middelste helft van {count} gemeenten van deze grootte ({lower} tot {upper}).",
        "As the middle half of {count} municipalities of this size ({lower} to {upper}).";
    ComparedHigher = "Hoger dan de middelste helft van {count} gemeenten van deze grootte ({lower} tot {upper}).",
        "Higher than the middle half of {count} municipalities of this size ({lower} to {upper}).";
    ComparedUnsure = "Door wat niet bekend is, kan dat nog anders zijn.", "Because of what is not known, that may yet be otherwise.";
    ComparedNone = "Er zijn te weinig gemeenten van deze grootte om mee te vergelijken.", "There are too few municipalities of this size to compare with.";

    // --- Since the round before
    ChangesHead = "Wat veranderde er?", "What changed?";
    ChangesSince = "Vergeleken met de stand van {date}.", "Compared with the state of {date}.";
    ChangesNone = "Er veranderde niets.", "Nothing changed.";
    ChangesCaption = "De waakhoogte toen en nu", "The freeboard then and now";
    Then = "Toen", "Then";
    Now = "Nu", "Now";
    WhatToSay = "Wat je kunt zeggen", "What can be said";
    Better = "zeker beter", "surely better";
    Worse = "zeker slechter", "surely worse";
    Same = "gelijk", "the same";
    CannotSay = "niet te zeggen", "cannot say";
    NewProcesses = "Nieuw gewogen: {names}.", "Newly weighed: {names}.";
    GoneProcesses = "Niet meer gewogen: {names}.", "No longer weighed: {names}.";
    OtherMethod = "Toen gold een andere versie van de methode. Vergelijk de cijfers dus met zorg.",
        "Then another version of the method held. So compare the figures with care.";
    ChangeFreeboard = "De waakhoogte was {before} en is nu {now}: {trend}.", "The freeboard was {before} and is now {now}: {trend}.";
    ChangeFigureCame = "Er was geen cijfer; nu is de waakhoogte {now}.", "There was no figure; now the freeboard is {now}.";
    ChangeFigureWent = "De waakhoogte was {before}; nu is er geen cijfer.", "The freeboard was {before}; now there is no figure.";
    ChangeClass = "De klasse was {before} en is nu {now}.", "The class was {before} and is now {now}.";
    ChangeAttractive = "De aantrekkelijkheid ging van {before} naar {now}. Daardoor verschoof het water.",
        "The attractiveness went from {before} to {now}. That moved the water.";
    ChangeReweighed = "De catalogus telt nu anders: {titles}. Ook daardoor kan het cijfer verschuiven.",
        "The catalogue now counts otherwise: {titles}. That too may move the figure.";
    ManyKnown = "Van {count} omstandigheden en beheersingen is nu bekend hoe het ermee staat.", "How {count} circumstances and controls stand is now known.";
    ChangeLevel = "‘{title}’: {before} → {now} ({moved}).", "‘{title}’: {before} → {now} ({moved}).";
    MovedBetter = "beter", "better";
    MovedWorse = "slechter", "worse";
    MovedKnown = "nu bekend", "now known";
    MovedUnknown = "niet meer bekend", "no longer known";
    MovedRange = "nog steeds niet zeker", "still not certain";
    MovedApplies = "nu wel van toepassing", "now applies";
    MovedApart = "niet meer van toepassing", "no longer applies";
    PartingsNew = "Nieuw uiteen: {titles}.", "Newly apart: {titles}.";
    PartingsStay = "Nog steeds uiteen: {titles}.", "Still apart: {titles}.";
    PartingsMet = "Niet meer uiteen: {titles}.", "No longer apart: {titles}.";
    PartingsSilent = "Toen uiteen, nu valt er niets te vergelijken: {titles}.", "Apart then, nothing to compare now: {titles}.";
    CapsNew = "Deze sleutelbeheersingen houden de dijk nieuw laag: {titles}.", "These key controls newly hold the dike down: {titles}.";
    CapsGone = "Deze sleutelbeheersingen houden de dijk niet meer laag: {titles}.", "These key controls no longer hold the dike down: {titles}.";

    // --- Remarks on the answers
    RemarksHead = "Kloppen de antwoorden met elkaar?", "Do the answers agree?";
    RemarksNone = "De vragen die we aan de antwoorden stelden, leverden niets op.", "The questions we put to the answers brought up nothing.";
    RemarksIntro = "Dit zijn vragen voor het gesprek. Ze veranderen geen cijfer en zeggen nooit wie wat antwoordde.",
        "These are questions for the meeting. They change no figure and never say who answered what.";
    RemarksSilent = "{count} van de {all} keer viel er niets te controleren.", "{count} of {all} times there was nothing to check.";
    RemarksCaption = "Opmerkingen bij de antwoorden, met wat je kunt doen", "Remarks on the answers, with what you can do";
    Remark = "Wat opviel", "What stood out";
    Repair = "Wat je kunt doen", "What you can do";
    WholeRound = "De hele ronde", "The whole round";
}
