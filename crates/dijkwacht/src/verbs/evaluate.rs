//! `dijkwacht evaluate`.

use crate::terminal::Terminal;
use app::{AppError, EvaluateRequest, Evaluated, Office};
use exchange::EvaluationForm;
use findings::Life;
use rules::Changes;

pub(super) fn run(
    office: &Office,
    request: &EvaluateRequest,
    terminal: &Terminal,
) -> Result<(), AppError> {
    let all = app::evaluate(office, request, &mut terminal.bar())?;
    if terminal.json {
        let forms: Vec<EvaluationForm> =
            all.iter().map(|one| EvaluationForm::from(&one.evaluation)).collect();
        return terminal.print_json(&serde_json::json!({
            "form": "dijkwacht/evaluations/1",
            "evaluations": forms,
        }));
    }
    for one in &all {
        let text = reports::listing::evaluation(
            &office.catalogue,
            &one.evaluation,
            terminal.lang,
        );
        terminal.print(&text)?;
        terminal.print(&format!("{}\n\n", counts(one, terminal)))?;
    }
    Ok(())
}

fn counts(one: &Evaluated, terminal: &Terminal) -> String {
    let count =
        |life: Life| one.findings.findings.iter().filter(|f| f.life == life).count();
    let (opened, carried, closed) =
        (count(Life::Opened), count(Life::Carried), count(Life::Closed));
    terminal.choose(
        format!("Bevindingen: {opened} nieuw, {carried} al bekend, {closed} gesloten."),
        format!("Findings: {opened} new, {carried} carried, {closed} closed."),
    )
}

/// Parameters as `RULE.PARAMETER=NUMBER`.
pub(super) fn changes(written: &[String]) -> Result<Changes, AppError> {
    let mut changes = Changes::new();
    for text in written {
        let parts = text.split_once('=').and_then(|(name, value)| {
            let (rule, parameter) = name.trim().split_once('.')?;
            Some((rule, parameter, value.trim().parse::<i64>().ok()?))
        });
        let Some((rule, parameter, value)) = parts else {
            return Err(AppError::Use(format!(
                "`{text}` is no change of a parameter; write RULE.PARAMETER=NUMBER, as FIN-10.limit=2500000"
            )));
        };
        changes.entry(rule.to_owned()).or_default().insert(parameter.to_owned(), value);
    }
    Ok(changes)
}
