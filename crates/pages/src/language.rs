//! In which language somebody is answered: as chosen, else as the browser asks, else Dutch.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use model::Lang;

/// The language of an answer.
pub(crate) fn chosen(cookie: Option<&str>, headers: &HeaderMap) -> Lang {
    let chosen = cookie.and_then(|text| text.parse().ok());
    let asked = || {
        let text = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
        preferred(text)
    };
    chosen.or_else(asked).unwrap_or(Lang::Nl)
}

/// The language with the greatest weight in a list such as `nl-NL,en;q=0.8`; the first one
/// where weights are equal.
fn preferred(text: &str) -> Option<Lang> {
    let mut best: Option<(Lang, u32)> = None;
    for part in text.split(',') {
        let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
        let primary = tag.trim().split('-').next().unwrap_or_default().to_lowercase();
        let Ok(lang) = primary.parse::<Lang>() else { continue };
        let weight = rest.trim().strip_prefix("q=").map_or(Some(1_000), thousandths);
        let Some(weight) = weight.filter(|weight| *weight > 0) else { continue };
        if best.is_none_or(|(_, most)| weight > most) {
            best = Some((lang, weight));
        }
    }
    best.map(|(lang, _)| lang)
}

/// A weight between 0 and 1 with at most three decimals, in thousandths.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let decimals = format!("{decimals:0<3}");
    let value =
        whole.parse::<u32>().ok()? * 1_000 + decimals.get(..3)?.parse::<u32>().ok()?;
    (value <= 1_000).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_weight_counts_and_others_are_passed_over() {
        for (asked, lang) in [
            ("nl-NL,nl;q=0.9,en;q=0.8", Some(Lang::Nl)),
            ("en-GB,en;q=0.9,nl;q=0.8", Some(Lang::En)),
            ("de,fr;q=0.9,en;q=0.1,nl;q=0.25", Some(Lang::Nl)),
            ("en;q=0,nl;q=0.001", Some(Lang::Nl)),
            ("en;q=wide", None),
            ("de", None),
            ("", None),
        ] {
            assert_eq!(preferred(asked), lang, "{asked}");
        }
    }

    #[test]
    fn what_was_chosen_goes_before_what_the_browser_asks() {
        let mut headers = HeaderMap::new();
        assert_eq!(chosen(None, &headers), Lang::Nl);
        headers.insert(ACCEPT_LANGUAGE, "en".parse().unwrap());
        assert_eq!(chosen(None, &headers), Lang::En);
        assert_eq!(chosen(Some("nl"), &headers), Lang::Nl);
        assert_eq!(chosen(Some("xx"), &headers), Lang::En);
    }
}
