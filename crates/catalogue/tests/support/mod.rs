//! A whole content that is as small as can be: eight processes of four steps, one
//! circumstance, one control, one rule, and one item of every kind of the library.

use catalogue::Files;
use model::Process;

const PROCESS: &str = r#"code = "CODE"
letters = "LETTERS"
attractiveness = "low"
review = "proposal"
sources = ["S1"]

[links]
gemma = []
case_types = []
areas = ["money"]

[[functions]]
name = "desk"

[[steps]]
name = "receive"
kind = "work"
functions = ["desk"]
main = true
match = ["*receive*"]

[[steps]]
name = "decide"
kind = "decision"

[[steps]]
name = "pay"
kind = "effect"

[[mandatory]]
step = "decide"
once = ["pay"]
source = "S1"

[[separations]]
name = "receive-and-decide"
a = ["receive"]
b = ["decide"]
source = "S1"
checked = "never"

[decision]
step = ["decide"]
ready = ["receive"]
handle = ["receive"]
favourable = { field = "outcome", one_of = ["granted"] }
"#;

const PROCESS_TEXT: &str = r#"title = "a"
purpose = "a"
wanted = "a"
example = "a"
attractiveness_reason = "a"
[functions]
desk = "a"
[steps]
receive = "a"
decide = "a"
pay = "a"
[separations]
receive-and-decide = "a"
"#;

const RULE: &str = r#"code = "FIN-01"
name = "paid-before-decision"
version = 1
processes = ["payments"]
class = "rule"
level = "case"
stage = "trial"
since = "0.1.0"
review = "proposal"
needs = ["amount"]
sources = ["S1"]
harmless = ["small-office"]

[[evidence]]
control = "B01"

[parameters.limit]
default = 500
least = 0
most = 1000
unit = "cent"
[[parameters.limit.valid]]
from = "2024-01-01"
to = "2024-12-31"
value = 400
[[parameters.limit.valid]]
from = "2025-01-01"
to = "2025-12-31"
value = 450

[logic]
operator = "attribute"
step = ["pay"]
field = "amount"
above = "$limit"
"#;

const RULE_TEXT: &str = r#"title = "a"
what = "a"
why = "a"
story = "a"
how_to_check = "a"
basis = "a"
[harmless]
small-office = "a"
"#;

const COLUMNS: &str = r#"[amount]
type = "money"
of = "case"
secrecy = "internal"
nl = "bedrag"
en = "amount"
[outcome]
type = "text"
of = "case"
secrecy = "open"
nl = "uitkomst"
en = "outcome"
"#;

const METHOD: &str = r"[shown]
version = 1
least_subjects = 20
least_coverage_percent = 50
[[shown.control_range]]
lower_at_least = 990
low = 2
high = 3
[[shown.control_range]]
low = 0
high = 3
[[shown.circumstance_range]]
low = 0
high = 2
[freeboard]
cap_absent = 400
cap_on_paper = 700
red_below = -300
orange_below = -100
green_to = 300
unknown_percent = 40
target = 0
least_group = 3
least_organisations = 5
";

/// The library: path of the folder, name of the file, its text, the texts of both languages.
const LIBRARY: [(&str, &str, &str, &str); 8] = [
    (
        "indicators/empty-barns",
        "indicator.toml",
        r#"code = "I01"
name = "empty-barns"
provider = "CBS"
table = ""
url = ""
unit = "percent"
area = "municipality"
every = "year"
circumstances = ["C01"]
higher_is_worse = true
somewhat_from = 50
strongly_from = 150
review = "proposal"
sources = ["S1"]
"#,
        "title = \"a\"\nwhat = \"a\"\nhow_to_get = \"a\"\nreading = \"a\"\n",
    ),
    (
        "measures/second-reader",
        "measure.toml",
        r#"code = "M001"
name = "second-reader"
theme = "instruments"
processes = ["*"]
small = true
shared = false
hours_once = [1, 2, 3]
hours_yearly = [1, 2, 3]
euros_once = [0, 0, 0]
euros_yearly = [0, 0, 0]
proof = "practice"
requires = []
instruments = ["T01"]
review = "proposal"
sources = ["S1"]
[[raises]]
control = "B01"
from = 0
to = 2
[[lowers]]
circumstance = "C01"
by = 1
"#,
        "title = \"a\"\nwhat = \"a\"\neffect = \"a\"\nowner = \"a\"\ndone_when = \"a\"\n\
         [first_steps]\none = \"a\"\ntwo = \"a\"\nthree = \"a\"\n",
    ),
    (
        "instruments/a-scan",
        "instrument.toml",
        r#"code = "T01"
name = "a-scan"
kind = "scan"
giver = "RIEC"
url = ""
cost = "free"
languages = ["nl"]
processes = ["*"]
review = "proposal"
sources = ["S1"]
"#,
        "title = \"a\"\nwhat = \"a\"\nuse = \"a\"\n",
    ),
    (
        "dilemmas/payments/a-friend",
        "dilemma.toml",
        r#"code = "D-FIN-01"
name = "a-friend"
process = "payments"
options = ["accept", "refuse"]
wise = ["refuse"]
circumstances = ["C01"]
controls = ["B01"]
review = "proposal"
sources = ["S1"]
"#,
        "title = \"a\"\nsituation = \"a\"\nquestion = \"a\"\nrules = \"a\"\ntalk_to = \"a\"\n\
         [options.accept]\nchoice = \"a\"\nconsequence = \"a\"\n\
         [options.refuse]\nchoice = \"a\"\nconsequence = \"a\"\n",
    ),
    (
        "cards/payments",
        "card.toml",
        r#"code = "K-FIN"
process = "payments"
controls = ["B01"]
review = "proposal"
sources = ["S1"]
"#,
        "title = \"a\"\nwhy = \"a\"\nsigns = \"a\"\ndo = \"a\"\nnever = \"a\"\nask = \"a\"\nscript = \"a\"\n",
    ),
    (
        "norms/a-set",
        "norm.toml",
        r#"code = "N-A"
name = "a-set"
giver = "a"
url = ""
version = "1"
review = "proposal"
sources = ["S1"]
themes = ["people"]
[[items]]
name = "four-eyes-kept"
number = "1"
theme = "people"
[[items.controls]]
control = "B01"
fits = "same"
[[items.circumstances]]
circumstance = "C01"
fits = "touches"
"#,
        "title = \"a\"\nwhat = \"a\"\n[themes]\npeople = \"a\"\n[items]\nfour-eyes-kept = \"a\"\n",
    ),
    (
        "profiles/short-track",
        "profile.toml",
        r#"code = "P-SHORT"
name = "short-track"
organisation = "municipality"
track = "short"
minutes = 60
people = 3
processes = ["*"]
questions = ["C01", "B01"]
review = "proposal"
sources = ["S1"]
"#,
        "title = \"a\"\nwhat = \"a\"\nhow = \"a\"\nwho = \"a\"\n",
    ),
    (
        "glossary",
        "glossary.toml",
        "terms = [\"control\"]\n",
        "title = \"a\"\nintro = \"a\"\n[terms.control]\ntitle = \"a\"\nmeans = \"a\"\nexample = \"a\"\n",
    ),
];

/// The files of the small content.
pub(crate) fn small() -> Files {
    let mut files = Files::new();
    let mut add = |path: &str, text: &str| files.insert(path.to_owned(), text.to_owned());
    add("VERSION", "0.1.0\n");
    add("method.toml", METHOD);
    add("sources.toml", "[S1]\ntitle = \"a\"\nread = \"read\"\n");
    add("vocabulary/columns.toml", COLUMNS);
    add(
        "vocabulary/steps.toml",
        "[service-start]\nnl = \"begin\"\nen = \"start\"\nmatch = []\n",
    );
    for process in Process::ALL {
        let folder = format!("processes/{process}");
        let text =
            PROCESS.replace("CODE", process.code()).replace("LETTERS", process.letters());
        add(&format!("{folder}/process.toml"), &text);
        add(&format!("{folder}/text.nl.toml"), PROCESS_TEXT);
        add(&format!("{folder}/text.en.toml"), PROCESS_TEXT);
    }
    let common =
        "weight = 3\nprocesses = [\"*\"]\nreview = \"proposal\"\nsources = [\"S1\"]\n";
    let circumstance = "code = \"C01\"\nname = \"one-person\"\nkind = \"inside\"\n\
                        group = \"functions\"\n";
    add("circumstances/one-person/circumstance.toml", &format!("{circumstance}{common}"));
    let control = "code = \"B01\"\nname = \"four-eyes\"\nkey = true\n";
    add("controls/four-eyes/control.toml", &format!("{control}{common}"));
    for lang in ["nl", "en"] {
        let text = "title = \"a\"\nquestion = \"a\"\nhelp = \"a\"\n";
        let severity = "[severity]\nnone = \"a\"\nsomewhat = \"b\"\nstrongly = \"c\"\n";
        let place = format!("circumstances/one-person/text.{lang}.toml");
        add(&place, &format!("{text}{severity}"));
        let maturity = "[maturity]\nabsent = \"a\"\non-paper = \"b\"\napplied = \"c\"\n\
                        checked = \"d\"\n";
        let text = format!("{text}evidence = \"a\"\n{maturity}");
        add(&format!("controls/four-eyes/text.{lang}.toml"), &text);
        add(&format!("rules/payments/paid-before-decision/text.{lang}.toml"), RULE_TEXT);
    }
    for (folder, file, text, texts) in LIBRARY {
        add(&format!("{folder}/{file}"), text);
        add(&format!("{folder}/text.nl.toml"), texts);
        add(&format!("{folder}/text.en.toml"), texts);
    }
    add(
        "vocabulary/tables.toml",
        "[party]\nrows = \"joined\"\njoins = [\"outcome\"]\ncolumns = [\"amount\"]\n\
         nl = \"partij\"\nen = \"party\"\n",
    );
    add("retired.toml", "[B99]\nsuccessor = \"B01\"\nwhy = \"one of two\"\n");
    add("rules/unexpressed.toml", "[FIN-99]\nnl = \"omdat\"\nen = \"because\"\n");
    add("rules/payments/paid-before-decision/rule.toml", RULE);
    add("rules/payments/paid-before-decision/examples.md", "# Examples\n");
    files
}
