//! The house keeps its own rules.

use xtask::{Workspace, tidy};

#[test]
fn the_workspace_is_tidy() {
    let workspace = Workspace::find().unwrap();
    let remarks = tidy::check(&workspace).unwrap();
    assert!(remarks.is_empty(), "\n{}\n", remarks.join("\n"));
}
