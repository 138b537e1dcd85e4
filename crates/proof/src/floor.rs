//! A plain scan: the least work that answers the same questions of a large CSV, as a floor to
//! measure against. It keeps four columns, knows no quotes, no dirt, no evidence and no third
//! answer; it is no product.

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::time::Instant;

type Codes = HashMap<Vec<u8>, u32, foldhash::fast::FixedState>;

#[derive(Default)]
struct Columns {
    case: Vec<u32>,
    activity: Vec<u32>,
    time: Vec<i64>,
    who: Vec<u32>,
}

fn code(codes: &mut Codes, text: &[u8]) -> u32 {
    if let Some(code) = codes.get(text) {
        return *code;
    }
    let next = u32::try_from(codes.len()).unwrap_or(u32::MAX);
    codes.insert(text.to_vec(), next);
    next
}

/// `2023-01-01T08:00:00` as seconds; the log has no other form.
fn seconds(text: &[u8]) -> i64 {
    let number = |from: usize, to: usize| {
        let digits = text.get(from..to).unwrap_or_default();
        digits.iter().fold(0_i64, |n, digit| n * 10 + i64::from(digit.wrapping_sub(b'0')))
    };
    // days of the civil calendar since 1970 (Hinnant 2013)
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days =
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    days * 86_400 + number(11, 13) * 3_600 + number(14, 16) * 60 + number(17, 19)
}

fn read(path: &Path) -> Result<(Columns, Codes, usize), Box<dyn Error>> {
    let mut input = BufReader::with_capacity(1 << 20, File::open(path)?);
    let mut line = Vec::new();
    let mut columns = Columns::default();
    let (mut cases, mut activities, mut people) =
        (Codes::default(), Codes::default(), Codes::default());
    input.read_until(b'\n', &mut line)?;
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let mut cells = line.trim_ascii_end().split(|byte| *byte == b',');
        columns.case.push(code(&mut cases, cells.next().unwrap_or_default()));
        columns.activity.push(code(&mut activities, cells.next().unwrap_or_default()));
        columns.time.push(seconds(cells.next().unwrap_or_default()));
        let who = cells.next().unwrap_or_default();
        columns.who.push(if who.is_empty() { u32::MAX } else { code(&mut people, who) });
    }
    Ok((columns, activities, cases.len()))
}

/// The rows by case, in the order of the file within a case: a counting sort.
fn grouped(case: &[u32], cases: usize) -> (Vec<usize>, Vec<usize>) {
    let mut starts = vec![0_usize; cases + 1];
    for code in case {
        if let Some(start) = starts.get_mut(*code as usize + 1) {
            *start += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut next = starts.clone();
    let mut order = vec![0_usize; case.len()];
    for (row, code) in case.iter().enumerate() {
        if let Some(at) = next.get_mut(*code as usize) {
            if let Some(place) = order.get_mut(*at) {
                *place = row;
            }
            *at += 1;
        }
    }
    (order, starts)
}

/// Reads, groups and answers the four-eyes, response, precedence and term questions.
pub(crate) fn run(path: &Path) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let (columns, activities, cases) = read(path)?;
    let read = begun.elapsed().as_secs_f64();
    let (order, starts) = grouped(&columns.case, cases);
    let sorted = begun.elapsed().as_secs_f64() - read;
    let find = |name: &str| activities.get(name.as_bytes()).copied().unwrap_or(u32::MAX);
    let (a, b) = (find("Aanvraag beoordeeld"), find("Besluit genomen"));
    let begun = Instant::now();
    let (mut same, mut unanswered, mut early, mut late) = (0_u64, 0_u64, 0_u64, 0_u64);
    for bounds in starts.windows(2) {
        let [from, to] = bounds else { continue };
        let rows = order.get(*from..*to).unwrap_or_default();
        let (mut first_a, mut first_b, mut last_a, mut last_b) = (None, None, None, None);
        for row in rows {
            let activity = columns.activity.get(*row).copied().unwrap_or_default();
            if activity == a {
                first_a.get_or_insert(*row);
                last_a = Some(*row);
            } else if activity == b {
                first_b.get_or_insert(*row);
                last_b = Some(*row);
            }
        }
        let who = |row: usize| columns.who.get(row).copied().unwrap_or(u32::MAX);
        let time = |row: usize| columns.time.get(row).copied().unwrap_or_default();
        if let (Some(x), Some(y)) = (first_a, first_b) {
            same += u64::from(who(x) == who(y) && who(x) != u32::MAX);
            early += u64::from(y < x);
            late += u64::from(y > x && time(y) - time(x) > 14 * 86_400);
        }
        unanswered += u64::from(last_a.is_some() && last_b < last_a);
    }
    crate::say(&format!(
        "plain scan: read {read:.3} s, group {sorted:.3} s, questions {:.3} s ({same} {unanswered} {early} {late})",
        begun.elapsed().as_secs_f64()
    ));
    Ok(())
}
