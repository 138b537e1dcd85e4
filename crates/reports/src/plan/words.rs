//! Every fixed phrase about plans and what became of them.

use crate::words::words;

words! {
    /// A phrase of a plan.
    Say:
    // --- Units
    Point = "punt", "point";
    Points = "punten", "points";
    WeightedPoint = "gewogen punt", "weighted point";
    WeightedPoints = "gewogen punten", "weighted points";
    Once = "{hours} eenmalig", "{hours} once";
    Yearly = "{hours} per jaar", "{hours} a year";
    NoLimit = "geen grens", "no limit";
    None = "–", "–";
    Nothing = "niets", "nothing";
    InYear = "jaar {year}", "year {year}";
    Between = "{low} tot {high}", "{low} to {high}";
    Measure = "maatregel", "measure";
    Measures = "maatregelen", "measures";

    // --- In short
    Head = "Wat eerst", "What first";
    InShort = "In het kort", "In short";
    Takes = "Dit plan telt {measures}. Het kost {cost}.", "This plan has {measures}. It takes {cost}.";
    Empty = "Geen maatregel past in deze uren of haalt iets weg.",
        "No measure fits in these hours or takes anything away.";
    Removes = "Het haalt {removed} tekort weg van de {all}: {share}.",
        "It takes away {removed} of shortfall out of {all}: {share}.";
    NoShortfall = "Geen proces komt tekort: er is niets weg te halen.",
        "No process falls short: there is nothing to take away.";
    Optimal = "Geen andere keuze binnen deze uren en euro's haalt meer weg.",
        "No other choice within these hours and euros takes more away.";
    Gap = "Het zoeken is gestopt voor het klaar was. Een andere keuze haalt hooguit {gap} meer weg.",
        "The search was stopped before it was done. Another choice takes away at most {gap} more.";
    AssumedOne = "Op 1 vraag weet niemand het antwoord. Die telt zo slecht als het kan zijn.",
        "To 1 question nobody knows the answer. It counts as bad as it can be.";
    AssumedMany = "Op {count} vragen weet niemand het antwoord. Die tellen zo slecht als het kan zijn.",
        "To {count} questions nobody knows the answer. They count as bad as it can be.";
    TooUnknown = "Over {processes} is te weinig bekend. Vraag daar eerst rond.",
        "Too little is known about {processes}. Ask around there first.";
    LeftOut = "Niet meegeteld: {processes}. Daar geldt geen enkele beheersing.",
        "Not counted: {processes}. No control applies there.";
    NotSmall = "{measures} passen niet bij een kleine organisatie en deden niet mee.",
        "{measures} do not fit a small organisation and took no part.";
    NotSmallOne = "1 maatregel past niet bij een kleine organisatie en deed niet mee.",
        "1 measure does not fit a small organisation and took no part.";
    Partners = "Een gedeelde maatregel dragen jullie met {count} organisaties. Hier staat jullie deel.",
        "A shared measure is carried by {count} organisations. Your part is shown.";
    WhatIsAPoint = "Een punt is een punt waakhoogte: hoeveel de dijk boven het water staat, van 0 tot 100. Tekort is wat een proces mist tot zijn doel.",
        "A point is a point of freeboard: how far the dike stands above the water, from 0 to 100. Shortfall is what a process lacks of its target.";
    WhatIsWeighted = "Gewogen: maal het gewicht van het proces, en elk jaar telt mee.",
        "Weighted: times the weight of the process, and every year counts.";
    MadeWith = "Gemaakt met Dijkwacht, inhoud {content}.", "Made with Dijkwacht, content {content}.";

    // --- The measures
    ListHead = "De maatregelen", "The measures";
    ListCaption = "De maatregelen in dit plan, met wat ze kosten", "The measures of this plan, with what they take";
    ColMeasure = "Maatregel", "Measure";
    ColYear = "Begint in", "Begins in";
    ColHours = "Uren eenmalig", "Hours once";
    ColHoursYearly = "Uren per jaar", "Hours a year";
    ColEuros = "Euro", "Euros";
    ColLoss = "Verlies zonder", "Loss without";
    Total = "Samen", "Together";
    WhyProcesses = "Zonder deze maatregel valt terug: {processes}.", "Without this measure fall back: {processes}.";
    WhyOne = "{process} met {points}", "{process} by {points}";
    WhyAndMore = "nog {count} andere processen", "{count} other processes";
    WhyTime = "Zonder deze maatregel gaat {points} verloren.", "Without this measure {points} are lost.";
    WhyWanted = "Deze maatregel staat erin omdat jullie dat willen.", "This measure is in because you want it.";
    WhyWantedOnly = "Deze maatregel staat erin omdat jullie dat willen. Hij haalt hier geen tekort weg.",
        "This measure is in because you want it. It takes no shortfall away here.";
    WhyNeeded = "{measures} kan niet zonder.", "{measures} cannot do without it.";
    WhyNeededMany = "{measures} kunnen niet zonder.", "{measures} cannot do without it.";
    WhatToDo = "Wat je doet en hoe je begint", "What you do and how to begin";
    What = "Wat", "What";
    EffectWhy = "Waarom het helpt", "Why it helps";
    Owner = "Eigenaar", "Owner";
    DoneWhen = "Klaar als", "Done when";
    FirstSteps = "Eerste stappen", "First steps";
    HoursRange = "Uren", "Hours";
    ProofOf = "Bewijs", "Evidence";
    ProofHere = "gemeten bij jullie", "measured here";
    ProofElsewhere = "gemeten bij anderen", "measured elsewhere";
    ProofPractice = "ervaring uit de praktijk", "practice";
    ProofExpectation = "verwachting, nog niet gemeten", "expectation, not measured yet";
    UnknownMeasure = "niet meer in de catalogus", "no longer in the catalogue";

    // --- Just missed
    MissedHead = "Wat net niet past", "What just does not fit";
    MissedNone = "Er is geen maatregel die meer weghaalt en niet past.",
        "There is no measure that takes more away and does not fit.";
    MissedCaption = "Maatregelen die meer weghalen en net niet passen", "Measures that take more away and just do not fit";
    MissedLine = "{measure} mist {lack} en haalt dan {gain} meer weg.", "{measure} lacks {lack} and then takes {gain} more away.";
    MissedAlong = "Samen met {measures}.", "Together with {measures}.";
    MissedPlanned = "Staat in jaar {year}.", "Stands in year {year}.";
    MissedMore = "Van de {all} maatregelen die niet passen staan hier de {shown} die het minst missen.",
        "Of the {all} measures that do not fit these are the {shown} that lack least.";
    ColLacks = "Mist", "Lacks";
    ColGain = "Haalt dan weg", "Then takes away";

    // --- The frontier
    FrontierHead = "Wat meer of minder uren brengen", "What more or fewer hours bring";
    FrontierSentence = "Met {few} van de uren haal je {few_share} van het tekort weg, met {many} haal je {many_share} weg.",
        "With {few} of the hours you take away {few_share} of the shortfall, with {many} you take away {many_share}.";
    FrontierFlat = "Meer uren halen niets extra weg.", "More hours take nothing more away.";
    FrontierNoLimit = "Er is geen grens aan de uren gegeven. Meer uren veranderen dus niets.",
        "No limit to the hours was given. So more hours change nothing.";
    FrontierCaption = "Hetzelfde plan bij andere uren; de euro's blijven gelijk", "The same plan for other hours; the euros stay as they are";
    FrontierTitle = "Tekort dat wegvalt bij 50 tot 150 procent van de uren", "Shortfall taken away at 50 to 150 percent of the hours";
    FrontierAxisHours = "deel van de uren", "share of the hours";
    FrontierAxisShare = "tekort weg", "shortfall gone";
    ColShare = "Uren", "Hours";
    ColRemoved = "Haalt weg", "Takes away";
    ColChange = "Erbij en eraf", "In and out";
    DoesNotFit = "wat erin moet past niet", "what must be in does not fit";
    ThisPlan = "dit plan", "this plan";
    Same = "dezelfde maatregelen", "the same measures";

    // --- Where processes stand
    StandHead = "Waar de processen dan staan", "Where the processes then stand";
    StandCaption = "Waakhoogte en tekort, nu en na het plan", "Freeboard and shortfall, now and after the plan";
    ColProcess = "Proces", "Process";
    ColBefore = "Waakhoogte nu", "Freeboard now";
    ColAfter = "Waakhoogte straks", "Freeboard then";
    ColShortBefore = "Tekort nu", "Shortfall now";
    ColShortAfter = "Tekort straks", "Shortfall then";
    CappedBy = "De dijk blijft laag door {control}.", "The dike stays low because of {control}.";

    // --- In place, assumed
    InPlaceHead = "Wat er al is", "What is already there";
    InPlace = "Al gedaan en blijft: {measures}.", "Done already and stays: {measures}.";
    AssumedHead = "Wat niemand weet", "What nobody knows";
    AssumedCaption = "Onbekende antwoorden, geteld zo slecht als het kan zijn", "Unknown answers, counted as bad as they can be";
    AssumedIntro = "Vraag dit na: een goed antwoord kan een maatregel overbodig maken.",
        "Look into this: a good answer can make a measure needless.";
    ColSubject = "Waarover", "About";
    ColWhy = "Waarom onbekend", "Why unknown";
    ColCounted = "Geteld als", "Counted as";
    NotAnswered = "niet gevraagd of niet beantwoord", "not asked or not answered";
    DontKnow = "wie antwoordde wist het niet", "who answered did not know";

    // --- What became of it
    EffectHead = "Werkt het?", "Does it work?";
    EffectIntro = "Een maatregel die klaar is, telt niet vanzelf. De ronde daarna en de gegevens daarna beslissen.",
        "A measure that is done does not count by itself. The round after it and the data after it decide.";
    EffectNone = "Er is nog geen maatregel klaar.", "No measure is done yet.";
    EffectCaption = "Verwacht en gemeten: {measure}", "Expected and measured: {measure}";
    DoneOn = "Klaar op {date}.", "Done on {date}.";
    ColExpected = "Verwacht", "Expected";
    ColSaidBefore = "Gezegd, ervoor", "Said, before";
    ColSaidSince = "Gezegd, erna", "Said, since";
    ColShownBefore = "Gebleken, ervoor", "Shown, before";
    ColShownSince = "Gebleken, erna", "Shown, since";
    ColVerdict = "Oordeel", "Verdict";
    AtLeast = "ten minste: {level}", "at least: {level}";
    AtMost = "hooguit: {level}", "at most: {level}";
    LowerBy = "{count} lager", "{count} lower";
    OnDay = "{level} ({date})", "{level} ({date})";
    DontKnowSaid = "weet niet", "don't know";
    NotAnsweredSaid = "niet beantwoord", "not answered";
    NotApplicableSaid = "niet van toepassing", "does not apply";
    NoRound = "geen ronde", "no round";
    NoData = "geen gegevens", "no data";
    NoStatement = "geen uitspraak", "no statement";
    Works = "Werkt zoals verwacht", "Works as expected";
    Partly = "Werkt voor een deel", "Works in part";
    NotSeen = "Nog niet te zien", "Not seen yet";
    NobodyCan = "Niet te beoordelen", "Not assessable";
    NothingSince = "Sindsdien is er geen ronde gehouden en zijn er geen gegevens gelezen.",
        "No round was held since and no data were read.";
    NoDataSince = "Eerder zeiden de gegevens hier iets over. Lees eerst nieuwe gegevens in.",
        "Before, the data spoke of this. Read new data first.";
    NotKnownSince = "Niemand weet waar het nu staat.", "Nobody knows where it stands now.";
    NotKnownBefore = "Waar het eerst stond is niet bekend.", "Where it stood at first is not known.";
    AlreadyThere = "Het stond er al.", "It stood there already.";
    DoesNotApply = "Het geldt niet in dit proces.", "It does not apply in this process.";
    NotInProcess = "Wat de maatregel verandert, hoort niet bij dit proces.",
        "What the measure changes does not belong to this process.";
    NoSuchMeasure = "De catalogus heeft deze maatregel niet.", "The catalogue does not have this measure.";
    OlderCases = "De gegevens tellen ook zaken van ervoor mee en lopen dus achter.",
        "The data also hold cases of before and so lag behind.";
}
