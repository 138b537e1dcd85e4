//! What a mapping may promise of a column, and how a text becomes such a value. What cannot
//! be read is `None` and becomes a note; nothing is guessed.

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole numbers.
    Int,
    /// Money in euros, handed over in cents.
    Money,
    /// Numbers with a fraction.
    Float,
    /// Yes or no.
    Bool,
    /// Dates; a time of day that stands there is dropped.
    Date,
    /// Moments.
    Moment,
    /// People, handed over as text and made into pseudonyms behind the sink.
    Person,
    /// Identifiers, handed over as text.
    Code,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Int,
        Self::Money,
        Self::Float,
        Self::Bool,
        Self::Date,
        Self::Moment,
        Self::Person,
        Self::Code,
    ];

    /// The word in a mapping file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Int => "int",
            Self::Money => "money",
            Self::Float => "float",
            Self::Bool => "bool",
            Self::Date => "date",
            Self::Moment => "moment",
            Self::Person => "person",
            Self::Code => "code",
        }
    }
}

/// The signs of a written number, without marks of thousands.
struct Written {
    negative: bool,
    /// Digits before and after the decimal sign, in one piece.
    digits: [u8; LONGEST],
    /// How many digits there are.
    count: usize,
    /// How many of them stand after the decimal sign.
    after: usize,
}

/// Most digits of a number; more is no amount and no count.
const LONGEST: usize = 32;

/// Takes a number apart: sign before or behind, `€` or `EUR`, marks of thousands in groups
/// of three, one decimal sign. A group that is not of three digits makes it unreadable, so
/// that `1.5` is never read as 15.
fn written(text: &str, decimal_comma: bool) -> Option<Written> {
    let mut text = text.trim_matches(blank);
    let mut negative = false;
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        // The bookkeeper's minus.
        (text, negative) = (inner.trim_matches(blank), true);
    }
    let mut signs = usize::from(negative);
    loop {
        let before = text;
        for word in ["€", "EUR", "eur"] {
            text = text.strip_prefix(word).unwrap_or(text);
            text = text.strip_suffix(word).unwrap_or(text);
        }
        // `12,-` and `12,--` are round amounts, not a minus behind.
        let round = text.ends_with(",-") || text.ends_with(",--");
        let behind = if round { None } else { text.strip_suffix(['-', '\u{2212}']) };
        if let Some(rest) = text.strip_prefix(['-', '\u{2212}']).or(behind) {
            (text, negative) = (rest, true);
            signs += 1;
        } else if let Some(rest) = text.strip_prefix('+') {
            text = rest;
            signs += 1;
        }
        text = text.trim_matches(blank);
        if text == before {
            break;
        }
    }
    if signs > 1 {
        return None;
    }
    let (decimal, thousands) = if decimal_comma { (',', '.') } else { ('.', ',') };
    let (whole, fraction) = text.split_once(decimal).unwrap_or((text, ""));
    let fraction =
        if decimal_comma && matches!(fraction, "-" | "--") { "" } else { fraction };
    let mut out = Written { negative, digits: [b'0'; LONGEST], count: 0, after: 0 };
    whole_digits(whole, thousands, &mut out)?;
    let before = out.count;
    for digit in fraction.bytes() {
        push(digit, &mut out)?;
    }
    out.after = out.count - before;
    (out.count > 0).then_some(out)
}

/// Digits before the decimal sign. Either no mark, or one kind of mark with groups of three.
fn whole_digits(whole: &str, thousands: char, out: &mut Written) -> Option<()> {
    let mark = whole.chars().find(|c| !c.is_ascii_digit());
    let Some(mark) = mark else {
        return whole.bytes().try_for_each(|digit| push(digit, out));
    };
    if mark != thousands && mark != '\'' && !blank(mark) {
        return None;
    }
    for (at, group) in whole.split(mark).enumerate() {
        let fits =
            if at == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
        if !fits {
            return None;
        }
        group.bytes().try_for_each(|digit| push(digit, out))?;
    }
    Some(())
}

fn push(digit: u8, out: &mut Written) -> Option<()> {
    if !digit.is_ascii_digit() {
        return None;
    }
    *out.digits.get_mut(out.count)? = digit;
    out.count += 1;
    Some(())
}

/// Blanks within numbers: plain, without break, narrow without break.
const fn blank(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

impl Written {
    /// The number times ten to the power `places`; `None` where a digit would get lost or
    /// the number is too large.
    fn scaled(&self, places: usize) -> Option<i64> {
        let mut value: i64 = 0;
        let digits = self.digits.get(..self.count)?;
        let whole = self.count - self.after;
        for (at, digit) in digits.iter().enumerate() {
            if at < whole + places {
                value = value.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
            } else if *digit != b'0' {
                return None;
            }
        }
        for _ in self.after..places {
            value = value.checked_mul(10)?;
        }
        Some(if self.negative { -value } else { value })
    }
}

/// Money in cents, exactly: `1.234,56` and `€ 1.234,-` with a decimal comma, `1,234.5`
/// without. More than two decimals are unreadable unless they are zeros.
pub fn money(text: &str, decimal_comma: bool) -> Option<i64> {
    written(text, decimal_comma)?.scaled(2)
}

/// A whole number; decimals must be zeros, as in `3.0`.
pub fn int(text: &str, decimal_comma: bool) -> Option<i64> {
    written(text, decimal_comma)?.scaled(0)
}

/// A finite number, also with an exponent.
pub fn float(text: &str, decimal_comma: bool) -> Option<f64> {
    let text = text.trim_matches(blank);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let number = written(mantissa, decimal_comma)?;
    let exponent: i32 = exponent.parse().ok()?;
    let digits = std::str::from_utf8(number.digits.get(..number.count)?).ok()?;
    let shift = exponent.checked_sub(i32::try_from(number.after).ok()?)?;
    let sign = if number.negative { "-" } else { "" };
    // One reading of the whole text, so that the nearest number is taken.
    let value: f64 = format!("{sign}{digits}e{shift}").parse().ok()?;
    value.is_finite().then_some(value)
}

/// Yes or no, in Dutch or English, without regard to capitals.
pub fn truth(text: &str) -> Option<bool> {
    const YES: [&str; 7] = ["ja", "true", "1", "j", "yes", "y", "waar"];
    const NO: [&str; 6] = ["nee", "false", "0", "n", "no", "onwaar"];
    let text = text.trim();
    if YES.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Some(true);
    }
    NO.iter().any(|word| text.eq_ignore_ascii_case(word)).then_some(false)
}

/// Cents of an amount that stands as a binary fraction; `None` where it lies further than a
/// thousandth of a cent (or what such a number can hold) from a whole cent.
pub fn cents_of_float(euros: f64) -> Option<i64> {
    let cents = euros * 100.0;
    let whole = cents.round();
    let slack = (cents.abs() * f64::EPSILON * 4.0).max(0.001);
    // 2^53: beyond it a binary fraction no longer tells cents apart.
    let fits = whole.abs() <= 9_007_199_254_740_992.0 && (cents - whole).abs() <= slack;
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
    fits.then_some(whole as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dutch_amounts_become_cents_exactly() {
        for (text, cents) in [
            ("1.234,56", 123_456),
            ("€ 1.234,56", 123_456),
            ("€\u{a0}1.234.567,8", 123_456_780),
            ("1 234,56", 123_456),
            ("12,-", 1_200),
            ("12,--", 1_200),
            ("-12", -1_200),
            ("12,50-", -1_250),
            ("(12,50)", -1_250),
            ("0,10 EUR", 10),
            ("- € 0,01", -1),
            (",5", 50),
            ("12,500", 1_250),
        ] {
            assert_eq!(money(text, true), Some(cents), "{text}");
        }
        assert_eq!(money("1234.5", false), Some(123_450));
        assert_eq!(money("1,234.5", false), Some(123_450));
        assert_eq!(money("92233720368547758.07", false), Some(i64::MAX));
    }

    #[test]
    fn an_amount_that_leaves_a_doubt_is_not_read() {
        for text in
            ["1.5", "1234.5", "12.34,5", "1,2,3", "", "€", "--5", "-5-", "12,345", "1e3"]
        {
            assert_eq!(money(text, true), None, "{text}");
        }
        for text in ["1,5", "0.001", "1.2.3", "92233720368547758.08", "twaalf"] {
            assert_eq!(money(text, false), None, "{text}");
        }
    }

    #[test]
    fn numbers_and_words_for_yes_and_no() {
        assert_eq!(int("3.0", false), Some(3));
        assert_eq!(int("1.000", true), Some(1000));
        assert_eq!(int("3.5", false), None);
        assert_eq!(float("1,5E+3", true), Some(1500.0));
        assert_eq!(float("-0.1", false), Some(-0.1));
        assert_eq!(float("NaN", false), None);
        assert_eq!(float("1e999", false), None);
        assert_eq!(truth("Ja"), Some(true));
        assert_eq!(truth("ONWAAR"), Some(false));
        assert_eq!(truth("misschien"), None);
    }

    #[test]
    fn amounts_in_binary_fractions_are_brought_to_the_cent() {
        assert_eq!(cents_of_float(12.34), Some(1234));
        assert_eq!(cents_of_float(-0.1 - 0.2), Some(-30));
        assert_eq!(cents_of_float(12.345), None);
        assert_eq!(cents_of_float(f64::NAN), None);
        assert_eq!(cents_of_float(1e300), None);
    }
}
