//! A server of `PostgreSQL` for one test: data in a temporary folder, a unix socket beside it,
//! no port, and gone at the end.

use crate::place::{Place, Stage};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The account that owns the server where the test runs as root, which `PostgreSQL` refuses.
const ACCOUNT: &str = "postgres";

#[derive(Debug)]
pub(crate) struct Server {
    root: TempDir,
    programs: PathBuf,
    made: u32,
}

impl Server {
    /// Starts a server, or says on the terminal why the test is skipped.
    pub(crate) fn start_or_say_why_not() -> Option<Self> {
        let Some(programs) = programs() else {
            println!(
                "skipped: records in PostgreSQL, because `initdb` and `pg_ctl` are not installed"
            );
            return None;
        };
        let root = tempfile::tempdir().unwrap();
        let server = Self { root, programs, made: 0 };
        if is_root() {
            let owner = format!("{ACCOUNT}:");
            let owned = Command::new("chown").arg(owner).arg(server.root.path()).status();
            if !owned.is_ok_and(|status| status.success()) {
                println!(
                    "skipped: records in PostgreSQL, because the test runs as root and there is \
                     no account `{ACCOUNT}` for the server"
                );
                return None;
            }
        }
        let data = server.data();
        let data = data.to_str().unwrap();
        server.run(
            "initdb",
            &["-D", data, "-A", "trust", "-U", "test", "-E", "UTF8", "-N"],
        );
        server.begin();
        Some(server)
    }

    /// Starts the server on its data.
    pub(crate) fn begin(&self) {
        let root = self.root.path().to_str().unwrap();
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={root} -c shared_buffers=16MB"
        );
        let (data, log) = (self.data(), self.root.path().join("log"));
        let (data, log) = (data.to_str().unwrap(), log.to_str().unwrap());
        self.run("pg_ctl", &["start", "-s", "-w", "-D", data, "-l", log, "-o", &options]);
    }

    /// Kills all processes of the server at once: nothing is flushed on the way.
    pub(crate) fn crash(&self) {
        let data = self.data();
        self.run(
            "pg_ctl",
            &["stop", "-s", "-m", "immediate", "-D", data.to_str().unwrap()],
        );
    }

    fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    fn address(&self, database: &str) -> String {
        let root = self.root.path().to_str().unwrap();
        format!("host={root} user=test dbname={database}")
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let done = self.command(program, arguments).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{program}: {said}");
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", ACCOUNT, "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.args(arguments).current_dir(self.root.path());
        command
    }
}

impl Stage for Server {
    fn fresh(&mut self) -> Place {
        self.made += 1;
        let name = format!("test{}", self.made);
        let mut client =
            postgres::Client::connect(&self.address("postgres"), postgres::NoTls)
                .unwrap();
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        Place::Address(self.address(&name))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        let data = data.to_str().unwrap();
        let stopped = self
            .command("pg_ctl", &["stop", "-s", "-m", "immediate", "-D", data])
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            println!("note: the server of the test could not be stopped");
        }
    }
}

fn is_root() -> bool {
    let asked = Command::new("id").arg("-u").output();
    asked.is_ok_and(|answer| answer.stdout.starts_with(b"0\n"))
}

/// The folder with the programs of the newest server that is installed.
fn programs() -> Option<PathBuf> {
    let is_there = |folder: &Path| {
        folder.join("initdb").is_file()
            && folder.join("pg_ctl").is_file()
            && folder.join("postgres").is_file()
    };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    // Debian keeps them apart by version and not on the path
    let versions =
        std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> =
        versions.map(|version| version.path().join("bin")).collect();
    versions.sort();
    folders.splice(0..0, versions.into_iter().rev());
    folders.into_iter().find(|folder| is_there(folder))
}
