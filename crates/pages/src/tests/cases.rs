//! From a finding to all events of its case, and no further.

use super::bench::{Bench, Browser};
use access::Role;

/// The table of the whole case on a page; nothing where there is none.
fn whole_case(browser: &mut Browser, path: &str) -> Option<String> {
    let page = browser.get(path).body;
    let table = page.split("id=\"zaak\"").nth(1)?;
    table.split("</table>").next().map(str::to_owned)
}

#[test]
fn a_finding_leads_to_all_events_of_its_case_and_to_no_other_case() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    bench.add("carla", &[Role::Controller]);
    let mut browser = bench.browser_of("carla");
    let at =
        format!("/organisaties/dijkveen/signalen/permits/VER-01/{}", furnished.finding);
    let page = browser.get(&at).body;
    let case = page.split("?zaak=").nth(1).unwrap().split('#').next().unwrap();
    let evidence = page.split("id=\"rijen\"").nth(1).unwrap();
    let evidence = evidence.split("</table>").next().unwrap().matches("<tr").count() - 1;
    let table = whole_case(&mut browser, &format!("{at}?zaak={case}")).unwrap();
    assert_eq!(table.matches("<tr").count(), 1 + 6, "a heading and six events: {table}");
    assert_eq!(table.matches(">bewijs<").count(), evidence, "{table}");
    assert!((1..6).contains(&evidence), "the case holds more than what proves it");
    for shown in ["Aanvraag ontvangen", "Besluit verzonden", "&lt;script&gt;alert(1)"] {
        assert!(table.contains(shown), "{shown}: {table}");
    }
    assert!(!table.contains(">jan<"), "{table}");
    // a case in which nothing was found, none at all, and an attempt at one
    for other in ["Z-039", "", "..", "%00"] {
        assert_eq!(whole_case(&mut browser, &format!("{at}?zaak={other}")), None);
    }
}

#[test]
fn who_may_not_see_rows_sees_no_case() {
    let bench = Bench::new();
    let furnished = bench.furnish();
    bench.add("cora", &[Role::Coordinator]);
    let mut browser = bench.browser_of("cora");
    let at =
        format!("/organisaties/dijkveen/signalen/permits/VER-01/{}", furnished.finding);
    let page = browser.get(&at).body;
    assert!(!page.contains("?zaak="), "{page}");
    for case in 0..40 {
        let path = format!("{at}?zaak=Z-{case:03}");
        assert_eq!(whole_case(&mut browser, &path), None, "{path}");
    }
}
