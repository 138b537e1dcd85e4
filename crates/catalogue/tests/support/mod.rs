//! A whole content that is as small as can be: eight processes of four steps, one
//! circumstance, one control, one rule.

use catalogue::Files;
use model::Process;

const PROCESS: &str = r#"code = "CODE"
letters = "LETTERS"
attractiveness = "low"
review = "proposal"
sources = ["S1"]

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
";

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
        add(&format!("circumstances/one-person/text.{lang}.toml"), text);
        let text = format!("{text}evidence = \"a\"\n");
        add(&format!("controls/four-eyes/text.{lang}.toml"), &text);
        add(&format!("rules/payments/paid-before-decision/text.{lang}.toml"), RULE_TEXT);
    }
    add("rules/payments/paid-before-decision/rule.toml", RULE);
    add("rules/payments/paid-before-decision/examples.md", "# Examples\n");
    files
}
