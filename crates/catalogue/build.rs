//! Writes the list of all files under `content/` with their texts, so that the catalogue
//! travels inside the program.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let content = manifest.join("../../content").canonicalize()?;
    println!("cargo:rerun-if-changed={}", content.display());
    let mut paths = Vec::new();
    walk(&content, &mut paths)?;
    paths.sort();
    let mut out = String::from("&[\n");
    for path in paths {
        let name = path.strip_prefix(&content).map_err(io::Error::other)?;
        let name = name.to_string_lossy().replace('\\', "/");
        writeln!(out, "    ({name:?}, include_str!({:?})),", path.display().to_string())
            .map_err(io::Error::other)?;
    }
    out.push_str("]\n");
    let target = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(target.join("embedded.rs"), out)
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            walk(&path, paths)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "md")
            || path.file_name().is_some_and(|n| n == "VERSION")
        {
            println!("cargo:rerun-if-changed={}", path.display());
            paths.push(path);
        }
    }
    Ok(())
}
