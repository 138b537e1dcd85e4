//! The trace of a request (W3C Trace Context): taken over from whoever asked, or made here,
//! so that what the pages, the log and others wrote down of one request can be laid together.

use axum::http::HeaderMap;
use std::fmt::Write as _;

/// A trace identifier: 32 hexadecimal digits, not all zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trace(String);

impl Trace {
    /// The trace in the header `traceparent`; a new one where it is absent or not well-formed.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        headers
            .get("traceparent")
            .and_then(|value| value.to_str().ok())
            .and_then(Self::read)
            .unwrap_or_else(Self::new)
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (version, trace, parent) = (parts.next()?, parts.next()?, parts.next()?);
        let is_hex = |text: &str, length| {
            text.len() == length
                && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
                && text.bytes().any(|b| b != b'0')
        };
        let is_good = version.len() == 2
            && version != "ff"
            && is_hex(trace, 32)
            && is_hex(parent, 16)
            && parts.next().is_some();
        is_good.then(|| Self(trace.to_owned()))
    }

    fn new() -> Self {
        let mut bytes = [0; 16];
        if getrandom::fill(&mut bytes).is_err() {
            // without chance there is no session either; a trace only names the trouble
            bytes = [1; 16];
        }
        let mut text = String::new();
        for byte in bytes {
            // writing to a string cannot fail
            write!(text, "{byte:02x}").unwrap_or_default();
        }
        Self(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_taken_over_as_the_recommendation_says() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let good = format!("00-{trace}-00f067aa0ba902b7-01");
        assert_eq!(Trace::read(&good), Some(Trace(trace.to_owned())));
        for bad in [
            "",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        ] {
            assert_eq!(Trace::read(bad), None, "{bad}");
        }
        assert_ne!(Trace::new(), Trace::new());
        assert_eq!(Trace::new().as_str().len(), 32);
    }
}
