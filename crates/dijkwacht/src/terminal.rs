//! The terminal: standard output for results, standard error for the rest, a bar where a
//! step takes long.

use crate::args::{Args, Colour};
use app::{AppError, Progress};
use indicatif::{ProgressBar, ProgressStyle};
use model::Lang;
use serde::Serialize;
use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// How the program speaks.
#[derive(Debug)]
pub(crate) struct Terminal {
    pub(crate) json: bool,
    pub(crate) lang: Lang,
    pub(crate) colour: bool,
    pub(crate) width: usize,
}

#[expect(clippy::unused_self, reason = "all that is said goes through one terminal")]
impl Terminal {
    pub(crate) fn new(args: &Args) -> Self {
        let on_terminal = io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = match args.colour {
            Colour::Auto => on_terminal && !plain,
            Colour::Always => true,
            Colour::Never => false,
        };
        let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
        let width = columns.unwrap_or(100_usize).clamp(80, 160);
        Self { json: args.json, lang: args.lang, colour, width }
    }

    /// Chooses between Dutch and English.
    pub(crate) fn say<T: Copy>(&self, nl: T, en: T) -> T {
        self.lang.pick(nl, en)
    }

    /// Chooses between two made texts.
    pub(crate) fn choose(&self, nl: String, en: String) -> String {
        match self.lang {
            Lang::Nl => nl,
            Lang::En => en,
        }
    }

    /// A result for people. A reader that went away is no error of ours.
    pub(crate) fn print(&self, text: &str) -> Result<(), AppError> {
        put(&mut io::stdout().lock(), text)
    }

    /// The one JSON value.
    pub(crate) fn print_json<T: Serialize>(&self, value: &T) -> Result<(), AppError> {
        let text = serde_json::to_string_pretty(value).map_err(|error| {
            AppError::data(format!("the result cannot be written ({error})"))
        })?;
        put(&mut io::stdout().lock(), &format!("{text}\n"))
    }

    /// A remark beside the result.
    pub(crate) fn remark(&self, text: &str) {
        // where standard error is gone there is nobody to tell
        writeln!(io::stderr(), "{text}").unwrap_or_default();
    }

    /// Tells why it stopped: sentences on standard error and, with `--json`, as a value.
    pub(crate) fn fail(&self, error: &AppError) {
        for sentence in error.sentences() {
            self.remark(&format!("dijkwacht: {sentence}"));
        }
        if self.json {
            let value = serde_json::json!({
                "form": "dijkwacht/error/1",
                "exit_code": error.exit_code(),
                "faults": error.sentences(),
            });
            self.print_json(&value).unwrap_or_default();
        }
    }

    /// A bar on standard error that appears when a step takes more than two seconds.
    pub(crate) fn bar(&self) -> Bar {
        Bar {
            shown: io::stderr().is_terminal(),
            drawn: None,
            what: String::new(),
            total: 0,
            begun: None,
        }
    }
}

fn put(out: &mut impl io::Write, text: &str) -> Result<(), AppError> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(AppError::data(format!("standard output cannot be written ({error})")))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Tells progress on a terminal, after two seconds.
#[derive(Debug)]
pub(crate) struct Bar {
    shown: bool,
    drawn: Option<ProgressBar>,
    what: String,
    total: u64,
    begun: Option<Instant>,
}

impl Progress for Bar {
    fn begin(&mut self, what: &str, total: u64) {
        what.clone_into(&mut self.what);
        self.total = total;
        self.begun.get_or_insert_with(Instant::now);
        self.drawn = None;
    }

    fn at(&mut self, done: u64) {
        let late =
            self.begun.is_some_and(|begun| begun.elapsed() > Duration::from_secs(2));
        if !self.shown || !late {
            return;
        }
        let bar = self.drawn.get_or_insert_with(|| {
            let style =
                ProgressStyle::with_template("{msg:32!} {bar:32} {percent:>3} %  {eta}");
            let bar = ProgressBar::new(self.total.max(1));
            if let Ok(style) = style {
                bar.set_style(style);
            }
            bar.set_message(self.what.clone());
            bar
        });
        bar.set_position(done.min(self.total));
    }

    fn end(&mut self) {
        if let Some(bar) = self.drawn.take() {
            bar.finish_and_clear();
        }
    }
}
